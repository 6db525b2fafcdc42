import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { CaseView, ProblemView } from '@filodiretto/contracts';
import { ROLES, type Reach, type Role } from '@filodiretto/contracts/model';
import { ACTS_OF, SHIPPED_PERMISSIONS, SHIPPED_REACHES, type CaseAct, type CaseStanding } from '@filodiretto/domain';
import { v7 } from 'uuid';
import { RestApplication, type Answer, type TestOperator } from '../http/rest-testing.js';
import { aboutCase, type CaseThing } from './cases.js';
import { neededFor } from './operations.js';
import { NOT_THEIRS } from './standing.js';

// One application for every cell, on a machine that may be busy.
jest.setTimeout(300_000);

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
/** The API as it is published. */
const api = JSON.parse(readFileSync(new URL('../../../../contracts/openapi.json', import.meta.url), 'utf8')) as {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly operationId: string }>>>>;
};
const ROUTES = Object.entries(api.paths).flatMap(([path, operations]) =>
  Object.entries(operations).map(([method, { operationId: operation }]) => ({
    method: method.toUpperCase() as Method,
    path,
    operation,
  })),
);

/** The nouns of paths under which an id is of a case, or of something of one. */
const OF_CASES = [
  'announcements',
  'attachments',
  'cases',
  'mentions',
  'merges',
  'messages',
  'offers',
  'tasks',
  'work-items',
];
/** Those under which it never is. A noun of neither list fails. */
const OF_NO_CASE = [
  'areas',
  'automations',
  'bulk-actions',
  'categories',
  'confidentiality-levels',
  'consent-purposes',
  'contact-identifications',
  'contacts',
  'erasures',
  'legal-holds',
  'macros',
  'offices',
  'operators',
  'parked-items',
  'queues',
  'receptions',
  'retention-policies',
  'retention',
  'rights-requests',
  'roles',
  'routing-rules',
  'sessions',
  'suppliers',
  'tags',
  'templates',
  'topics',
  'views',
];

type Cell = 'own' | 'of another office' | 'own, confidential' | 'of another office, confidential' | 'elsewhere';
const CELLS: readonly Cell[] = [
  'own',
  'of another office',
  'own, confidential',
  'of another office, confidential',
  'elsewhere',
];
type Expected = Readonly<Record<Cell, CaseStanding | 'unseen' | 'told'>>;
/**
 * How somebody of an office stands to the cases of a cell, by the reach of their role; `told`: they hold it when their role has
 * `case.confidential`, and do not see it otherwise.
 */
const EXPECTED: Readonly<Record<Reach, Expected>> = {
  administration: {
    own: 'holds',
    'of another office': 'holds',
    'own, confidential': 'told',
    'of another office, confidential': 'unseen',
    elsewhere: 'unseen',
  },
  offices: {
    own: 'holds',
    'of another office': 'unseen',
    'own, confidential': 'told',
    'of another office, confidential': 'unseen',
    elsewhere: 'unseen',
  },
  // The office of the test has no supplier.
  supplier: {
    own: 'unseen',
    'of another office': 'unseen',
    'own, confidential': 'told',
    'of another office, confidential': 'unseen',
    elsewhere: 'unseen',
  },
};

function expected(role: Role, cell: Cell, operation: string, act: CaseAct): string {
  const needs = neededFor(operation);
  const may = new Set<string>(SHIPPED_PERMISSIONS[role]);
  if (needs !== null && !may.has(needs)) return 'kept out';
  const said = EXPECTED[SHIPPED_REACHES[role]][cell];
  const standing = said === 'told' ? (may.has('case.confidential') ? 'holds' : 'unseen') : said;
  if (standing === 'unseen') return 'unseen';
  return ACTS_OF[standing].includes(act) ? 'may' : 'may not';
}

function answered({ status, body }: Answer<ProblemView | undefined>, thing: CaseThing): string {
  const detail = body && 'detail' in body ? body.detail : undefined;
  if (status === 403 && detail?.startsWith('This needs the permission ')) return 'kept out';
  if (status === 403 && detail === NOT_THEIRS) return 'may not';
  if (status === 404 && detail === `There is no such ${thing}.`) return 'unseen';
  return status >= 500 || status === 401 || status === 429 ? `${status}` : 'may';
}

let rest: RestApplication;
let here: TestOperator & { readonly office: string };
/** By what it is; `answer`: a message that went out, which alone can be sent again. */
type Seeded = Readonly<Record<CaseThing | 'answer', string>>;
let seeded: Readonly<Record<Cell, Seeded>>;

/** A case of an office, with one of everything that an operation may name. */
async function seed(boss: TestOperator, office: string, confidential: boolean): Promise<Seeded> {
  const blob = await rest.store.keep(Buffer.from(`a picture ${v7()}`), 'image/png');
  const door = await rest.channel({ reply: true, text: { maxLength: 1_000 } }, boss.administrationId);
  const { message, caseId } = await rest.receive(door, {
    content: [
      { type: 'text', text: 'Buongiorno' },
      { type: 'media', kind: 'image', mediaType: 'image/png', blob, fetch: 'done', scan: 'clean' },
    ],
  });
  const seen = await rest.ask<CaseView>('GET', `/api/cases/${caseId}`, { as: boss });
  const given = await rest.ask<CaseView>('PATCH', `/api/cases/${caseId}`, {
    as: boss,
    body: { office },
    headers: { 'if-match': seen.headers['etag'] ?? '' },
  });
  const asked = await rest.ask<{ id: string }>('POST', `/api/cases/${caseId}/tasks`, {
    as: boss,
    body: { question: 'Di chi è?', body: { name: 'Acquedotto', address: 'guasti@acquedotto.example' } },
  });
  const answer = await rest.ask<{ id: string }>('POST', `/api/cases/${caseId}/replies`, {
    as: boss,
    body: { text: 'Ecco' },
  });
  const [announcement, offer, merge, note, mention] = [v7(), v7(), v7(), v7(), v7()];
  const write = (sql: string, ...parameters: unknown[]): Promise<unknown> => rest.dataSource.query(sql, parameters);
  const { administrationId, id: by } = boss;
  await write(
    `insert into announcement (id, administration_id, case_id, operator_id, language, text, literal, cause, created_at)
     values ($1, $2, $3, $4, 'it', 'x', false, 'x', now())`,
    ...[announcement, administrationId, caseId, by],
  );
  await write(
    `insert into offer (id, administration_id, work_item_id, operator_id, state, shared, expires_at, settled_at, explanation, sentence)
     select $1, $2, w.id, $4, 'expired', false, now(), now(), '{}', 'x' from work_item w where w.case_id = $3 limit 1`,
    ...[offer, administrationId, caseId, by],
  );
  await write(
    `insert into case_merge (id, administration_id, into_case, from_case, operator_id, at) values ($1, $2, $3, $3, $4, now())`,
    ...[merge, administrationId, caseId, by],
  );
  await write(
    `insert into internal_note (id, administration_id, case_id, operator_id, text, created_at) values ($1, $2, $3, $4, 'x', now())`,
    ...[note, administrationId, caseId, by],
  );
  await write(
    `insert into mention (id, administration_id, operator_id, note_id, by_operator, created_at) values ($1, $2, $4, $3, $4, now())`,
    ...[mention, administrationId, note, by],
  );
  if (confidential) {
    const level = { level: 'minors', reason: 'Riguarda un minore' };
    const etag = (await rest.ask('GET', `/api/cases/${caseId}`, { as: boss })).headers['etag'] ?? '';
    await rest.ask('PUT', `/api/cases/${caseId}/confidentiality`, {
      as: boss,
      body: level,
      headers: { 'if-match': etag },
    });
  }
  const only = async (sql: string): Promise<string> => {
    const [row]: { id: string }[] = await rest.dataSource.query(sql, [caseId]);
    if (!row) throw new Error(`the seed of the matrix lacks something of ${given.status} ${asked.status}`);
    return row.id;
  };
  return {
    case: caseId,
    message,
    answer: answer.body.id,
    attachment: await only(
      'select a.id from attachment a join message m on m.id = a.message_id where m.case_id = $1 limit 1',
    ),
    task: asked.body.id,
    announcement,
    offer,
    'work item': await only(`select id from work_item where case_id = $1 order by state = 'done', id limit 1`),
    merge,
    mention,
  };
}

beforeAll(async () => {
  rest = await RestApplication.start();
  here = await rest.administration('Pratolungo', 'admin');
  const other = await rest.office(here.administrationId, 'Altro ufficio');
  const elsewhere = await rest.administration('Altrove', 'admin');
  seeded = {
    own: await seed(here, here.office, false),
    'of another office': await seed(here, other, false),
    'own, confidential': await seed(here, here.office, true),
    'of another office, confidential': await seed(here, other, true),
    elsewhere: await seed(elsewhere, elsewhere.office, false),
  };
});
afterAll(() => rest.stop());

const CASE_ROUTES = ROUTES.flatMap(route => {
  const about = aboutCase(route.operation);
  return about ? [{ ...route, ...about }] : [];
});

describe('the matrix of cases', () => {
  it('has every operation whose path names a case or something of one, and no other noun', () => {
    const nouns = ROUTES.filter(({ path }) => path.includes('{id}')).map(route => ({
      ...route,
      noun: route.path.split('/')[2] ?? '',
    }));
    const unknown = nouns.filter(({ noun }) => !OF_CASES.includes(noun) && !OF_NO_CASE.includes(noun));
    expect(unknown.map(({ path }) => path)).toEqual([]);
    const ofCases = nouns.filter(({ noun }) => OF_CASES.includes(noun)).map(({ operation }) => operation);
    expect(ofCases.filter(operation => !aboutCase(operation))).toEqual([]);
    expect(CASE_ROUTES.length).toBe(ofCases.length);
  });

  it.each(ROLES.map(role => ({ role })))('answers $role what their standing to each case says', async ({ role }) => {
    const who = await rest.operator(here.administrationId, here.office, `Chi è ${role}`, role);
    const wrong: string[] = [];
    const missing = new Map<string, unknown>();
    for (const { method, path, operation, thing, act } of CASE_ROUTES) {
      const ask = (id: string): Promise<Answer<ProblemView | undefined>> =>
        rest.ask(
          method,
          path
            .replace('{id}', id)
            .replace('{part}', '0')
            .replaceAll(/\{\w+\}/g, () => v7()),
          {
            as: who,
            ...(method === 'GET' || method === 'DELETE' ? {} : { body: {} }),
          },
        );
      const wordsOf = ({ status, body }: Answer<ProblemView | undefined>): string =>
        JSON.stringify([status, body?.type, body?.title, body?.detail, body?.errors]);
      missing.set(operation, wordsOf(await ask(v7())));
      for (const cell of CELLS) {
        const answer = await ask(
          seeded[cell][operation === 'retryMessage' || operation === 'withdrawMessage' ? 'answer' : thing],
        );
        const should = expected(role, cell, operation, act);
        const did = answered(answer, thing);
        // What is offered or said to somebody else is nobody else's, whatever they see of the case.
        const personal = (thing === 'offer' || thing === 'mention') && answer.status === 404 && should !== 'kept out';
        if (did !== should && !personal)
          wrong.push(`${operation} ${cell}: ${did} (${answer.status}), should ${should}`);
        if (should === 'unseen' && thing !== 'offer' && wordsOf(answer) !== missing.get(operation))
          wrong.push(`${operation} ${cell}: not as what is not there`);
      }
    }
    expect(wrong).toEqual([]);
  });
});
