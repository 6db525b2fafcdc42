import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client.js';
import { dateTime, day, distance, term } from '../i18n/format.js';
import { Button } from '../ui/button.js';
import { Icon } from '../ui/icon.js';
import { useNow } from '../ui/now.js';
import { announce } from '../ui/said.js';
import { Attention } from './attention.js';
import { GlassBanner } from './glass.js';
import { citizenOf } from './person.js';
import { usePersonName } from './person-name.js';
import { urgencyOf } from './urgency.js';

type CaseView = Schemas['CaseView'];

interface HeadProps {
  readonly view: CaseView;
  readonly onBack: () => void;
  readonly facts: boolean;
  readonly onFacts: () => void;
}

/** What is always in view: which case, how it stands, who holds it since when and until when, its terms. */
export function CaseHead({ view, onBack, facts, onFacts }: HeadProps) {
  const { t } = useTranslation();
  const personName = usePersonName();
  const late = view.deadlines.find(({ state }) => state === 'late');
  return (
    <header className="case-head">
      <div className="row">
        <Button className="back no-print" icon="back" kind="quiet" label={t('app.back')} onPress={onBack} />
        <div className="grow">
          <h2 className="case-title" tabIndex={-1} data-place="case">
            {view.subject}
          </h2>
          <p className="row wrap small">
            <button
              type="button"
              className="copy mono"
              aria-label={`${t('case.copy')}: ${view.number}`}
              onClick={() => {
                navigator.clipboard
                  .writeText(view.number)
                  .then(() => announce(t('case.copied')))
                  .catch(() => announce(view.number));
              }}
            >
              {view.number}
            </button>
            {view.contact && <span className="cut">{personName(citizenOf(view))}</span>}
            <span className={`badge ${view.endedAt === undefined ? 'info' : 'success'}`}>
              {t(`state.${view.state}`)}
            </span>
            {view.priority !== 'normal' && (
              <span className={`badge ${view.priority === 'urgent' ? 'danger' : ''}`}>
                {t('list.priority', { priority: t(`priority.${view.priority}`) })}
              </span>
            )}
            {view.confidentiality !== undefined && (
              <span className="badge warning">
                <Icon name="lock" />
                {t('case.confidential')}
              </span>
            )}
            {view.chases > 0 && <span className="badge warning">{t('case.chased', { count: view.chases })}</span>}
            <Attention caseId={view.id} />
          </p>
        </div>
        <Button
          className="no-print"
          icon="side"
          kind="quiet"
          label={t(facts ? 'nav.hideFacts' : 'nav.showFacts')}
          pressed={facts}
          onPress={onFacts}
        />
      </div>
      <Holding view={view} />
      <GlassBanner view={view} />
      {late && (
        <p className="notice danger">
          <Icon name="alert" />
          <strong>{t('deadline.late_now', { clock: t(`clock.${late.clock}`) })}</strong>
          {late.effectOnExpiry !== 'none' && <span>{t(`deadline.${late.effectOnExpiry}`)}</span>}
        </p>
      )}
    </header>
  );
}

function Holding({ view }: { readonly view: CaseView }) {
  const { t } = useTranslation();
  const now = useNow();
  const { office, sorting, responsible, operator, since, until } = view.holding;
  const urgency = view.endedAt === undefined ? urgencyOf(until, since, now) : 'quiet';
  return (
    <div className="holding" role="group" aria-label={t('holding.label')}>
      <span className="row">
        <Icon name={operator ? 'person' : 'office'} />
        <span>
          {t(sorting ? 'holding.sorts' : 'holding.holds')}{' '}
          <strong>{[operator?.name, office.name].filter(Boolean).join(', ')}</strong>
        </span>
      </span>
      {responsible && responsible.id !== operator?.id && view.endedAt === undefined && (
        <span>{t('holding.responsible', { name: responsible.name })}</span>
      )}
      <span title={dateTime(since)}>{t('holding.since', { when: day(since) })}</span>
      {until === undefined ? (
        <span className="soft">{t('holding.noTerm')}</span>
      ) : (
        <span className={`until ${urgency}`}>
          <Icon name={urgency === 'late' ? 'alert' : 'clock'} />
          {t('holding.until', { when: term(until) })} · {distance(until, now)}
        </span>
      )}
    </div>
  );
}
