import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type {
  CaseView,
  ContactView,
  ErasurePreview,
  ErasureView,
  RetentionPolicyList,
  RetentionRunView,
} from '@filodiretto/contracts';
import { tokenOf } from '../identity/identity-provider.js';
import { Core, messagesOf } from '../load/core.js';
import { pause } from '../runtime/program.js';
import { CannotGoOn } from '../runtime/words.js';
import type { Fault, Laboratory } from './laboratory.js';
import { OfficeWork, patiently, seenAfter } from './office-work.js';
import { judged, together, type Once } from './once.js';
import { resultOf } from './staff.js';

const ADMINISTRATOR = 'Amministrazione di sistema';
const DAY_SECONDS = 86_400;
/** The kind of case that nothing else here makes. */
const RARE = 'praise';
/** How long after everything is seen a double would come. */
const AFTERTHOUGHT_MS = 3_000;

/** Whoever decides what is forgotten, having logged in just now, as such decisions want it. */
async function administrator({ system }: Laboratory): Promise<Core> {
  const found = system.operators.find(one => one.name === ADMINISTRATOR);
  if (!found) throw new CannotGoOn(`The demonstration has no ${ADMINISTRATOR}.`);
  return new Core(system.urls.crm, await tokenOf(system.urls.simulators.identity, found.person));
}

/** Cases of so many citizens that have ended, each told so: nothing is on its way to anybody. `kind`: what they are of, if it matters. */
async function ended(
  laboratory: Laboratory,
  label: string,
  citizens: number,
  kind?: CaseView['kind'],
): Promise<OfficeWork> {
  const work = await OfficeWork.begin(laboratory, label, citizens);
  if (kind !== undefined) for (const one of work.cases) await work.change(one.id, { kind, reason: label });
  for (const one of work.cases)
    await work.move(one.id, {
      command: 'resolve',
      outcome: 'positive',
      outcomeReason: 'done',
      text: `Fatto, ${label}.`,
    });
  const onTheirWay = async (): Promise<number> => {
    const views = await Promise.all(work.cases.map(one => laboratory.core.case(one.id)));
    return views
      .flatMap(messagesOf)
      .filter(({ send }) => send !== undefined && ['queued', 'sending'].includes(send.state)).length;
  };
  if ((await seenAfter(onTheirWay, left => left === 0)) > 0)
    throw new Error('not everybody was told: nothing is proven');
  return work;
}

/** Under which erasures the store of bytes has noted each contact and each case, each erasure once. */
function notedIn({ blobs }: Laboratory): ReadonlyMap<string, ReadonlySet<string>> {
  const noted = new Map<string, Set<string>>();
  const folder = join(blobs, 'erasures');
  const files = existsSync(folder) ? readdirSync(folder, { recursive: true, withFileTypes: true }) : [];
  for (const file of files.filter(one => one.isFile()))
    for (const line of readFileSync(join(file.parentPath, file.name), 'utf8').split('\n').filter(Boolean)) {
      const { id, contact, case: caseId } = JSON.parse(line) as { id: string; contact?: string; case?: string };
      const whose = contact ?? caseId ?? '';
      noted.set(whose, (noted.get(whose) ?? new Set()).add(id));
    }
  return noted;
}

/**
 * What became of those who are to be forgotten: every contact is nobody, every case says so in its journal once, nothing that its
 * citizen wrote is read any more, and whatever copy is put back, the store of bytes knows it, by one erasure each.
 */
async function forgotten(
  work: OfficeWork,
  admin: Core,
  contacts: readonly string[],
  alsoNoted: readonly string[],
): Promise<Once> {
  const { laboratory, label, cases } = work;
  const numbers = cases.map(one => one.number);
  const words = new RegExp(`${label}-[0-9a-f]{8}-[0-9a-f-]{27}`);
  const look = async (): Promise<Once> => {
    const people = await Promise.all(contacts.map(id => admin.get<ContactView>(`/api/contacts/${id}`)));
    const views = await Promise.all(cases.map(one => laboratory.core.case(one.id)));
    const noted = notedIn(laboratory);
    return together([
      judged(
        'people',
        contacts,
        people.flatMap(one => (one.erasedAt === undefined ? [] : one.id)),
      ),
      judged('facts', numbers, await work.happened(({ fact }) => fact === 'erased')),
      judged(
        'unread',
        numbers,
        views.flatMap(view => (words.test(JSON.stringify(view)) ? [] : view.number)),
      ),
      judged(
        'notes',
        [...contacts, ...alsoNoted],
        [...contacts, ...alsoNoted].flatMap(whose => [...(noted.get(whose) ?? [])].map(() => whose)),
      ),
    ]);
  };
  await seenAfter(look, ({ lost }) => lost === 0);
  await pause(AFTERTHOUGHT_MS);
  return patiently(look);
}

const contactsOf = async ({ laboratory, cases }: OfficeWork): Promise<string[]> => {
  const views: CaseView[] = await Promise.all(cases.map(one => laboratory.core.case(one.id)));
  return views.map(({ contact }) => {
    if (!contact) throw new Error('a citizen is nobody before anybody was forgotten');
    return contact.id;
  });
};

/**
 * Citizens ask to be forgotten, and the core dies forgetting them: whoever was told that it began is forgotten whole, once, and noted
 * for whatever older copy of the database is put back.
 */
export const erasing = (place: string): Fault => ({
  name: place,
  run: async laboratory => {
    const work = await ended(laboratory, place, 6);
    const contacts = await contactsOf(work);
    const admin = await administrator(laboratory);
    const receipts = new Map<string, string>();
    const erase = async (contact: string): Promise<void> => {
      const { version } = await patiently(() => admin.get<ErasurePreview>(`/api/contacts/${contact}/erasure`));
      const headers = { 'if-match': `"${version}"`, 'idempotency-key': randomUUID() };
      const { id } = await patiently(() =>
        admin.post<ErasureView>(`/api/contacts/${contact}/erasure`, { reason: `Art. 17, ${place}` }, headers),
      );
      receipts.set(contact, id);
    };
    await work.dying(place, [0, 0, 1], async time => {
      await Promise.all(contacts.slice(time * 2, time * 2 + 2).map(erase));
    });
    const verdict = await forgotten(work, admin, contacts, []);
    const noted = notedIn(laboratory);
    const told = judged(
      'receipts',
      contacts.map(contact => receipts.get(contact) ?? 'no receipt'),
      contacts.flatMap(contact => [...(noted.get(contact) ?? [])]),
    );
    return resultOf(work, contacts.length, together([verdict, told]));
  },
});

/**
 * The time of cases is over, and the core dies destroying them: the run is taken up again and ends, every case and every person goes
 * once, and as many are counted as went. It moves the clock.
 */
export const passingAway = (place: string, passes: readonly number[]): Fault => ({
  name: place,
  run: async laboratory => {
    // Of a kind of their own: what the faults before left behind is not destroyed first.
    const work = await ended(laboratory, place, 8, RARE);
    const contacts = await contactsOf(work);
    const admin = await administrator(laboratory);
    const views = await Promise.all(work.cases.map(one => laboratory.core.case(one.id)));
    const codes = new Set([...views.map(view => `case.${view.kind}`), 'contact']);
    const { items: policies } = await admin.get<RetentionPolicyList>('/api/retention/policies');
    for (const { code, version } of policies.filter(one => codes.has(one.code))) {
      const briefly = { months: 0, days: 1, duty: false, legalBasis: `Prova, ${place}` };
      await admin.put(`/api/retention/policies/${code}`, briefly, version);
    }
    await patiently(() => admin.post('/api/demonstration/clock', { seconds: 2 * DAY_SECONDS }));
    let run: RetentionRunView | undefined;
    await work.dying(place, passes, async time => {
      if (time > 0) return;
      const prepared = await patiently(() => admin.post<RetentionRunView>('/api/retention/runs', {}));
      run = prepared;
      // It may have begun, and the core have died, before who asked was answered.
      await patiently(async () => {
        const { state } = await admin.get<RetentionRunView>(`/api/retention/runs/${prepared.id}`);
        if (state === 'previewed') await admin.post(`/api/retention/runs/${prepared.id}/start`, { byDay: true });
      });
    });
    if (!run) throw new Error('no run was begun');
    const { id, preview } = run;
    const over = await seenAfter(
      () => admin.get<RetentionRunView>(`/api/retention/runs/${id}`),
      ({ state }) => state === 'done',
    );
    const verdict = await forgotten(
      work,
      admin,
      contacts,
      work.cases.map(one => one.id),
    );
    const ofCases = (code: string): boolean => code.startsWith('case.') || code.startsWith('category.');
    const counted = judged(
      'counts',
      preview.flatMap(({ code, count }) => (ofCases(code) ? Array<string>(count).fill(code) : [])),
      Object.entries(over.counts).flatMap(([code, count]) => (ofCases(code) ? Array<string>(count).fill(code) : [])),
    );
    const done = { lost: over.state === 'done' ? 0 : 1, duplicated: 0 };
    return resultOf(work, 1, together([verdict, counted, done]));
  },
});
