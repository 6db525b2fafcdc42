import { useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, taken, type Schemas } from '../api/client.js';
import { channelsQuery, relationsQuery } from '../api/queries.js';
import { useSession } from '../app/session.js';
import { useOffered, type Action } from '../palette/actions.js';
import { useKeyOf } from '../palette/use-keys.js';
import { isChosen } from '../queue/chosen.js';
import { Button } from '../ui/button.js';
import { Icon } from '../ui/icon.js';
import { Menu } from '../ui/menu.js';
import { Problem, useProblemWords } from '../ui/problem.js';
import { toast } from '../ui/said.js';
import { useActing } from './acting.js';
import { ASKED_STEPS, FOREMOST, MORE_ACTS, OTHER_ACTS, PLAIN_STEPS, type ActName, type PlainStep } from './commands.js';
import { actLabel } from './labels.js';
import { step } from './step.js';

const ActDialog = lazy(() => import('./act-dialog.js').then(module => ({ default: module.ActDialog })));

const AnswerDialog = lazy(() => import('./answer-form.js').then(module => ({ default: module.AnswerDialog })));

type CaseView = Schemas['CaseView'];

const isPlain = (name: ActName): name is PlainStep => PLAIN_STEPS.some(one => one === name);

/** What can be done with a case now: each by its button or the menu, by its key, and by the palette. */
export function CaseActions({ view }: { readonly view: CaseView }) {
  const { t } = useTranslation();
  const { me } = useSession();
  const client = useQueryClient();
  const keyOf = useKeyOf();
  const words = useProblemWords();
  const acting = useActing(view);
  const [asking, setAsking] = useState<ActName>();
  const calls = useCanCall(view);
  const relations = useQuery(relationsQuery(view.id));
  const leads = relations.data?.items.some(({ kind }) => kind === 'incident_member') ?? false;
  const open = view.endedAt === undefined && view.mergedInto === undefined;
  const steps = [...PLAIN_STEPS, ...ASKED_STEPS].filter(step => view.commands.includes(step));
  const others = OTHER_ACTS.filter(act => (act === 'call' ? calls : act === 'tag' || act === 'macro' || open));
  const names: readonly ActName[] =
    view.mergedInto === undefined ? [...steps, ...others, ...MORE_ACTS.filter(act => act !== 'announce' || leads)] : [];
  // Those put to one's own office first: of the others one may say that they are no longer needed.
  const waiting = view.tasks
    .filter(({ state }) => state === 'open')
    .sort((one, other) => Number(other.office?.id === me.office.id) - Number(one.office?.id === me.office.id));
  const [answering, setAnswering] = useState(false);
  const run = (name: ActName): void => {
    if (!isPlain(name)) return setAsking(name);
    void acting.act({
      name,
      run: version => step(view.id, version, { command: name }),
    });
  };
  const followed = view.followers.some(({ id }) => id === me.id);
  const follow = (): void => {
    const params = { path: { id: view.id } };
    const asked: Promise<unknown> = followed
      ? taken(api.DELETE('/api/cases/{id}/followers/me', { params }))
      : taken(api.POST('/api/cases/{id}/followers', { params }));
    asked
      .then(() => client.invalidateQueries({ queryKey: ['case', view.id] }))
      .catch((fault: unknown) => toast(words(fault), { kind: 'danger' }));
  };
  const assignMe = (): void => {
    void acting.act({
      name: 'assignMe',
      run: version =>
        step(view.id, version, { command: 'assign', office: view.office?.id ?? me.office.id, assignee: me.id }),
    });
  };
  const mine = view.assignee?.id === me.id;
  const actions: Action[] = [
    ...names.map(name => ({
      id: `case.${name}`,
      group: 'here' as const,
      label: actLabel(t, name),
      run: () => run(name),
    })),
    ...(waiting.length > 0
      ? [{ id: 'case.answer', group: 'here' as const, label: t('work.task.action'), run: () => setAnswering(true) }]
      : []),
    ...(view.commands.includes('assign') && !mine
      ? [{ id: 'case.assignMe', group: 'here' as const, label: t('action.assignMe'), run: assignMe }]
      : []),
    {
      id: 'case.follow',
      group: 'here',
      label: t(followed ? 'action.unfollow' : 'action.follow'),
      run: follow,
    },
    { id: 'case.print', group: 'here', label: t('case.print'), run: () => globalThis.print() },
  ];
  useOffered(
    'case',
    actions.map(action => ({ ...action, run: () => void (isChosen(view.id) && action.run()) })),
  );
  const front = names.filter(name => FOREMOST.includes(name)).slice(0, 4);
  return (
    <div className="actions no-print">
      <div className="row wrap" role="toolbar" aria-label={t('case.actions')}>
        {front.map((name, index) => (
          <Button
            key={name}
            className="front"
            kind={index === 0 && (name === 'takeCharge' || name === 'resume') ? 'primary' : 'normal'}
            shortcut={keyOf(`case.${name}`)}
            disabled={acting.busy}
            onPress={() => run(name)}
          >
            {actLabel(t, name)}
          </Button>
        ))}
        <Menu
          label={t('app.more')}
          button={<Icon name="more" />}
          choices={actions.map(({ id, label }) => ({ id, label, shortcut: keyOf(id) }))}
          onChoose={id => actions.find(action => action.id === id)?.run()}
        />
      </div>
      {acting.fault !== undefined && <Problem fault={acting.fault} />}
      {acting.dialog}
      {asking !== undefined && !isPlain(asking) && (
        <Suspense>
          <ActDialog name={asking} view={view} onClose={() => setAsking(undefined)} />
        </Suspense>
      )}
      {answering && waiting.length > 0 && (
        <Suspense>
          <AnswerDialog tasks={waiting} onClose={() => setAnswering(false)} />
        </Suspense>
      )}
    </div>
  );
}

/** Whether the person can be called: some channel says that it calls, and there is where to. */
function useCanCall(view: CaseView): boolean {
  const { data } = useQuery(channelsQuery);
  return (
    data?.items.some(
      ({ manifest, running }) =>
        running &&
        manifest.capabilities.dial === true &&
        view.conversations.some(({ channel }) => channel === manifest.id),
    ) ?? false
  );
}
