import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { eventually } from '@filodiretto/bus/testing';
import type {
  CaseView,
  Inbound,
  MentionPage,
  ProblemView,
  SupplierView,
  TemplateView,
  TopicView,
  WorkItemView,
} from '@filodiretto/contracts';
import { v7 } from 'uuid';
import { WeeklyLetters } from '../dormancy/weekly-letters.js';
import { Intake } from '../intake/intake.js';
import { aMessage, itemOf } from '../testing.js';
import { RestApplication, type Answer, type TestOperator } from './rest-testing.js';

// Servers of its own start with the suite, on a machine that may be busy.
jest.setTimeout(90_000);

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
interface Schema {
  readonly $ref?: string;
  readonly format?: string;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
}
interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly schema: Schema;
}
interface Described {
  readonly parameters?: readonly (Parameter | { readonly $ref: string })[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
}
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly parameters: Readonly<Record<string, Parameter>>;
  };
}

/** The API as it is published: a route that is not in the tables below fails this suite. */
const api = JSON.parse(
  readFileSync(new URL('../../../../contracts/openapi.json', import.meta.url), 'utf8'),
) as Document;
const ROUTES = Object.entries(api.paths).flatMap(([path, operations]) =>
  Object.entries(operations).map(([method, described]) => ({
    method: method.toUpperCase() as Method,
    path,
    name: `${method.toUpperCase()} ${path}`,
    described,
  })),
);

/** What one administration has. By the noun of its path. */
interface World {
  readonly operator: TestOperator & { readonly office: string };
  readonly ids: Readonly<Record<string, string>>;
}

const TEXT = { text: 'Buongiorno.' };
const OFFICE = { name: 'Ufficio', kind: 'office', tier: 2 };
const AUTOMATION = { name: 'A', on: ['opened'], when: { words: { any: ['mai'] } }, actions: { note: 'x' } };
const OPERATOR = { name: 'Persona', role: 'admin' };
const AWAY = { from: '2026-08-03T00:00:00Z', to: '2026-08-17T00:00:00Z' };
const RULE = { name: 'Regola', when: {}, priority: 'high' };
const AREA = {
  code: 'centro',
  name: 'Centro',
  geometry: {
    type: 'Polygon',
    coordinates: [
      [
        [11, 43],
        [12, 43],
        [12, 44],
        [11, 43],
      ],
    ],
  },
};
const SPLIT = { subject: 'Altro' };
const ANNOUNCEMENT = { text: 'Riparato.' };
const DETACHING = { reason: 'Altro guasto' };
const URGENT = { change: { priority: 'urgent' } };
const RESOLVE = { command: 'resolve', outcome: 'positive', outcomeReason: 'done' };

const CONSENT = { purpose: 'training_recording', act: 'given', how: 'desk' };

/** A body that each route accepts. */
const BODIES: Readonly<Record<string, object>> = {
  'POST /api/cases': { subject: 'Lampione spento' },
  'PATCH /api/cases/{id}': { priority: 'high' },
  'PUT /api/cases/{id}/confidentiality': { reason: 'Non lo è' },
  'POST /api/cases/{id}/calls': { operatorAddress: '+390612345678' },
  'POST /api/cases/{id}/chases': {},
  'POST /api/cases/{id}/internal-notes': TEXT,
  'POST /api/cases/{id}/replies': TEXT,
  'POST /api/cases/{id}/transitions': { ...RESOLVE, ...TEXT },
  'POST /api/messages/{id}/attempts': {},
  'POST /api/messages/{id}/withdrawals': {},
  'POST /api/parked-items/{id}/discards': { reason: 'Pubblicità' },
  'POST /api/parked-items/{id}/retries': {},
  'POST /api/attachments/{id}/releases': { reason: 'Guardato su una macchina isolata' },
  'POST /api/messages/{id}/original/releases': { reason: 'Guardato su una macchina isolata' },
  'POST /api/messages/{id}/parts/{part}/releases': { reason: 'Guardata su una macchina isolata' },
  'POST /api/parked-items/{id}/original/releases': { reason: 'Guardato su una macchina isolata' },
  'PUT /api/cases/{id}/place': { address: 'Via Roma' },
  'POST /api/areas': AREA,
  'PATCH /api/areas/{id}': { name: 'Altro nome' },
  'POST /api/views': { name: 'Tutte', filter: {} },
  'PATCH /api/views/{id}': { name: 'Altro nome' },
  'POST /api/bulk-actions': { ...URGENT, filter: {} },
  'POST /api/bulk-actions/{id}/start': {},
  'POST /api/bulk-actions/{id}/stop': {},
  'PATCH /api/templates/{id}': { name: 'Altro nome' },
  'POST /api/offices': OFFICE,
  'PUT /api/offices/{id}': OFFICE,
  'POST /api/offices/{id}/moves': { parent: v7() },
  'POST /api/offices/{id}/deactivations': { reason: 'Riorganizzazione' },
  'POST /api/offices/{id}/activations': {},
  'PUT /api/offices/{id}/hours': { hours: [] },
  'POST /api/offices/{id}/closures': { from: '2026-08-14', to: '2026-08-16', reason: 'Ferie' },
  'POST /api/operators': OPERATOR,
  'PUT /api/operators/{id}': { ...OPERATOR, office: v7() },
  'POST /api/operators/{id}/deactivations': {},
  'POST /api/operators/{id}/activations': {},
  'POST /api/operators/{id}/absences': AWAY,
  'POST /api/operators/{id}/identities': { subject: 'somebody' },
  'POST /api/cases/{id}/links': { case: v7() },
  'POST /api/cases/{id}/tasks': {
    question: 'Di chi è?',
    body: { name: 'Acquedotto', address: 'a@acquedotto.example' },
  },
  'POST /api/tasks/{id}/moves': { command: 'answer', text: 'Nostra' },
  'PUT /api/operators/{id}/skills': { capacity: 100, skills: [] },
  'POST /api/queues/{id}/claims': {},
  'PUT /api/queues/{id}/settings': { strategy: 'pull' },
  'POST /api/routing-rules': RULE,
  'POST /api/deadline-policies': {
    code: 'prova',
    name: 'Prova',
    clock: 'resolution',
    term: { amount: 3, unit: 'working_days' },
  },
  'PUT /api/routing-rules/{id}': RULE,
  'PUT /api/routing-rules/order': { rules: [] },
  'PUT /api/categories/{id}/fields': { fields: [] },
  'POST /api/automations': AUTOMATION,
  'POST /api/automations/simulate': AUTOMATION,
  'PUT /api/automations/{id}': AUTOMATION,
  'POST /api/macros': { name: 'M', actions: { note: 'x' } },
  'PUT /api/macros/{id}': { name: 'M', actions: { note: 'x' } },
  'POST /api/cases/{id}/macro-applications': { macro: v7() },
  'POST /api/cases/{id}/macro-previews': { macro: v7() },
  'POST /api/categories': { code: 'nuova', label: 'Nuova', kind: 'report' },
  'PUT /api/categories/{id}': { label: 'Altro nome', kind: 'report', active: true },
  'PUT /api/topics/{id}': { label: 'Altro argomento', active: true },
  'PUT /api/suppliers/{id}': { name: 'Altro nome', lots: [] },
  'POST /api/cases/{id}/merges': { from: v7() },
  'POST /api/cases/{id}/splits': SPLIT,
  'POST /api/merges/{id}/reversals': { reason: 'Due lampioni' },
  'POST /api/cases/{id}/members': { cases: [v7()] },
  'POST /api/cases/{id}/member-previews': { cases: [v7()] },
  'POST /api/cases/{id}/member-removals': { cases: [v7()], ...DETACHING },
  'POST /api/cases/{id}/announcements': ANNOUNCEMENT,
  'POST /api/cases/{id}/tags': { tag: v7() },
  'PATCH /api/tags/{id}': { label: 'Altro nome' },
  'POST /api/cases/{id}/followers': {},
  'PUT /api/cases/{id}/drafts/{kind}': { ...TEXT, begunFrom: 1 },
  'PUT /api/cases/{id}/attention': { doing: 'viewing' },
  'POST /api/mentions/{id}/reading': {},
  'POST /api/offers/{id}/acceptance': {},
  'POST /api/offers/{id}/rejection': {},
  'POST /api/contacts/{id}/rights-requests': { kind: 'access' },
  'POST /api/contacts/{id}/restriction-liftings': { reason: 'Verificato' },
  'POST /api/rights-requests/{id}/identification': { how: 'known' },
  'POST /api/rights-requests/{id}/decision': { outcome: 'refused', reason: 'Non identificato', spoken: true },
  'POST /api/contacts/{id}/erasure': { reason: 'Art. 17' },
  'POST /api/retention/runs/{id}/start': {},
  'POST /api/retention/runs/{id}/stop': {},
  'POST /api/legal-holds/{id}/lift': { reason: 'Causa definita' },
  'POST /api/contacts/{id}/consents': CONSENT,
  'POST /api/contacts/{id}/identifications': { how: 'document', documentKind: 'passport' },
  'POST /api/contact-identifications/{id}/withdrawal': { reason: 'Era un altro' },
  'POST /api/contacts/{id}/consent-questions': { purpose: 'newsletter' },
};

/** What a body must name for its route to do something: the nouns of whose world it is about. */
const NAMING: Readonly<Record<string, Readonly<Record<string, { readonly noun: string; readonly many?: true }>>>> = {
  'POST /api/cases/{id}/merges': { from: { noun: 'cases-apart' } },
  'POST /api/cases/{id}/splits': { messages: { noun: 'messages', many: true } },
  'POST /api/cases/{id}/members': { cases: { noun: 'cases-apart', many: true } },
  'POST /api/cases/{id}/member-previews': { cases: { noun: 'cases-apart', many: true } },
  'POST /api/cases/{id}/member-removals': { cases: { noun: 'members', many: true } },
  'POST /api/cases/{id}/tags': { tag: { noun: 'tags' } },
  'POST /api/contacts/{id}/consent-questions': { case: { noun: 'cases' } },
};

/** What the id of a route is, when the noun of its path does not say it. */
const NOUNS: Readonly<Record<string, string>> = {
  'POST /api/messages/{id}/attempts': 'answers',
  'POST /api/messages/{id}/withdrawals': 'answers-held',
  'POST /api/parked-items/{id}/retries': 'parked-again',
  'POST /api/attachments/{id}/releases': 'attachments-held',
  'POST /api/messages/{id}/original/releases': 'originals-held',
  'POST /api/messages/{id}/parts/{part}/releases': 'originals-held',
  'POST /api/parked-items/{id}/original/releases': 'parked-again',
  'DELETE /api/operators/{id}/sessions': 'coworkers',
  'DELETE /api/operators/{id}/identities/{identity}': 'coworkers',
  'DELETE /api/areas/{id}': 'areas-again',
  'DELETE /api/views/{id}': 'views-again',
  'POST /api/cases/{id}/merges': 'heads',
  'POST /api/cases/{id}/members': 'heads',
  'POST /api/cases/{id}/member-previews': 'heads',
  'POST /api/cases/{id}/member-removals': 'heads',
  'POST /api/cases/{id}/announcements': 'heads',
};

/** What answers with a version of something, when the noun of the path does not. */
const READ_AT: Readonly<Record<string, (id: string) => string>> = {
  heads: id => `cases/${id}`,
  coworkers: id => `operators/${id}`,
  queues: id => `queues/${id}/settings`,
};

const NAMED_BY_OFFICES = {
  responsible: { noun: 'operators' },
  substitutes: { noun: 'operators' },
  substitutePowerHolder: { noun: 'operators' },
  supplier: { noun: 'suppliers' },
  lot: { noun: 'lots' },
  topics: { noun: 'topics' },
};

/** Where a body names something else: what it is, and the body it is named in. */
const REFERENCES: Readonly<Record<string, Readonly<Record<string, { noun: string; body?: object }>>>> = {
  'POST /api/cases': {
    category: { noun: 'categories' },
    office: { noun: 'offices' },
    assignee: { noun: 'operators' },
    contact: { noun: 'contacts' },
    followUpOf: { noun: 'cases' },
  },
  'PATCH /api/cases/{id}': {
    category: { noun: 'categories' },
    office: { noun: 'offices' },
    assignee: { noun: 'operators' },
  },
  'POST /api/cases/{id}/calls': { conversation: { noun: 'conversations' } },
  'PUT /api/cases/{id}/drafts/{kind}': {
    conversation: { noun: 'conversations' },
    attachments: { noun: 'uploads' },
  },
  'POST /api/cases/{id}/replies': {
    textTemplate: { noun: 'templates', body: {} },
    attachments: { noun: 'uploads' },
    conversation: { noun: 'conversations' },
  },
  'POST /api/cases/{id}/transitions': {
    office: { noun: 'offices', body: { command: 'assign' } },
    assignee: { noun: 'operators', body: { command: 'assign' } },
    textTemplate: { noun: 'templates', body: RESOLVE },
    conversation: { noun: 'conversations' },
    leading: { noun: 'cases', body: { command: 'markDuplicate' } },
  },
  'POST /api/bulk-actions': {
    cases: { noun: 'cases', body: URGENT },
    macro: { noun: 'macros', body: { filter: {} } },
    view: { noun: 'views', body: URGENT },
  },
  'POST /api/cases/{id}/links': { case: { noun: 'cases' } },
  'POST /api/cases/{id}/tasks': { office: { noun: 'offices', body: { question: 'Di chi è?' } } },
  'POST /api/cases/{id}/merges': { from: { noun: 'cases', body: {} } },
  'POST /api/cases/{id}/members': { cases: { noun: 'cases', body: {} } },
  'POST /api/cases/{id}/member-previews': { cases: { noun: 'cases', body: {} } },
  'POST /api/cases/{id}/member-removals': { cases: { noun: 'cases', body: DETACHING } },
  'POST /api/cases/{id}/announcements': { textTemplate: { noun: 'templates', body: {} } },
  'POST /api/cases/{id}/tags': { tag: { noun: 'tags', body: {} } },
  'POST /api/cases/{id}/macro-applications': { macro: { noun: 'macros', body: {} } },
  'POST /api/cases/{id}/macro-previews': { macro: { noun: 'macros', body: {} } },
  'POST /api/cases/{id}/splits': {
    messages: { noun: 'messages', body: SPLIT },
    tasks: { noun: 'tasks', body: { ...SPLIT, messages: [] } },
    conversations: { noun: 'conversations', body: SPLIT },
    category: { noun: 'categories', body: { ...SPLIT, messages: [] } },
    office: { noun: 'offices', body: { ...SPLIT, messages: [] } },
  },
  'POST /api/contacts/{id}/consents': { case: { noun: 'cases' }, message: { noun: 'messages' } },
  'POST /api/contacts/{id}/consent-questions': { case: { noun: 'cases', body: { purpose: 'newsletter' } } },
  'POST /api/contacts/{id}/identifications': { case: { noun: 'cases', body: { how: 'strong_login' } } },
  'POST /api/contacts/{id}/rights-requests': { office: { noun: 'offices' } },
  'PUT /api/confidentiality-levels/{code}': { offices: { noun: 'offices', body: { name: 'Minori', roles: [] } } },
  'PATCH /api/settings': { dataProtectionOfficer: { noun: 'operators', body: {} } },
  'POST /api/legal-holds': {
    case: { noun: 'cases', body: { reason: 'Causa' } },
    contact: { noun: 'contacts', body: { reason: 'Causa' } },
  },
  'POST /api/categories': { office: { noun: 'offices' }, topic: { noun: 'topics' } },
  'PUT /api/categories/{id}': { office: { noun: 'offices' }, topic: { noun: 'topics' } },
  'POST /api/deadline-policies': { category: { noun: 'categories' }, office: { noun: 'offices' } },
  'POST /api/routing-rules': { category: { noun: 'categories' }, office: { noun: 'offices' } },
  'PUT /api/routing-rules/{id}': { category: { noun: 'categories' }, office: { noun: 'offices' } },
  'PUT /api/routing-rules/order': { rules: { noun: 'routing-rules' } },
  'POST /api/offices': { parent: { noun: 'offices', body: { ...OFFICE, code: 'nuovo' } }, ...NAMED_BY_OFFICES },
  'PUT /api/offices/{id}': NAMED_BY_OFFICES,
  'POST /api/offices/{id}/moves': { parent: { noun: 'offices' } },
  'POST /api/offices/{id}/deactivations': { successor: { noun: 'offices' } },
  'POST /api/operators': { office: { noun: 'offices', body: { ...OPERATOR, code: 'nuova' } } },
  'PUT /api/operators/{id}': { office: { noun: 'offices' } },
  'POST /api/operators/{id}/absences': { substitute: { noun: 'operators' } },
  'POST /api/template-previews': {
    template: { noun: 'templates', body: {} },
    case: { noun: 'cases', body: { text: 'Pratica {{ case.number }}' } },
  },
};

const schemaOf = ({ requestBody }: Described): Schema => {
  const schema = requestBody?.content['application/json']?.schema ?? {};
  const name = schema.$ref?.split('/').at(-1);
  return (name ? api.components.schemas[name] : undefined) ?? schema;
};
const namesOf = (described: Described): string[] =>
  Object.entries(schemaOf(described).properties ?? {})
    // The key of what is said once is made by who says it: it names nothing.
    .filter(([name]) => name !== 'key')
    .filter(([, schema]) => schema.format === 'uuid' || schema.items?.format === 'uuid')
    .map(([name]) => name);

/** What a list must be asked. */
const ASKED: Readonly<Record<string, string>> = {
  '/api/on-duty': '?topic=tari',
  '/api/search': '?text=segreto',
  '/api/search/count': '?text=segreto',
};

describe('another administration', () => {
  let rest: RestApplication;
  let ours: World;
  let theirs: World;
  beforeAll(async () => {
    rest = await RestApplication.start();
    ours = await worldOf('Valdoro');
    theirs = await worldOf('Montechiaro');
  });
  afterAll(() => rest.stop());

  async function worldOf(name: string): Promise<World> {
    const operator = await rest.administration(name, 'admin');
    const { administrationId } = operator;
    const letters = await rest.channel(
      {
        reply: true,
        subject: true,
        text: { maxLength: 1_000 },
        attachments: { max: 5, maxBytes: 1e6, mediaTypes: ['*/*'] },
      },
      administrationId,
    );
    const reception = { reception: v7(), index: 0, count: 1 };
    const blob = await rest.store.keep(Buffer.from(`a picture of ${name}`), 'image/png');
    const { message, caseId } = await rest.receive(letters, {
      reception,
      content: [
        { type: 'text', text: `Segreto di ${name}` },
        { type: 'html', blob },
        { type: 'media', kind: 'image', mediaType: 'image/png', blob, fetch: 'done', scan: 'clean' },
      ],
    });
    const doubtful = async (): Promise<Inbound> =>
      aMessage({ ...letters, raw: await rest.store.keep(Buffer.from(name), 'text/plain'), flags: { doubtful: name } });
    await rest.app.get(Intake).takeAll([itemOf(await doubtful()), itemOf(await doubtful())]);
    const answer = await rest.ask<{ id: string }>('POST', `/api/cases/${caseId}/replies`, { as: operator, body: TEXT });
    await rest.dataSource.query(`update message set send_state = 'failed' where id = $1`, [answer.body.id]);
    const template = await rest.ask<TemplateView>('POST', '/api/templates', {
      as: operator,
      body: { code: 'saluto', language: 'it', name: `Saluto di ${name}`, purpose: 'reply', text: 'Saluti' },
    });
    const topic = await rest.ask<TopicView>('POST', '/api/topics', {
      as: operator,
      body: { code: 'tari', label: `TARI di ${name}` },
    });
    const supplier = await rest.ask<SupplierView>('POST', '/api/suppliers', {
      as: operator,
      body: { code: 'rti', name: `RTI di ${name}`, lots: [{ code: 'uno', name: 'Lotto uno' }] },
    });
    const rule = await rest.ask<{ id: string }>('POST', '/api/routing-rules', { as: operator, body: RULE });
    const makes = async (path: string, body: object): Promise<string> =>
      (await rest.ask<{ id: string }>('POST', path, { as: operator, body })).body.id;
    const areas = [await makes('/api/areas', AREA), await makes('/api/areas', { ...AREA, code: 'altro' })];
    const view = { name: `Viste di ${name}`, filter: {}, sharedWith: 'administration' };
    const views = [await makes('/api/views', view), await makes('/api/views', view)];
    const bulk = await makes('/api/bulk-actions', { ...URGENT, cases: [await makes('/api/cases', { subject: name })] });
    const coworker = await rest.operator(administrationId, operator.office, 'Collega');
    const [identity]: { id: string }[] = await rest.dataSource.query(
      'select id from operator_identity where operator_id = $1',
      [coworker.id],
    );
    const sessions = [v7(), v7()];
    await rest.dataSource.query(
      `insert into operator_session (id, administration_id, operator_id, secret_hash, issuer, subject, authenticated_at, expires_at)
       select id, $2, $3, decode(md5(id::text), 'hex'), 'https://login.example', id::text, now(), now() + interval '1 hour' from unnest($1::uuid[]) id`,
      [sessions, administrationId, operator.id],
    );
    const [closure, absence] = [v7(), v7()];
    await rest.ask('POST', `/api/offices/${operator.office}/closures`, {
      as: operator,
      body: { from: '2026-12-24', to: '2026-12-24', reason: `Vigilia a ${name}` },
      headers: { 'idempotency-key': closure },
    });
    await rest.ask('POST', `/api/operators/${operator.id}/absences`, {
      as: operator,
      body: { from: '2027-08-03T00:00:00Z', to: '2027-08-17T00:00:00Z' },
      headers: { 'idempotency-key': absence },
    });
    const task = await makes(`/api/cases/${caseId}/tasks`, {
      question: `Segreto di ${name}?`,
      body: { name: 'Acquedotto', address: 'guasti@acquedotto.example' },
    });
    const automation = await makes('/api/automations', { ...AUTOMATION, name });
    const macro = await makes('/api/macros', { name, actions: { note: name }, sharedWith: 'administration' });
    const tag = await rest.ask<{ id: string }>('POST', '/api/tags', {
      as: operator,
      body: { code: 'saluto', label: `Saluto di ${name}` },
    });
    const heads = await makes('/api/cases', { subject: `Guasto di ${name}`, office: operator.office });
    const [apart, member, absorbed] = await Promise.all(
      ['uno', 'due', 'tre'].map(() => rest.receive(letters, { text: `Segreto di ${name}` })),
    );
    if (!apart || !member || !absorbed) throw new Error('three cases were to be opened');
    const asks = async (method: Method, path: string, body: object, seen?: string): Promise<string> => {
      const {
        status,
        body: made,
        text,
      } = await rest.ask<{ id: string }>(method, path, {
        as: operator,
        body,
        headers: {
          'if-match': seen ?? (await rest.ask('GET', `/api/cases/${heads}`, { as: operator })).headers.etag ?? '',
        },
      });
      if (status >= 300) throw new Error(`${path} answered ${status} ${text}`);
      return made.id;
    };
    const merge = await asks('POST', `/api/cases/${heads}/merges`, { from: absorbed.caseId, differentPeople: true });
    await asks('POST', `/api/cases/${heads}/members`, { cases: [member.caseId] });
    const announcement = await asks('POST', `/api/cases/${heads}/announcements`, ANNOUNCEMENT);
    await asks('POST', `/api/cases/${heads}/links`, { case: caseId });
    await asks('POST', `/api/cases/${caseId}/tags`, { tag: tag.body.id });
    await asks('POST', `/api/cases/${caseId}/followers`, {});
    await asks('PUT', `/api/cases/${caseId}/drafts/reply`, { text: `Segreto di ${name}`, begunFrom: 1 }, '"0"');
    const colleague = await rest.operator(administrationId, operator.office, `Bruno ${name}`);
    await rest.ask('POST', `/api/cases/${caseId}/internal-notes`, {
      as: colleague,
      body: { text: `Segreto di ${name}: guarda tu, @code-${operator.id}` },
    });
    const { body: mentions } = await rest.ask<MentionPage>('GET', '/api/mentions', { as: operator });
    const { body: work } = await rest.ask<WorkItemView>('POST', `/api/queues/${operator.office}/claims`, {
      as: operator,
    });
    const category = v7();
    const upload = v7();
    await rest.dataSource.query(
      `insert into category (id, administration_id, code, label, kind) values ($1, $2, 'strade', $3, 'report')`,
      [category, administrationId, `Strade di ${name}`],
    );
    await rest.dataSource.query(
      `insert into upload (id, administration_id, operator_id, filename, media_type, sha256, size, created_at)
       values ($1, $2, $3, 'modulo.png', 'image/png', $4, $5, now())`,
      [upload, administrationId, operator.id, blob.sha256, blob.size],
    );
    await rest.dataSource.query(
      `insert into attachment (id, administration_id, message_id, part, kind, media_type, sha256, size, fetch_state, scan_state,
         screened, held_because, held_at, created_at)
       select gen_random_uuid(), administration_id, message_id, 99, kind, media_type, sha256, size, 'done', 'error', 2, 'program',
         now(), now()
       from attachment where message_id = $1`,
      [message],
    );
    const [row]: Record<string, string>[] = await rest.dataSource.query(
      `select (select contact_id from case_file where id = $1) as contact, (select id from attachment where message_id = $2 and held_because is null) as attachment,
         (select id from attachment where message_id = $2 and held_because is not null) as held,
         (select conversation_id from message where id = $2) as conversation,
         (select min(id::text) from parked where administration_id = $3) as parked,
         (select max(id::text) from parked where administration_id = $3) as again`,
      [caseId, message, administrationId],
    );
    const rights = await makes(`/api/contacts/${row?.['contact'] ?? ''}/rights-requests`, { kind: 'access' });
    const identification = v7();
    await rest.ask('POST', `/api/contacts/${row?.['contact'] ?? ''}/identifications`, {
      as: operator,
      body: { how: 'document', documentKind: 'identity_card' },
      headers: { 'idempotency-key': identification },
    });
    const run = await makes('/api/retention/runs', {});
    await rest.dataSource.query(
      `with kept as (
         update message set content = jsonb_build_array(content->0, jsonb_build_object('type', 'calendar', 'blob', $3::jsonb))
         where id = $1 returning id)
       insert into held_original (message_id, part, administration_id, because, held_at)
       select id, part, $2, 'virus', now() from kept, unnest(array[-1, 1]) part`,
      [apart.message, administrationId, JSON.stringify(blob)],
    );
    await rest.dataSource.query(`update parked set held_because = 'virus', held_at = now() where id = $1`, [
      row?.['again'],
    ]);
    const [hold, erasure] = [v7(), v7()];
    await rest.dataSource.query(
      `insert into legal_hold (id, administration_id, case_id, reason, placed_by, placed_at) values ($1, $2, $3, $4, $5, now())`,
      [hold, administrationId, heads, `Causa di ${name}`, operator.id],
    );
    await rest.dataSource.query(
      `insert into erasure (id, administration_id, case_id, because, reason, state, asked_at, noted_at)
       values ($1, $2, $3, 'retention', $4, 'done', now(), now())`,
      [erasure, administrationId, heads, `Causa di ${name}`],
    );
    return {
      operator,
      ids: {
        'rights-requests': rights,
        'contact-identifications': identification,
        retention: run,
        'legal-holds': hold,
        erasures: erasure,
        cases: caseId,
        messages: message,
        receptions: reception.reception,
        templates: template.body.id,
        tags: tag.body.id,
        macros: macro,
        automations: automation,
        tasks: task,
        categories: category,
        uploads: upload,
        offices: operator.office,
        operators: operator.id,
        topics: topic.body.id,
        suppliers: supplier.body.id,
        lots: supplier.body.lots[0]?.id ?? '',
        queues: operator.office,
        'routing-rules': rule.body.id,
        closures: closure,
        absences: absence,
        coworkers: coworker.id,
        identities: identity?.id ?? '',
        sessions: sessions[0] ?? '',
        'sessions-again': sessions[1] ?? '',
        areas: areas[0] ?? '',
        'areas-again': areas[1] ?? '',
        views: views[0] ?? '',
        'views-again': views[1] ?? '',
        'bulk-actions': bulk,
        contacts: row?.contact ?? '',
        attachments: row?.attachment ?? '',
        'attachments-held': row?.held ?? '',
        'originals-held': apart.message,
        conversations: row?.conversation ?? '',
        'parked-items': row?.parked ?? '',
        'parked-again': row?.again ?? '',
        answers: answer.body.id,
        'answers-held': await makes(`/api/cases/${caseId}/replies`, { ...TEXT, sendAfter: 30 }),
        heads,
        members: member.caseId,
        'cases-apart': apart.caseId,
        merges: merge,
        announcements: announcement,
        mentions: mentions.items[0]?.id ?? '',
        'work-items': work.id,
        offers: work.offers[0]?.id ?? '',
      },
    };
  }

  const idOf = (world: World, noun: string): string => {
    const id = world.ids[noun];
    if (!id) throw new Error(`a way to make one of /api/${noun} is missing in this suite`);
    return id;
  };
  const ask = (method: Method, path: string, as: TestOperator, body: object | undefined, etag: string | undefined) =>
    rest.ask<ProblemView>(method, path, {
      as,
      ...(method === 'GET' ? {} : { body }),
      headers: etag === undefined ? {} : { 'if-match': etag },
    });
  const etagOf = async (world: World, noun: string): Promise<string | undefined> => {
    const id = idOf(world, noun);
    const at = READ_AT[noun]?.(id) ?? `${noun}/${id}`;
    return (await rest.ask('GET', `/api/${at}`, { as: world.operator })).headers.etag;
  };

  const nounOf = (name: string): string => NOUNS[name] ?? name.split('/')[2] ?? '';
  const concrete = (path: string, id: string, of: World): string =>
    path
      .replace('{id}', id)
      .replace('{part}', '1')
      .replace('{kind}', 'reply')
      .replace('{other}', idOf(of, path.endsWith('/links/{other}') ? 'heads' : 'cases'))
      .replace('{tag}', idOf(of, 'tags'))
      .replace('{closure}', idOf(of, 'closures'))
      .replace('{absence}', idOf(of, 'absences'))
      .replace('{session}', idOf(of, 'sessions-again'))
      .replace('{identity}', idOf(of, 'identities'));
  const known = (name: string, of: World): object | undefined => {
    if (!/^(GET|DELETE)/.test(name) && !BODIES[name]) throw new Error(`a body of ${name} is missing in this suite`);
    const named = Object.entries(NAMING[name] ?? {}).map(([property, { noun, many }]) => {
      const id = idOf(of, noun);
      return [property, many ? [id] : id] as const;
    });
    return BODIES[name] && { ...BODIES[name], ...Object.fromEntries(named) };
  };

  /** Every row that belongs to an administration, but for its own trail, in one word: whatever changes, this does. */
  const rowsOf = async ({ operator: { administrationId } }: World): Promise<string> => {
    const tables: { name: string; scope: string }[] = await rest.dataSource.query(
      `select t.table_name as name, case when bool_or(c.column_name = 'administration_id') then 'administration_id = $1'
         else 'case_id in (select id from case_file where administration_id = $1)' end as scope
       from information_schema.tables t join information_schema.columns c using (table_schema, table_name)
       where t.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.column_name in ('administration_id', 'case_id')
         and t.table_name not like 'trail_%'
       group by t.table_name order by t.table_name`,
    );
    const digests = tables.map(
      ({ name, scope }) => `select '${name}' as name, md5(string_agg(t::text, '|' order by t::text)) as rows
        from "${name}" t where ${scope}`,
    );
    return JSON.stringify(await rest.dataSource.query(digests.join(' union all '), [administrationId]));
  };
  /** Resolves when followers of the journal and the like have done with what happened. */
  const quiet = (world: World): Promise<string> =>
    eventually(async () => {
      const before = await rowsOf(world);
      await new Promise(resolve => setTimeout(resolve, 1_000));
      return before === (await rowsOf(world)) ? before : undefined;
    });

  const ROUTES_TO_ONE = ROUTES.filter(({ path }) => path.includes('{id}'));
  const by = async ({ method, path, name }: (typeof ROUTES)[number], as: TestOperator, id?: string) => {
    const noun = nounOf(name);
    // What an operator writes has a version of its own.
    const etag = path.includes('/drafts/') ? '"0"' : await etagOf(theirs, noun);
    return ask(method, concrete(path, id ?? idOf(theirs, noun), theirs), as, known(name, theirs), etag);
  };

  describe('asked for something of theirs', () => {
    let before: string;
    beforeAll(async () => {
      // What the week brings by itself, it brings now.
      await rest.app.get(WeeklyLetters).write();
      before = await quiet(theirs);
    }, 60_000);

    it.each(ROUTES_TO_ONE)('$name answers as if there were no such thing, and changes nothing', async route => {
      const answer = await by(route, ours.operator);
      expect([answer.status, answer.body.type]).toEqual([404, '/problems/not-found']);
      expect(answer.text).not.toMatch(/Montechiaro/);
      const missing = await by(route, ours.operator, v7());
      expect({ ...answer.body, instance: '' }).toEqual({ ...missing.body, instance: '' });
      expect(await rowsOf(theirs)).toBe(before);
    });
  });

  describe('asked for something of their own', () => {
    const begun = ROUTES.find(({ name }) => name === 'PUT /api/cases/{id}/drafts/{kind}');
    it.each(ROUTES_TO_ONE)('$name finds it', async route => {
      // What was begun is over once the reply is sent, which is asked for here, too.
      if (begun && route.path === begun.path) await by(begun, theirs.operator);
      expect((await by(route, theirs.operator)).status).not.toBe(404);
    });
  });

  describe('asked about something of ours and something of theirs in one path', () => {
    const second = async (
      path: (subject: string, other: string) => string,
      noun: string,
    ): Promise<[Answer<ProblemView>, Answer<ProblemView>]> => {
      const subject = idOf(ours, 'cases');
      return [
        await ask('DELETE', path(subject, idOf(theirs, noun)), ours.operator, undefined, undefined),
        await ask('DELETE', path(subject, v7()), ours.operator, undefined, undefined),
      ];
    };
    it.each([
      ['a link', (subject: string, other: string) => `/api/cases/${subject}/links/${other}`, 'cases'],
      ['a tag', (subject: string, other: string) => `/api/cases/${subject}/tags/${other}`, 'tags'],
    ])('%s answers as if there were no such thing', async (_, path, noun) => {
      const [answer, missing] = await second(path, noun);
      expect([404, 422]).toContain(answer.status);
      expect({ ...answer.body, instance: '' }).toEqual({ ...missing.body, instance: '' });
    });
  });

  /** Something of ours that a route can be about: of cases, one that nothing happened to. */
  const subjectOf = async (name: string): Promise<[string, string | undefined]> => {
    const noun = nounOf(name);
    if (/^\w+ \/api\/(offices|operators)/.test(name)) return [idOf(ours, noun), await etagOf(ours, noun)];
    const fresh = await rest.ask<CaseView>('POST', '/api/cases', { as: ours.operator, body: { subject: 'Prova' } });
    return [fresh.body.id, fresh.headers.etag];
  };

  const references = ROUTES.flatMap(route =>
    namesOf(route.described).map(property => ({ ...route, property, title: `${route.name}: ${property}` })),
  );
  describe.each(references)('$title', ({ method, path, name, property, described }) => {
    const naming = async (world: World): Promise<Answer<ProblemView>> => {
      const reference = REFERENCES[name]?.[property];
      if (!reference) throw new Error(`what ${property} of ${name} names is missing in this suite`);
      const [subject, etag] = await subjectOf(name);
      const id = idOf(world, reference.noun);
      const value = schemaOf(described).properties?.[property]?.items ? [id] : id;
      const body = { ...(reference.body ?? BODIES[name]), [property]: value };
      return ask(method, concrete(path, subject, ours), ours.operator, body, etag);
    };

    it('is refused when it is of theirs', async () => {
      const answer = await naming(theirs);
      expect([404, 422]).toContain(answer.status);
      expect(answer.text).not.toMatch(/Montechiaro/);
    });
  });

  const filters = ROUTES.flatMap(route =>
    (route.described.parameters ?? [])
      .flatMap(one => ('$ref' in one ? (api.components.parameters[one.$ref.split('/').at(-1) ?? ''] ?? []) : one))
      .filter(parameter => parameter.in === 'query' && parameter.schema.format === 'uuid')
      .map(parameter => ({ ...route, parameter: parameter.name, title: `${route.name}?${parameter.name}` })),
  );
  it.each(filters)('$title shows nothing of theirs', async ({ path, parameter }) => {
    const noun = {
      office: 'offices',
      assignee: 'operators',
      category: 'categories',
      contact: 'contacts',
      case: 'cases',
      area: 'areas',
      tag: 'tags',
      operator: 'operators',
      subject: 'contacts',
    }[parameter];
    const answer = await rest.ask<object>('GET', `${path}?${parameter}=${idOf(theirs, noun ?? parameter)}`, {
      as: ours.operator,
    });
    expect([200, 404, 422]).toContain(answer.status);
    if (path === '/api/trail/file') {
      expect(answer.text.trim().split('\n')).toHaveLength(1);
      return;
    }
    if ('items' in answer.body) expect(answer.body.items).toEqual([]);
    if ('cases' in answer.body) expect(answer.body.cases).toBe(0);
    expect(answer.text).not.toMatch(/Montechiaro/);
  });

  it('sees in no list what is of ours alone', async () => {
    for (const { path } of ROUTES.filter(
      one => one.method === 'GET' && !one.path.includes('{') && !/stream|settings/.test(one.path),
    )) {
      const answer = await rest.ask('GET', `${path}${ASKED[path] ?? ''}`, {
        as: theirs.operator,
      });
      expect([path, answer.status]).toEqual([path, 200]);
      expect([path, /Valdoro/.test(answer.text)]).toEqual([path, false]);
    }
  });
});
