import type {
  AnnouncementView,
  BulkActionView,
  CaseView,
  DeadlinePolicies,
  DeadlineView,
  JournalEntryView,
  MeView,
  OperatorSkills,
  QueueSettingsView,
  WorkItemView,
} from '@filodiretto/contracts';
import { createTransport } from 'nodemailer';
import type { Core } from '../load/core.js';
import { pause } from '../runtime/program.js';
import type { Fault, FaultResult, Laboratory } from './laboratory.js';
import { OfficeWork, patiently, REFERENT, seenAfter } from './office-work.js';
import { judged, together, type Once } from './once.js';

const ROADS = 'Strade e Manutenzioni';
const SUPERVISOR = 'Paolo Santini';
const ANSWER = 'Mandiamo la squadra';
/** How long after everything is seen a double would come. */
const AFTERTHOUGHT_MS = 3_000;

/** What became of a fault of staff: what citizens wrote, and what was asked besides. */
export const resultOf = (work: OfficeWork, asked: number, verdict: Once): FaultResult => ({
  ...work.taken,
  sent: work.taken.sent + asked,
  accepted: work.taken.accepted + asked,
  lost: work.taken.lost + verdict.lost,
  duplicated: work.taken.duplicated + verdict.duplicated,
  recoveredInMs: work.laboratory.sinceLastRestart(),
  ...(verdict.wrong ? { wrong: verdict.wrong } : {}),
});

/**
 * An office presses the links of its letters, impatiently: twice at once, and again until it is answered. Each link acts once,
 * each citizen is told once.
 */
export const pressing = (place: string): Fault => ({
  name: place,
  run: async laboratory => {
    const work = await OfficeWork.begin(laboratory, place, 6);
    await work.assign(ROADS);
    const links = await Promise.all(
      work.cases.map(async ({ number }) => {
        const found = await seenAfter(
          async () => (await work.mails(number)).flatMap(mail => [...mail.text.matchAll(/http:\S+\/azioni\/[\w-]+/g)]),
          seen => seen.length >= 2,
        );
        // In a letter: take charge first, then done.
        return { number, take: found[0]?.[0] ?? '', done: found[1]?.[0] ?? '' };
      }),
    );
    const press = (url: string, form: Record<string, string>): Promise<unknown> =>
      Promise.all(
        [0, 1].map(() =>
          patiently(async () => {
            const answer = await fetch(url, { method: 'POST', body: new URLSearchParams(form) });
            await answer.arrayBuffer();
            if (!answer.ok) throw new Error(`the page of an action answers ${answer.status}`);
          }),
        ),
      );
    await work.dying(place, [0, 2], async time => {
      for (const { number, take, done } of links)
        await (time === 0
          ? press(take, {})
          : press(done, { outcome: 'positive.done', text: `Fatto, ${place}: pratica ${number}.` }));
    });
    const numbers = work.cases.map(one => one.number);
    const told = await seenAfter(
      () => work.told(`Fatto, ${place}`),
      seen => seen.length >= numbers.length,
    );
    await pause(AFTERTHOUGHT_MS);
    const verdict = together([
      judged('charge', numbers, await work.happened(one => one.fact === 'taken_in_charge')),
      judged('outcome', numbers, await work.happened(one => one.fact === 'resolved')),
      judged('the citizen', numbers, told.length > numbers.length ? told : await work.told(`Fatto, ${place}`)),
    ]);
    return resultOf(work, 2 * numbers.length, verdict);
  },
});

/** An office answers its letters by mail while the core dies taking the answers in: each is the office's word once. */
export const answering = (moment: 'before-commit' | 'after-commit'): Fault => ({
  name: `mail-reply.${moment}`,
  run: async laboratory => {
    const label = `mail-reply.${moment}`;
    const work = await OfficeWork.begin(laboratory, label, 6);
    await work.assign(ROADS);
    const letters = await Promise.all(
      work.cases.map(async ({ number }) => {
        const [letter] = await seenAfter(
          () => work.mails(number),
          seen => seen.length > 0,
        );
        if (!letter) throw new Error(`no letter left for ${number}`);
        return letter;
      }),
    );
    await work.dying(`intake.${moment}`, [0, 1], async time => {
      for (const letter of letters.slice(time * 3, time * 3 + 3))
        await patiently(async () => {
          const transport = createTransport({ url: laboratory.system.urls.channels.email.smtp });
          try {
            await transport.sendMail({
              from: letter.to[0],
              to: letter.replyTo[0] ?? letter.from,
              subject: `Re: ${letter.subject}`,
              messageId: `<${label}.${letter.messageId.replaceAll(/\W/g, '')}@comune.example>`,
              inReplyTo: letter.messageId,
              references: [letter.messageId],
              text: `${ANSWER}, ${label}.`,
            });
          } finally {
            transport.close();
          }
        });
    });
    const numbers = work.cases.map(one => one.number);
    const answered = (): Promise<string[]> => work.happened(one => one.fact === 'office_answered');
    await seenAfter(answered, seen => seen.length >= numbers.length);
    await pause(AFTERTHOUGHT_MS);
    const verdict = together([
      judged('answers', numbers, await answered()),
      judged('charge', numbers, await work.happened(one => one.fact === 'taken_in_charge')),
      // Citizens are told that somebody has their matter, never what offices say among themselves.
      { lost: 0, duplicated: (await work.told(ANSWER)).length },
    ]);
    return resultOf(work, numbers.length, verdict);
  },
});

/** One answer to everybody of an incident, while the core dies between one citizen and the next: each is told once. */
export const announcing = (place: string): Fault => ({
  name: place,
  run: async laboratory => {
    const work = await OfficeWork.begin(laboratory, place, 16);
    const desk = work.as(REFERENT);
    const head = await desk.post<CaseView>('/api/cases', { subject: `Guasto, ${place}`, kind: 'report' });
    await desk.post(`/api/cases/${head.id}/members`, { cases: work.cases.map(one => one.id) });
    let announcement = '';
    await work.dying(place, [3, 2, 1], async time => {
      if (time > 0) return;
      const text = `Riparato, ${place}: pratica {{ case.number }}.`;
      ({ id: announcement } = await desk.post<AnnouncementView>(`/api/cases/${head.id}/announcements`, { text }));
    });
    const view = await seenAfter(
      () => desk.get<AnnouncementView>(`/api/announcements/${announcement}`),
      one => one.state === 'done',
    );
    const numbers = work.cases.map(one => one.number);
    const told = (): Promise<string[]> => work.told(`Riparato, ${place}`);
    await seenAfter(told, seen => seen.length >= numbers.length);
    await pause(AFTERTHOUGHT_MS);
    const verdict = together([
      judged('citizens', numbers, await told()),
      { lost: view.state === 'done' ? view.refused.length : 1, duplicated: 0 },
    ]);
    return resultOf(work, 1, verdict);
  },
});

/** The same asked of many cases, while the core dies between one case and the next: each is done once, each citizen told once. */
export const inBulk = (place: string): Fault => ({
  name: place,
  run: async laboratory => {
    const work = await OfficeWork.begin(laboratory, place, 16);
    const desk = work.as(REFERENT);
    const { id } = await desk.post<BulkActionView>('/api/bulk-actions', {
      cases: work.cases.map(one => one.id),
      move: { command: 'resolve', outcome: 'positive', outcomeReason: 'done', text: `Fatto per tutti, ${place}.` },
    });
    await work.dying(place, [3, 2, 1], async time => {
      if (time === 0) await desk.post(`/api/bulk-actions/${id}/start`, {});
    });
    const view = await seenAfter(
      () => desk.get<BulkActionView>(`/api/bulk-actions/${id}`),
      one => one.state === 'done',
    );
    const numbers = work.cases.map(one => one.number);
    const citizens = numbers.map(() => 'another');
    const told = (): Promise<string[]> => work.told(`Fatto per tutti, ${place}`);
    await seenAfter(told, seen => seen.length >= numbers.length);
    await pause(AFTERTHOUGHT_MS);
    const verdict = together([
      judged('outcomes', numbers, await work.happened(one => one.fact === 'resolved')),
      judged('citizens', citizens, await told()),
      { lost: view.state === 'done' ? view.refused : 1, duplicated: 0 },
    ]);
    return resultOf(work, 1, verdict);
  },
});

/** Somebody goes home, and the core dies giving their work back: every case is back in its queue, given back once. */
export const handingOver = (place: string): Fault => ({
  name: place,
  run: async laboratory => {
    const work = await OfficeWork.begin(laboratory, place, 6);
    await work.assign(ROADS);
    const office = await work.office(ROADS);
    const [laura, supervisor] = [work.as('Laura Bassi'), work.as(SUPERVISOR)];
    const { version, ...settings } = await supervisor.get<QueueSettingsView>(`/api/queues/${office}/settings`);
    const changed = { ...settings, strategy: 'pull', endOfShiftMinutes: 1 };
    await supervisor.put(`/api/queues/${office}/settings`, changed, version);
    const { id } = await laura.get<MeView>('/api/operators/me');
    const { skills } = await supervisor.get<OperatorSkills>(`/api/operators/${id}/skills`);
    await supervisor.put(`/api/operators/${id}/skills`, { capacity: 1_000, skills });
    await laura.put('/api/operators/me/presence', { status: 'available' });
    const numbers = work.cases.map(one => one.number);
    const taken: string[] = [];
    for (let claim = 0; claim < 200 && !numbers.every(number => taken.includes(number)); claim += 1) {
      const item = await laura.post<WorkItemView | undefined>(`/api/queues/${office}/claims`, {});
      if (!item) break;
      taken.push(item.case.number);
    }
    await laura.put('/api/operators/me/presence', { status: 'offline' });
    const before = laboratory.deaths;
    const givenBack = (): Promise<string[]> =>
      work.happened(({ fact, data }) => fact === 'reassigned' && /turno/.test(JSON.stringify(data ?? {})));
    for (const passes of [0, 1, 2]) {
      await laboratory.arm('crm', `${place}#${passes}`);
      const deaths = laboratory.deaths;
      // The shift has been over for a minute before anything is given back.
      await seenAfter(givenBack, seen => laboratory.deaths > deaths || seen.length >= numbers.length);
      await laboratory.settled();
    }
    if (laboratory.deaths === before) throw new Error(`${place} was never reached: nothing is proven`);
    await seenAfter(givenBack, seen => seen.length >= numbers.length);
    await pause(AFTERTHOUGHT_MS);
    const views = await Promise.all(work.cases.map(one => laboratory.core.case(one.id)));
    const verdict = together([
      judged('work', numbers, await givenBack()),
      { lost: views.filter(view => view.assignee !== undefined).length, duplicated: 0 },
    ]);
    await supervisor.put(`/api/queues/${office}/settings`, settings, version + 1);
    return resultOf(work, numbers.length, verdict);
  },
});

const STEPS = [4, 6, 10, 15, 25];
const DAY_SECONDS = 86_400;
/** How long a death takes to be noticed. */
const NOTICED_MS = 1_000;

/** The core may die of it before it has answered: then it is moved all the same. */
async function moveClock(laboratory: Laboratory, administrator: Core, seconds: number): Promise<void> {
  const { deaths } = laboratory;
  try {
    await administrator.post('/api/demonstration/clock', { seconds });
  } catch (error) {
    await pause(NOTICED_MS);
    if (laboratory.deaths === deaths) throw error;
  }
}

/**
 * Nobody works while weeks pass, and the core dies saying so: each term is warned of and breached once, each rung of its ladder is
 * climbed once, each letter leaves once. It moves the clock of its system: run it after all others.
 */
export const expiring = (place: string): Fault => ({
  name: place,
  run: async laboratory => {
    const work = await OfficeWork.begin(laboratory, place, 8);
    await work.assign(ROADS);
    const administrator = work.as('Amministrazione di sistema');
    await work.dying(
      place,
      STEPS.map(() => 0),
      time => moveClock(laboratory, administrator, (STEPS[time] ?? 1) * DAY_SECONDS),
    );
    const { now } = await patiently(() =>
      administrator.post<{ now: string }>('/api/demonstration/clock', { seconds: 1 }),
    );
    const { items: policies } = await administrator.get<DeadlinePolicies>('/api/deadline-policies');
    const look = async (): Promise<Once[]> =>
      Promise.all(
        work.cases.map(async ({ id, number }) => {
          const [view, facts] = [await laboratory.core.case(id), await work.facts(id)];
          // Letters of the case name it in their title; those of the week name it in their lists.
          const mails = (await work.mails(number)).filter(mail => mail.subject.includes(number));
          const due = (view.deadlines ?? []).filter(one => one.dueAt !== undefined && one.dueAt < now && !one.endedAt);
          const letters = new Set(facts.filter(one => one.fact === 'letter_queued').map(one => one.data?.['message']));
          return together([
            judged(
              'terms',
              due.flatMap(one => saidOf(one, policies)),
              facts.flatMap(factOf),
            ),
            judged(
              'letters',
              [...letters].map(() => number),
              mails.map(() => number),
            ),
          ]);
        }),
      );
    await seenAfter(look, verdicts => together(verdicts).lost === 0);
    await pause(AFTERTHOUGHT_MS);
    return resultOf(work, STEPS.length, together(await patiently(look)));
  },
});

/** Everything that is to be said of a term that is over, by names that its facts have too. */
function saidOf({ clock, name }: DeadlineView, policies: DeadlinePolicies['items']): string[] {
  const policy = policies.find(one => one.clock === clock && one.name === name);
  if (!policy) throw new Error(`there is no policy ${name}`);
  return [
    ...(policy.warnBefore ? [`${clock} warned`] : []),
    `${clock} breached`,
    ...(policy.ladder ?? []).map(step => `${clock} to ${step.to}`),
  ];
}

const factOf = ({ fact, data }: JournalEntryView): string[] => {
  const clock = String(data?.['clock']);
  switch (fact) {
    case 'deadline_warned':
      return [`${clock} warned`];
    case 'deadline_breached':
      return [`${clock} breached`];
    case 'reminded':
    case 'escalated':
      return [`${clock} to ${String(data?.['to'])}`];
    default:
      return [];
  }
};
