import './case.css';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { Refusal } from '../api/client.js';
import type { Told } from '../api/live.js';
import { caseQuery } from '../api/queries.js';
import { useEvents } from '../app/live.js';
import { keep, kept } from '../app/kept.js';
import { place } from '../app/routes.js';
import { useSession } from '../app/session.js';
import { Composer } from '../composer/composer.js';
import { useOffered } from '../palette/actions.js';
import { Problem } from '../ui/problem.js';
import { announce } from '../ui/said.js';
import { Wait } from '../ui/wait.js';
import { CaseActions } from './actions.js';
import { CaseAside } from './aside.js';
import { GlassOffer } from './glass.js';
import { CaseHead } from './head.js';
import { SheetHere } from './sheet.js';
import { Timeline } from './timeline.js';

/** Whether the facts stand beside the story, and not over it. */
const wide = (): boolean => matchMedia('(min-width: 1341px)').matches;

interface CasePaneProps {
  readonly id: string;
  readonly onBack: () => void;
}

/** One case: who holds it, its whole story, where one writes, and what is known of it and of who it is of. */
export function CasePane({ id, onBack }: CasePaneProps) {
  const { t } = useTranslation();
  const { may } = useSession();
  const { data: view, error, refetch } = useQuery(caseQuery(id));
  const [facts, setFacts] = useState(() => wide() && kept('facts', ['shown', 'hidden'] as const) !== 'hidden');
  const showFacts = (shown: boolean): void => {
    keep('facts', shown ? 'shown' : 'hidden');
    setFacts(shown);
  };
  useNews(id);
  useOffered('facts', [{ id: 'case.facts', group: 'here', label: t('action.facts'), run: () => showFacts(!facts) }]);
  if (!view) {
    if (!error) return <Wait lines={10} />;
    if (error instanceof Refusal && error.status === 404)
      return (
        <div className="nothing">
          <p>{t('case.gone')}</p>
          <GlassOffer />
        </div>
      );
    return <Problem fault={error} onRetry={() => void refetch()} />;
  }
  return (
    <div className={`case-grid ${facts ? 'with-facts' : ''}`}>
      <CaseHead view={view} onBack={onBack} facts={facts} onFacts={() => showFacts(!facts)} />
      <div className="story">
        {view.mergedInto !== undefined && (
          <p className="notice warning">
            {t('case.mergedInto')} <Link href={place.case('open', view.mergedInto)}>{t('case.openThere')}</Link>
          </p>
        )}
        {error && <Problem fault={error} onRetry={() => void refetch()} />}
        {may('case.work') && <CaseActions view={view} />}
        <Timeline view={view} />
      </div>
      {may('case.work') && <Composer key={view.id} view={view} />}
      <SheetHere view={view} />
      {facts && <CaseAside view={view} onHide={() => showFacts(false)} />}
    </div>
  );
}

/** Tells what arrives in the case that is open. */
function useNews(id: string): void {
  const { t } = useTranslation();
  const open = useRef(id);
  useEffect(() => {
    open.current = id;
  }, [id]);
  useEvents((name, data) => {
    if (name !== 'case.changed') return;
    const change = data as Told['case.changed'];
    if (change.case === open.current && change.fact === 'message_received') announce(t('case.newMessage'));
  });
}
