import type { Part } from '@filodiretto/contracts';
import type { EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import { searchAgain } from '../search/stale.js';
import { blobsIn, ERASED_TITLE, erasedContent } from './erased-content.js';
import { PERSON } from './standing.js';

/** An erasure that is under way. */
export interface Erasure {
  readonly id: string;
  readonly administrationId: string;
  /** Whose everything goes; null: their time is over for one case, or for some bytes alone. */
  readonly contactId: string | null;
  readonly caseId: string | null;
  readonly because: 'request' | 'retention';
  /** The run of retention that began it. */
  readonly runId?: string | null;
  readonly askedAt?: Date;
  /** When it was noted beside the database; null: it has yet to be. */
  readonly notedAt?: Date | null;
}

type TargetKind = 'case' | 'conversation' | 'message' | 'reception' | 'blob' | 'word';
interface Target {
  readonly kind: TargetKind;
  readonly value: string;
  readonly about?: object;
}

const ERASED_ADDRESS = JSON.stringify({ kind: 'erased', value: 'erased' });
const MESSAGES_AT_ONCE = 200;

/** Notes what is to be destroyed outside of the tables, with the commit that destroys it there. */
export async function addTargets(
  manager: EntityManager,
  { id, administrationId }: Pick<Erasure, 'id' | 'administrationId'>,
  targets: readonly Target[],
): Promise<void> {
  if (targets.length === 0) return;
  await manager.query(
    `insert into erasure_target (id, administration_id, erasure_id, kind, value, about)
     select u.id, $1, $2, u.kind, u.value, u.about::jsonb
     from unnest($3::uuid[], $4::text[], $5::text[], $6::text[]) u(id, kind, value, about)
     on conflict do nothing`,
    [
      administrationId,
      id,
      targets.map(() => v7()),
      targets.map(one => one.kind),
      targets.map(one => one.value),
      targets.map(one => JSON.stringify(one.about ?? {})),
    ],
  );
}

/** Adds to what the receipt counts. */
export async function count(manager: EntityManager, erasure: string, what: string, by: number): Promise<void> {
  if (by > 0)
    await manager.query(
      `update erasure set counts = counts || jsonb_build_object($2::text, coalesce((counts->>$2)::int, 0) + $3::int) where id = $1`,
      [erasure, what, by],
    );
}

/**
 * Takes the person away from their names: from this commit on nothing that comes from their addresses is theirs. Notes their
 * cases, and the words by which what is elsewhere is found.
 */
export async function eraseWho(
  manager: EntityManager,
  erasure: Erasure & { readonly contactId: string },
  now: Date,
): Promise<void> {
  const { id, contactId } = erasure;
  const words: { word: string | null }[] = await manager.query(
    `select value as word from contact_address where contact_id in (${PERSON})
     union select display_name from contact_address where contact_id in (${PERSON})
     union select name from contact where id in (${PERSON})`,
    [contactId],
  );
  const ways: { id: string; channel: string; account: string; key: string; shared: boolean }[] = await manager.query(
    `select c.id, c.channel, c.account, c.key, exists (
       select from message m where m.conversation_id = c.id and m.contact_id is not null
         and m.contact_id not in (${PERSON})) as shared
     from conversation c where c.contact_id in (${PERSON}) for update`,
    [contactId],
  );
  const cases: { id: string }[] = await manager.query(
    `select c.id from case_file c where c.contact_id in (${PERSON})
       and not exists (select from journal j where j.case_id = c.id and j.fact = 'erased')`,
    [contactId],
  );
  await addTargets(manager, erasure, [
    ...cases.map(one => ({ kind: 'case' as const, value: one.id })),
    ...words.flatMap(({ word }) => (word ? [{ kind: 'word' as const, value: word }] : [])),
    ...ways.map(({ id: value, ...about }) => ({ kind: 'conversation' as const, value, about })),
  ]);
  await manager.query(`delete from contact_address where contact_id in (${PERSON})`, [contactId]);
  // A thread in which others write too keeps its name: by it theirs is recognised.
  await manager.query(
    `update conversation set address = $2, key = case when id = any($3::uuid[]) then key else 'erased:' || id end
     where contact_id in (${PERSON})`,
    [contactId, ERASED_ADDRESS, ways.filter(one => one.shared).map(one => one.id)],
  );
  await manager.query(
    `update contact_merge set kind = 'erased', value = 'erased' where from_contact_id in (${PERSON}) or into_contact_id in (${PERSON})`,
    [contactId],
  );
  await manager.query(`delete from search_contact where contact_id in (${PERSON})`, [contactId]);
  await manager.query(`update contact set name = null, erased_at = $2 where id in (${PERSON})`, [contactId, now]);
  await count(manager, id, 'addresses', words.length);
}

const OF_PERSON = `
  select m.id from message m where m.contact_id in (${PERSON}) and m.erased_at is null
  union
  select m.id from case_file c join message m on m.case_id = c.id
  where c.contact_id in (${PERSON}) and m.letter_id is not null and m.erased_at is null`;
const OF_CASE = `select m.id from message m where m.case_id = $1 and m.erased_at is null`;

interface SaidRow {
  readonly id: string;
  readonly direction: string;
  readonly channel: string;
  readonly account: string;
  readonly external_id: string | null;
  readonly content: Part[];
  readonly raw_sha256: string | null;
  readonly reception_id: string | null;
  readonly case_id: string | null;
}

/**
 * Destroys what some of the person's messages say, with those that letters about their cases carried. Gives how many; 0: none is
 * left.
 */
export async function eraseMessages(manager: EntityManager, erasure: Erasure, now: Date): Promise<number> {
  return eraseSaid(
    manager,
    erasure,
    now,
    await manager.query(
      `${SAID} where id in (${erasure.contactId === null ? OF_CASE : OF_PERSON} limit ${MESSAGES_AT_ONCE}) order by id for update`,
      [erasure.contactId ?? erasure.caseId],
    ),
  );
}

/** Destroys what messages of these ids say. */
export async function eraseTheseMessages(
  manager: EntityManager,
  erasure: Erasure,
  now: Date,
  ids: readonly string[],
): Promise<number> {
  return eraseSaid(
    manager,
    erasure,
    now,
    await manager.query(`${SAID} where id = any($1::uuid[]) and erased_at is null order by id for update`, [ids]),
  );
}

const SAID = `select id, direction, channel, account, external_id, content, raw_sha256, reception_id, case_id from message`;

async function eraseSaid(
  manager: EntityManager,
  erasure: Erasure,
  now: Date,
  rows: readonly SaidRow[],
): Promise<number> {
  if (rows.length === 0) return 0;
  const ids = rows.map(row => row.id);
  const files: { sha256: string }[] = await manager.query(
    'select sha256 from attachment where message_id = any($1::uuid[]) and sha256 is not null',
    [ids],
  );
  // Besides those that brought them: those that brought them again, and those that were news of them.
  const receptions: { id: string }[] = await manager.query(
    `select distinct reception_id as id from reception_item
     where message_id = any($1::uuid[]) and fate in ('duplicate', 'progress')`,
    [ids],
  );
  const blobs = [
    ...files.map(file => file.sha256),
    ...rows.flatMap(row => [...blobsIn(row.content), ...(row.raw_sha256 === null ? [] : [row.raw_sha256])]),
  ];
  await addTargets(manager, erasure, [
    ...rows.map(({ id, direction, channel, account, external_id: externalId }) => ({
      kind: 'message' as const,
      value: id,
      about: { direction, channel, account, externalId },
    })),
    ...rows.flatMap(row =>
      row.reception_id === null ? [] : [{ kind: 'reception' as const, value: row.reception_id }],
    ),
    ...receptions.map(({ id: value }) => ({ kind: 'reception' as const, value })),
    ...blobs.map(value => ({ kind: 'blob' as const, value })),
  ]);
  await manager.query(
    `update message m set erased_at = $3, content = u.content::jsonb, text = '', subject = null, address = $4, evidence = null,
       external_id = case when external_id is null then null else 'erased:' || m.id end, cited_as = null, relation_to = null,
       send_detail = null, tracking_hash = null, automatic_to = null, raw_sha256 = null
     from unnest($1::uuid[], $2::text[]) u(id, content) where m.id = u.id`,
    [ids, rows.map(row => JSON.stringify(erasedContent(row.content))), now, ERASED_ADDRESS],
  );
  const [, attachments]: [unknown, number] = await manager.query(
    `update attachment set filename = null, inline_id = null, source = null, sha256 = null, next_try_at = null,
       fetch_state = case when fetch_state in ('pending', 'done') then 'expired' else fetch_state end
     where message_id = any($1::uuid[])`,
    [ids],
  );
  // The print of what was asked is one of what was said.
  await manager.query('delete from idempotency where key = any($1::text[])', [ids]);
  await manager.query(`delete from outbox where type = 'message.queued.v1' and payload->>'id' = any($1::text[])`, [
    ids,
  ]);
  await searchAgain(
    manager,
    rows.flatMap(row => row.case_id ?? []),
  );
  await count(manager, erasure.id, 'messages', rows.length);
  await count(manager, erasure.id, 'attachments', attachments);
  return rows.length;
}

/** Destroys what a case of the person tells besides its messages. Its kind, category, dates, offices and outcome stay. */
export async function eraseCase(manager: EntityManager, erasure: Erasure, caseId: string): Promise<void> {
  const letters: { files: unknown }[] = await manager.query('select files from letter where case_id = $1', [caseId]);
  await addTargets(
    manager,
    erasure,
    letters.flatMap(letter => blobsIn(letter.files).map(value => ({ kind: 'blob' as const, value }))),
  );
  await eraseListed(manager, erasure, caseId);
  const [, notes]: [unknown, number] = await manager.query(
    `update internal_note set text = '' where case_id = $1 and text <> ''`,
    [caseId],
  );
  const changes = [
    `update case_file set subject = '${ERASED_TITLE}', tracking_hash = null where id = $1`,
    `update task set question = '', answer = null, reason = null, extension_reason = null where case_id = $1`,
    `update case_place set latitude = null, longitude = null, address = null where case_id = $1`,
    `delete from case_field where case_id = $1`,
    `update survey set comment = null where case_id = $1`,
    `delete from case_draft where case_id = $1`,
    `update case_merge set aside = null where into_case = $1 or from_case = $1`,
    // One that still waits has nothing to say any more.
    `update letter set subject = '${ERASED_TITLE}', text = '', files = '[]',
       next_try_at = case when state = 'waiting' then timestamptz '9999-12-31' end where case_id = $1`,
    `update action_link set did = null, kept = '{}' where case_id = $1`,
    `delete from idempotency where key in (
       select $1::text union select id::text from internal_note where case_id = $1::uuid
       union select id::text from task where case_id = $1::uuid)`,
    // Written at once, not when the reader of the journal comes by: nobody finds it by what it said.
    `select search_write(array[$1::uuid])`,
  ];
  for (const statement of changes) await manager.query(statement, [caseId]);
  await count(manager, erasure.id, 'cases', 1);
  await count(manager, erasure.id, 'notes', notes);
}

interface Listing {
  readonly id: string;
  readonly number: string;
  readonly text: string;
}
type ListingMessage = Pick<SaidRow, 'id' | 'direction' | 'channel' | 'account' | 'external_id' | 'content'> & {
  readonly send_state: string | null;
};

/** Takes the title of a case out of letters about many cases, which name it while it was open. */
async function eraseListed(manager: EntityManager, erasure: Erasure, caseId: string): Promise<void> {
  const listings: Listing[] = await manager.query(
    `select l.id, c.number, l.text from case_file c join letter l on l.administration_id = c.administration_id and l.case_id is null
       and l.created_at between c.opened_at - interval '1 day' and coalesce(c.ended_at, clock_now()) + interval '1 day'
     where c.id = $1 and strpos(l.text, c.number) > 0 for update of l`,
    [caseId],
  );
  for (const { id, number, text } of listings) {
    await manager.query('update letter set text = $2 where id = $1', [id, withoutTitle(text, number)]);
    const messages: ListingMessage[] = await manager.query(
      `select id, direction, channel, account, external_id, content, send_state from message where letter_id = $1 for update`,
      [id],
    );
    for (const message of messages) {
      const content = message.content.map(part =>
        part.type === 'text' ? { ...part, text: withoutTitle(part.text, number) } : part,
      );
      await manager.query('update message set content = $2, text = $3 where id = $1', [
        message.id,
        JSON.stringify(content),
        content.flatMap(part => (part.type === 'text' ? part.text : [])).join('\n'),
      ]);
    }
    // One that is still to leave is left to leave: the stream lets it go by itself.
    await addTargets(
      manager,
      erasure,
      messages.flatMap(({ id: value, direction, channel, account, external_id: externalId, send_state: state }) =>
        state === 'queued' || state === 'sending'
          ? []
          : [{ kind: 'message' as const, value, about: { direction, channel, account, externalId } }],
      ),
    );
  }
}

/** The lines that list a case, with its number and dates alone. */
const withoutTitle = (text: string, number: string): string =>
  text
    .split('\n')
    .map(line => {
      const end = line.includes(number) ? line.indexOf(': ', line.indexOf(number)) : -1;
      return end < 0 ? line : `${line.slice(0, end)}: ${ERASED_TITLE}`;
    })
    .join('\n');

interface Way {
  readonly channel: string;
  readonly account: string;
  readonly key: string;
}

/** Destroys what waits, or waited, outside of their messages: parked, early news, words that somebody searched. */
export async function eraseWords(manager: EntityManager, erasure: Erasure): Promise<void> {
  // What opens what is kept of them went with their addresses; here go its rows, which are the core's own.
  for (const table of ['citizen_code', 'citizen_session'])
    await manager.query(
      `delete from ${table} where administration_id = $1 and value in (
         select value from erasure_target where erasure_id = $2 and kind = 'word')`,
      [erasure.administrationId, erasure.id],
    );
  if (erasure.contactId !== null)
    for (const table of ['contact_identification', 'citizen_identity'])
      await manager.query(`delete from ${table} where contact_id in (${PERSON})`, [erasure.contactId]);
  const { id, administrationId } = erasure;
  const ways: Way[] = await manager.query(
    `select about->>'channel' as channel, about->>'account' as account, about->>'key' as key
     from erasure_target where erasure_id = $1 and kind = 'conversation' and not (about->>'shared')::boolean`,
    [id],
  );
  const names = [ways.map(way => way.channel), ways.map(way => way.account), ways.map(way => way.key)];
  const said = `(channel, account, external_id) in (
    select about->>'channel', about->>'account', about->>'externalId' from erasure_target where erasure_id = $1 and kind = 'message')`;
  const theirs = `(channel, account, conversation) in (select * from unnest($2::text[], $3::text[], $4::text[]))`;
  const parked: { payload: unknown; reception_id: string | null }[] = await manager.query(
    `select payload, reception_id from parked where state <> 'waiting' and (${said} or ${theirs}) for update`,
    [id, ...names],
  );
  await addTargets(manager, erasure, [
    ...parked.flatMap(one => blobsIn(one.payload).map(value => ({ kind: 'blob' as const, value }))),
    ...parked.flatMap(one => (one.reception_id ? [{ kind: 'reception' as const, value: one.reception_id }] : [])),
  ]);
  await manager.query(
    `update parked set payload = '{}', conversation = null, external_id = null, reason = 'erased', settled_reason = 'erased'
     where state <> 'waiting' and (${said} or ${theirs})`,
    [id, ...names],
  );
  const [early]: [{ progress: unknown; reception: string | null }[], number] = await manager.query(
    `delete from early_progress where ${said} or (channel, account, progress->>'conversation') in (
       select * from unnest($2::text[], $3::text[], $4::text[]))
     returning progress, progress #>> '{reception,reception}' as reception`,
    [id, ...names],
  );
  await addTargets(manager, erasure, [
    ...early.flatMap(one => blobsIn(one.progress).map(value => ({ kind: 'blob' as const, value }))),
    ...early.flatMap(one => (one.reception ? [{ kind: 'reception' as const, value: one.reception }] : [])),
  ]);
  const [, searched]: [unknown, number] = await manager.query(
    `delete from searched_words s using trail_entry t
     where t.id = s.entry_id and t.administration_id = $2 and exists (
       select from erasure_target w, regexp_split_to_table(w.value, '[\\s,;<>]+') p(piece)
       where w.erasure_id = $1 and w.kind = 'word' and length(p.piece) > 2
         and strpos(lower(unaccent(s.words)), lower(unaccent(p.piece))) > 0)`,
    [id, administrationId],
  );
  await count(manager, id, 'searches', searched);
}
