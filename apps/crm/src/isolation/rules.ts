import { MACHINE_ROLE, PEOPLE_ROLE } from './roles.js';

/** What people may do to the rows of a table, and which ones. */
export interface Rule {
  /** Of whom the table is asked by people at all: the privileges they have. Empty: the table is the core's own. */
  readonly people: readonly Privilege[];
  /** What the core's own work may do. */
  readonly machine: readonly Privilege[];
  /** Which rows are seen, and may be changed. */
  readonly seen: string;
  /** Which rows may be written. */
  readonly written: string;
}

type Privilege = 'select' | 'insert' | 'update' | 'delete';

const ALL: readonly Privilege[] = ['select', 'insert', 'update', 'delete'];
const ADDED: readonly Privilege[] = ['select', 'insert'];
const NONE: readonly Privilege[] = [];

const MINE = 'administration_id = acting_administration()';

/** What was said of who acts, as a list of ids; nothing was said: null, which is among nothing. */
const said = (name: string, type: 'uuid[]' | 'text[]'): string =>
  `nullif(current_setting('app.${name}', true), '')::${type}`;

/**
 * Whether who acts sees a case: `seesCase` of the domain once more, by columns of its row alone. The administration is what an
 * index is asked for. How far they see and their offices are read once for a statement, not for each row; the rest is asked
 * of few rows. It is no function: PostgreSQL would call it row by row as soon as it asked such a question.
 */
const SEES_CASE = `${MINE} and case
  when confidentiality is null then
    (select current_setting('app.reach', true) in ('all', 'administration'))
    or acquainted @> array[acting_operator()]
    or concerned && (select ${said('offices', 'uuid[]')})::uuid[]
    or assignee_id = acting_operator()
    or id = any(${said('opened', 'uuid[]')})
  else
    (select current_setting('app.reach', true) = 'all')
    or assignee_id = acting_operator()
    or confidentiality = any(${said('levels', 'text[]')})
    or office_id = any(${said('confided', 'uuid[]')})
    or asked && ${said('confided', 'uuid[]')}
    or id = any(${said('opened', 'uuid[]')})
  end`;

/**
 * Whether the one row of another table, itself under its rule, is seen. Not `exists`: PostgreSQL would sometimes read all that is
 * seen there into memory first, where one row is looked up by its key.
 */
const seenIn = (table: string, key: string): string => `(select true from ${table} seen where ${key})`;
const ofCase = (table: string, column = 'case_id'): string => seenIn('case_file', `seen.id = ${table}.${column}`);

const rule = (seen: string, more: Partial<Rule> = {}): Rule => ({
  people: ALL,
  machine: ALL,
  seen,
  written: seen,
  ...more,
});

/** Rows that are of an administration and of nothing in it. */
const ofAdministration = (more: Partial<Rule> = {}): Rule => rule(MINE, more);
/** What only the core's own work asks. */
const OWN = rule('false', { people: NONE });

/** Rules of tables that do not say by their columns alone whose their rows are, or that are only added to. */
const RULES: Readonly<Record<string, (table: string) => Rule>> = {
  case_file: () => rule(SEES_CASE, { written: MINE }),
  announcement_recipient: table => rule(seenIn('announcement', `seen.id = ${table}.announcement_id`)),
  attachment: table => rule(`${MINE} and ${seenIn('message', `seen.id = ${table}.message_id`)}`, { written: MINE }),
  automation_run: table =>
    rule(`${seenIn('automation', `seen.id = ${table}.automation_id`)} and (case_id is null or ${ofCase(table)})`),
  // Who watches over openings sees all of them.
  break_glass: () => ofAdministration(),
  bulk_item: table => rule(`${seenIn('bulk_action', `seen.id = ${table}.bulk_id`)} and ${ofCase(table)}`),
  // Of who writes it alone.
  case_draft: table =>
    rule(`${MINE} and operator_id = acting_operator() and ${ofCase(table)}`, {
      written: `${MINE} and operator_id = acting_operator()`,
    }),
  case_field: table => rule(ofCase(table)),
  case_follower: table => rule(ofCase(table)),
  // That offices are open at other times; noted by who changes it, worked off by the core.
  calendar_change: () => ofAdministration({ people: ADDED }),
  case_link: table => rule(`${MINE} and ${ofCase(table, 'case_a')} and ${ofCase(table, 'case_b')}`, { written: MINE }),
  case_merge: table =>
    rule(`${MINE} and ${ofCase(table, 'into_case')} and ${ofCase(table, 'from_case')}`, { written: MINE }),
  case_merge_item: table => rule(seenIn('case_merge', `seen.id = ${table}.merge_id`)),
  case_split: table => rule(`${ofCase(table, 'from_case')} and ${ofCase(table, 'new_case')}`),
  case_tag: table => rule(ofCase(table)),
  category_schema: () => ofAdministration({ people: ADDED, machine: ADDED }),
  // That a case is somebody's who logged in is known to who sees the contact; who they are is joined to it by who identifies.
  citizen_case: () => ofAdministration({ people: ['select'] }),
  citizen_identity: () => ofAdministration({ people: ['select', 'insert', 'update'] }),
  // Of citizens themselves: nobody who works here reads or makes any.
  citizen_code: () => OWN,
  citizen_login: () => OWN,
  citizen_session: () => OWN,
  clock: () => rule('true', { people: ['select'] }),
  // Of the person, whatever case they were asked in.
  consent_entry: () => ofAdministration({ people: ADDED, machine: ADDED }),
  consent_purpose: () => ofAdministration({ people: ADDED, machine: ADDED }),
  // The addresses of who writes: whose cases they are on, the rules of messages and cases say.
  conversation: () => ofAdministration(),
  deadline_policy: () => ofAdministration({ people: ADDED, machine: ADDED }),
  early_progress: () => OWN,
  // Of a contact, of a case or of neither: who may erase sees all receipts.
  erasure: () => ofAdministration(),
  // What holds it is found by the core; who may, lets it be opened.
  held_original: table =>
    rule(`${MINE} and ${seenIn('message', `seen.id = ${table}.message_id`)}`, {
      people: ['select', 'update'],
      written: MINE,
    }),
  idempotency: () => rule('operator_id = acting_operator()'),
  journal: table => rule(`${MINE} and ${ofCase(table)}`, { people: ADDED, machine: ADDED, written: MINE }),
  journal_reader: () => OWN,
  // What may not be erased is known whoever sees the case.
  legal_hold: () => ofAdministration(),
  login_attempt: () => OWN,
  mention: table => rule(`${MINE} and ${seenIn('internal_note', `seen.id = ${table}.note_id`)}`, { written: MINE }),
  migrations: () => rule('false', { people: NONE, machine: NONE }),
  offer: table => rule(`${MINE} and ${seenIn('work_item', `seen.id = ${table}.work_item_id`)}`, { written: MINE }),
  operator_skill: table => rule(seenIn('operator', `seen.id = ${table}.operator_id`)),
  // What is said in a transaction goes out with it; who says it does not read what others said.
  outbox: () => rule('false', { people: ['insert'], written: 'acting_administration() is not null' }),
  overdue_reception: () => OWN,
  reception_item: table =>
    rule(seenIn('channel_account', `seen.channel = ${table}.channel and seen.account = ${table}.account`)),
  reconciled: () => OWN,
  register_answer: () => ofAdministration({ people: ADDED, machine: ADDED }),
  screening_walk: () => OWN,
  search_case: table => rule(ofCase(table)),
  search_contact: table => rule(seenIn('contact', `seen.id = ${table}.contact_id`)),
  search_stale: table => rule(ofCase(table)),
  // Written by who holds a case's code alone.
  survey: table => rule(`${MINE} and ${ofCase(table)}`, { people: ['select'], written: MINE }),
  // Written by one statement with their entry, which a rule cannot see yet.
  searched_words: table =>
    rule(seenIn('trail_entry', `seen.id = ${table}.entry_id`), { written: 'acting_administration() is not null' }),
  spent_logout_token: () => OWN,
  told_office: table => rule(ofCase(table)),
  // Of an administration whatever case an entry is about: who reads the trail reads all of it.
  trail_entry: () => ofAdministration({ people: ADDED, machine: ADDED }),
  trail_seal: () => ofAdministration({ people: ['select'], machine: ADDED }),
  trail_head: () => ofAdministration({ people: ['select'], machine: ['select', 'insert', 'update'] }),
  trail_anchor: () => ofAdministration({ people: ['select'], machine: ['select', 'insert', 'update'] }),
};

/**
 * The rule of a table: its own, or what its columns say. A table of an administration (`administration_id`) shows the rows of that
 * administration, and those of a case (`case_id`) to who sees the case. `undefined`: nobody said whose its rows are.
 */
export function ruleOf(table: string, columns: readonly string[]): Rule | undefined {
  const own = RULES[table];
  if (own) return own(table);
  if (!columns.includes('administration_id')) return undefined;
  if (!columns.includes('case_id')) return ofAdministration();
  return rule(`${MINE} and (case_id is null or ${ofCase(table)})`, { written: MINE });
}

/** What makes a rule hold, from whatever held before. */
export function statementsOf(table: string, { people, machine, seen, written }: Rule): string[] {
  const grant = (role: string, privileges: readonly Privilege[]): string[] =>
    privileges.length > 0 ? [`grant ${privileges.join(', ')} on ${table} to ${role}`] : [];
  const policy = (name: string, role: string, using: string, check: string): string =>
    `create policy ${name} on ${table} to ${role} using (${using}) with check (${check})`;
  return [
    `alter table ${table} enable row level security`,
    `alter table ${table} force row level security`,
    ...['owner', 'people', 'machine'].map(name => `drop policy if exists ${name} on ${table}`),
    `revoke all on ${table} from public, ${PEOPLE_ROLE}, ${MACHINE_ROLE}`,
    // Migrations run as the owner, whom a forced policy would show nothing.
    policy('owner', 'current_user', 'true', 'true'),
    ...(people.length > 0 ? [policy('people', PEOPLE_ROLE, seen, written)] : []),
    ...(machine.length > 0 ? [policy('machine', MACHINE_ROLE, 'true', 'true')] : []),
    ...grant(PEOPLE_ROLE, people),
    ...grant(MACHINE_ROLE, machine),
  ];
}
