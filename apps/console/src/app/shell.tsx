import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Redirect, Route, Switch, useLocation } from 'wouter';
import { CallsHere } from '../call/calls.js';
import { ActionsHere, useOffered, type Action } from '../palette/actions.js';
import { useKeyboard } from '../palette/use-keys.js';
import { Desk } from '../queue/desk.js';
import { OffersHere } from '../queue/offers.js';
import { Boundary } from '../ui/boundary.js';
import { Button } from '../ui/button.js';
import { Icon, type IconName } from '../ui/icon.js';
import { later } from '../ui/later.js';
import { toast } from '../ui/said.js';
import { Wait } from '../ui/wait.js';
import { speak } from '../i18n/i18n.js';
import { useLive } from './live.js';
import { chooseTheme, theme } from './look.js';
import { HOME, place } from './routes.js';
import { useSession } from './session.js';

const Search = lazy(() => import('../queue/search-page.js').then(({ SearchPage }) => ({ default: SearchPage })));
const Tasks = lazy(() => import('../queue/tasks-page.js').then(({ TasksPage }) => ({ default: TasksPage })));
const Mentions = lazy(() =>
  import('../queue/mentions-page.js').then(({ MentionsPage }) => ({ default: MentionsPage })),
);
const OpenCase = lazy(() => import('../opening/open-case.js').then(module => ({ default: module.OpenCase })));
const DraftsHere = later(() => import('../composer/draft.js').then(module => module.DraftsHere));
const GlassDialog = lazy(() => import('../case/glass-dialog.js').then(module => ({ default: module.GlassDialog })));
const Contact = lazy(() => import('../case/contact-page.js').then(({ ContactPage }) => ({ default: ContactPage })));
const Supervision = lazy(() =>
  import('../supervision/supervision.js').then(({ SupervisionPages }) => ({ default: SupervisionPages })),
);
const Administration = lazy(() =>
  import('../administration/administration.js').then(({ AdministrationPages }) => ({ default: AdministrationPages })),
);

const KeyHelp = later(() => import('../palette/key-help.js').then(module => module.KeyHelp));
const Palette = later(() => import('../palette/palette.js').then(module => module.Palette));
const PresenceMenu = later(() => import('../queue/presence.js').then(module => module.PresenceMenu));
const Preferences = later(() => import('./preferences.js').then(module => module.Preferences));

/** Who has any of these has pages to administer. */
const ADMINISTERS = [
  'organisation.write',
  'work.direct',
  'settings.write',
  'role.write',
  'retention.write',
  'trail.read',
] as const;

/** What the console is for whoever is logged in: the rail of its parts, and the part one is in. */
export function Shell() {
  return (
    <ActionsHere>
      <Framed />
    </ActionsHere>
  );
}

type Over = 'palette' | 'help' | 'preferences' | 'open-case' | 'glass';

function Framed() {
  const { t } = useTranslation();
  const [over, setOver] = useState<Over>();
  const { me, may } = useSession();
  const always = useMemo(
    () => ({
      '$mod+k': () => setOver('palette'),
      '$mod+Shift+Enter': () => document.querySelector<HTMLElement>('[data-place="list"]')?.focus(),
    }),
    [],
  );
  useKeyboard(always);
  useQuestionMark(() => setOver('help'));
  useOffered('shell', useShellActions(setOver));
  const supervises = may('report.read') || may('parked.settle');
  const administers = ADMINISTERS.some(may);
  return (
    <div className="shell">
      <a className="skip" href="#content">
        {t('app.skip')}
      </a>
      <nav className="rail no-print" aria-label={t('nav.main')}>
        <img className="rail-sign" src="/console/icon.svg" alt="Filodiretto" width="32" height="32" />
        {may('case.read') && <RailLink to={HOME} under="/cases" icon="inbox" label={t('nav.cases')} />}
        {may('case.read') && <RailLink to={place.search('')} under="/search" icon="search" label={t('nav.search')} />}
        {may('case.read') && <RailLink to={place.tasks} under="/tasks" icon="tasks" label={t('nav.tasks')} />}
        {supervises && (
          <RailLink to={place.supervision} under="/supervision" icon="chart" label={t('nav.supervision')} />
        )}
        {administers && (
          <RailLink to={place.administration} under="/administration" icon="gear" label={t('nav.administration')} />
        )}
        <span className="grow" />
        <RailButton icon="command" label={t('nav.palette')} shortcut="Control+K" onPress={() => setOver('palette')} />
        <RailButton icon="keyboard" label={t('nav.help')} shortcut="?" onPress={() => setOver('help')} />
        {may('work.take') && (
          <Suspense fallback={<span className="rail-item" />}>
            <PresenceMenu />
          </Suspense>
        )}
        <RailButton icon="person" label={`${t('nav.settings')}: ${me.name}`} onPress={() => setOver('preferences')} />
      </nav>
      <div className="stage">
        <ConnectionBar />
        {may('case.work') && (
          <Suspense>
            <DraftsHere />
          </Suspense>
        )}
        <CallsHere />
        {may('work.take') && <OffersHere />}
        <main id="content" className="content" tabIndex={-1}>
          <Boundary>
            <Suspense fallback={<Wait />}>
              <Places />
            </Suspense>
          </Boundary>
        </main>
      </div>
      <Suspense>
        {over === 'palette' && <Palette onClose={() => setOver(undefined)} />}
        {over === 'open-case' && <OpenCase onClose={() => setOver(undefined)} />}
        {over === 'glass' && <GlassDialog number="" onClose={() => setOver(undefined)} />}
        {over === 'help' && <KeyHelp onClose={() => setOver(undefined)} />}
        {over === 'preferences' && <Preferences onClose={() => setOver(undefined)} />}
      </Suspense>
    </div>
  );
}

function Places() {
  const { t } = useTranslation();
  return (
    <Switch>
      <Route path="/">
        <Redirect to={HOME} replace />
      </Route>
      <Route path="/cases/:source/:id?">{({ source, id }) => <Desk source={source} caseId={id} />}</Route>
      <Route path="/search">
        <Search />
      </Route>
      <Route path="/contacts/:id">{({ id }) => <Contact key={id} id={id} />}</Route>
      <Route path="/tasks">
        <Tasks />
      </Route>
      <Route path="/mentions">
        <Mentions />
      </Route>
      <Route path="/supervision/*?">
        <Supervision />
      </Route>
      <Route path="/administration/*?">
        <Administration />
      </Route>
      <Route>
        <div className="page">
          <h1>{t('app.notFound')}</h1>
          <Link href={HOME}>{t('app.home')}</Link>
        </div>
      </Route>
    </Switch>
  );
}

interface RailLinkProps {
  readonly to: string;
  readonly under: string;
  readonly icon: IconName;
  readonly label: string;
}

function RailLink({ to, under, icon, label }: RailLinkProps) {
  const [path] = useLocation();
  const here = path.startsWith(under);
  return (
    <Link href={to} className={`rail-item ${here ? 'here' : ''}`} aria-current={here ? 'page' : undefined}>
      <Icon name={icon} />
      <span>{label}</span>
    </Link>
  );
}

interface RailButtonProps {
  readonly icon: IconName;
  readonly label: string;
  readonly shortcut?: string;
  readonly onPress: () => void;
}

function RailButton({ icon, label, shortcut, onPress }: RailButtonProps) {
  return (
    <button
      type="button"
      className="rail-item"
      onClick={onPress}
      aria-label={label}
      title={label}
      aria-keyshortcuts={shortcut}
    >
      <Icon name={icon} />
    </button>
  );
}

/** Shown while nothing can be heard: that it is so, and that nothing is lost. */
function ConnectionBar() {
  const { t } = useTranslation();
  const { connection, hurry } = useLive();
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    // A break of a moment heals before anybody needs to know of it.
    const timer = setTimeout(() => setSlow(connection === 'lost'), connection === 'lost' ? 800 : 0);
    return () => clearTimeout(timer);
  }, [connection]);
  if (!slow) return null;
  return (
    <div className="connection no-print" data-connection="lost">
      <Icon name="alert" />
      <span className="grow">{t('app.offline')}</span>
      <Button onPress={hurry}>{t('app.tryNow')}</Button>
    </div>
  );
}

function useQuestionMark(run: () => void): void {
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      const at = event.target;
      const writes =
        at instanceof HTMLElement && (at.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName));
      if (event.key === '?' && !writes && !event.defaultPrevented && !event.ctrlKey && !event.metaKey) latest.current();
    };
    globalThis.addEventListener('keydown', pressed);
    return () => globalThis.removeEventListener('keydown', pressed);
  }, []);
}

function useShellActions(setOver: (over: Over) => void): Action[] {
  const { t, i18n } = useTranslation();
  const { may } = useSession();
  const [, go] = useLocation();
  const dark = theme() === 'dark';
  const next = dark ? 'light' : 'dark';
  const other = i18n.language === 'en' ? 'it' : 'en';
  return [
    { id: 'go.mine', group: 'go', label: t('action.goMine'), run: () => go(place.list('mine')) },
    { id: 'go.office', group: 'go', label: t('source.office'), run: () => go(place.list('office')) },
    { id: 'go.search', group: 'go', label: t('action.search'), run: () => go(place.search('')) },
    { id: 'go.tasks', group: 'go', label: t('nav.tasks'), run: () => go(place.tasks) },
    { id: 'go.mentions', group: 'go', label: t('mention.title'), run: () => go(place.mentions) },
    ...(may('case.work')
      ? [{ id: 'case.open', group: 'go' as const, label: t('action.openCase'), run: () => setOver('open-case') }]
      : []),
    ...(may('case.break-glass')
      ? [{ id: 'go.glass', group: 'go' as const, label: t('work.glass.action'), run: () => setOver('glass') }]
      : []),
    ...(may('report.read')
      ? [{ id: 'go.supervision', group: 'go' as const, label: t('nav.supervision'), run: () => go(place.supervision) }]
      : []),
    { id: 'you.help', group: 'you', label: t('action.help'), run: () => setOver('help') },
    { id: 'you.preferences', group: 'you', label: t('nav.settings'), run: () => setOver('preferences') },
    {
      id: 'you.theme',
      group: 'you',
      label: t('action.theme', { to: t(`preferences.${next}`) }),
      run: () => chooseTheme(next),
    },
    {
      id: 'you.language',
      group: 'you',
      label: t('action.language', { to: t(`preferences.${other}`) }),
      run: () => {
        speak(other).catch(() => toast(t('problem.unreachable'), { kind: 'danger' }));
      },
    },
  ];
}
