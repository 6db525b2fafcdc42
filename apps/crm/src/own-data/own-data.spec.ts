import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { subjects } from '@filodiretto/bus';
import { eventually } from '@filodiretto/bus/testing';
import type {
  Inbound,
  Outbound,
  OwnData,
  OwnDataSession,
  ProblemView,
  RightsRequestPage,
  PurposeView,
} from '@filodiretto/contracts';
import { v7 } from 'uuid';
import { RestApplication, type Answer, type TestOperator } from '../http/rest-testing.js';
import { eraseWho, eraseWords } from '../retention/rows.js';
import { OwnDataCodes } from './codes.js';
import { codeHash, newCode, plainAddress } from './secrets.js';

// Servers of its own start with the suite, on a machine that may be busy.
jest.setTimeout(120_000);

const PAGES = 'https://servizi.example.org';
const MAIL = {
  reply: true,
  acknowledge: true,
  initiate: true,
  subject: true,
  addressKinds: ['email'],
  text: { maxLength: 100_000 },
  conversations: 'thread' as const,
};

let rest: RestApplication;
let anna: TestOperator & { readonly office: string };
let mail: { readonly channel: string; readonly account: string };
let place = 0;
beforeAll(async () => {
  rest = await RestApplication.start({ CITIZEN_PAGES_URL: PAGES });
  anna = await rest.administration('Valdoro');
  await rest.administration('Montechiaro');
  mail = await rest.channel(MAIL, anna.administrationId);
});
afterAll(() => rest.stop());

/** Each from a network of its own: how often one asks is another promise. */
const ask = <Body>(path: string, body: object, from = `198.51.${(place += 1) >> 8}.${place & 255}`) =>
  rest.ask<Body>('POST', `/public/own-data${path}`, { body, from });
const askCode = (value: string, more: object = {}) =>
  ask<ProblemView>('/codes', { kind: 'email', value, administration: anna.administrationId, ...more });

/** Somebody who wrote. */
const wrote = async (
  value: string,
  text: string,
  more: Partial<Inbound> = {},
): Promise<{ caseId: string; contact: string }> => {
  const { caseId } = await rest.receive(mail, {
    conversation: v7(),
    from: { kind: 'email', value, displayName: 'Mario Bianchi', verified: true },
    text,
    ...more,
  });
  const [row]: { contact_id: string }[] = await rest.dataSource.query(
    'select contact_id from case_file where id = $1',
    [caseId],
  );
  return { caseId, contact: row?.contact_id ?? '' };
};

const read = new Set<string>();
/** The letter that left for an address, as the channel gets it; each is read once. */
const letterTo = (value: string): Promise<Outbound> =>
  eventually(async () => {
    const { streams } = rest.core.bus.manager;
    const found = await streams.getMessage('OUT', { last_by_subj: subjects.out(mail.channel, mail.account) });
    const order = found?.json<Outbound>();
    if (order?.to.value !== value || read.has(order.id) || !/codice|code/.test(order.subject ?? '')) return undefined;
    read.add(order.id);
    return order;
  });
const textOf = (order: Outbound): string => order.content.map(part => (part.type === 'text' ? part.text : '')).join('');
const codeIn = (order: Outbound): string => /#([0-9A-Z-]{19})/.exec(textOf(order))?.[1] ?? '';

/** Opens what is kept of an address, by the code that came to it. */
async function enter(value: string): Promise<string> {
  expect((await askCode(value)).status).toBe(202);
  const opened = await ask<OwnDataSession>('/sessions', { code: codeIn(await letterTo(value)) });
  expect(opened.status).toBe(201);
  return opened.body.session;
}
const show = (session: string, more: object = {}): Promise<Answer<OwnData>> => ask<OwnData>('', { session, ...more });

describe('a one-time code', () => {
  it('is on the bus no more once its letter has left', async () => {
    const value = 'prima@example.org';
    await wrote(value, 'La panchina è rotta');
    expect((await askCode(value)).status).toBe(202);
    const order = await letterTo(value);
    const code = codeIn(order);
    const onBus = async (): Promise<boolean> => {
      const found = await rest.core.bus.manager.streams.getMessage('OUT', {
        last_by_subj: subjects.out(mail.channel, mail.account),
      });
      return found !== null && Buffer.from(found.data).toString('utf8').includes(code);
    };
    await rest.app.get(OwnDataCodes).clear();
    expect(await onBus()).toBe(true);
    await rest.dataSource.query(`update message set send_state = 'sent', send_rank = 40 where id = $1`, [order.id]);
    await rest.app.get(OwnDataCodes).clear();
    expect(await onBus()).toBe(false);
    expect(await rest.dataSource.query('select from citizen_code where message_id = $1', [order.id])).toEqual([]);
  });

  it('goes to the address of who wrote, is kept nowhere, and opens once', async () => {
    await wrote('uno@example.org', 'Il lampione è spento');
    expect((await askCode(' Uno@Example.org ')).status).toBe(202);
    const order = await letterTo('uno@example.org');
    const code = codeIn(order);
    expect(textOf(order)).toContain(`${PAGES}/i-miei-dati/entra#${code}`);
    const kept = await eventually(async () => {
      const rows: { text: string; content: string; tracks: string | null }[] = await rest.dataSource.query(
        `select text, content::text as content, automatic_to::text as tracks from message where id = $1`,
        [order.id],
      );
      return rows[0];
    });
    expect(`${kept.text}${kept.content}`).not.toContain(code);
    expect(kept.tracks).toBeNull();
    const opened = await ask<OwnDataSession>('/sessions', { code: code.toLowerCase().replaceAll('-', ' ') });
    expect([opened.status, opened.body.assuranceLevel]).toEqual([201, 1]);
    const again = await ask<ProblemView>('/sessions', { code });
    const never = await ask<ProblemView>('/sessions', { code: newCode() });
    expect([again.status, again.body.detail]).toEqual([404, never.body.detail]);
  });

  it('is opened by one of two who press at once', async () => {
    await wrote('due@example.org', 'Due');
    await askCode('due@example.org');
    const code = codeIn(await letterTo('due@example.org'));
    const tried = await Promise.all(Array.from({ length: 6 }, () => ask('/sessions', { code })));
    expect(tried.map(({ status }) => status).sort()).toEqual([201, 404, 404, 404, 404, 404]);
  });

  it('is good for ten minutes, until the hour that its letter says', async () => {
    await wrote('orario@example.org', 'Orario');
    await askCode('orario@example.org');
    const order = await letterTo('orario@example.org');
    const [code]: { until: Date; minutes: number }[] = await rest.dataSource.query(
      `select expires_at as until, extract(epoch from expires_at - now())::float / 60 as minutes from citizen_code where secret_hash = $1`,
      [codeHash(codeIn(order))],
    );
    expect(code?.minutes).toBeGreaterThan(9);
    expect(code?.minutes).toBeLessThanOrEqual(10);
    const hour = code?.until.toLocaleTimeString('it-IT', {
      timeZone: 'Europe/Rome',
      hour: '2-digit',
      minute: '2-digit',
    });
    expect(textOf(order)).toContain(`vale fino alle ${hour} e una volta sola`);
  });

  it('is of no use when its time is over', async () => {
    await wrote('tre@example.org', 'Tre');
    await askCode('tre@example.org');
    const code = codeIn(await letterTo('tre@example.org'));
    await rest.dataSource.query('update citizen_code set expires_at = now() where secret_hash = $1', [codeHash(code)]);
    expect((await ask('/sessions', { code })).status).toBe(404);
  });

  it('is answered the same of who is unknown, to whom nothing is sent', async () => {
    await wrote('quattro@example.org', 'Quattro');
    const known = await askCode('quattro@example.org');
    const unknown = await askCode('nessuno@example.org');
    expect([unknown.status, unknown.text]).toEqual([known.status, known.text]);
    await letterTo('quattro@example.org');
    await eventually(async () => {
      const jobs: unknown[] = await rest.dataSource.query(
        `select from graphile_worker.jobs where task_identifier = 'own-data.send-code'`,
      );
      return jobs.length === 0 || undefined;
    });
    const written: unknown[] = await rest.dataSource.query(
      `select from message where address->>'value' = 'nessuno@example.org'`,
    );
    expect(written).toHaveLength(0);
  });

  it('leaves three times in an hour, however often it is asked for', async () => {
    await wrote('cinque@example.org', 'Cinque');
    for (let time = 0; time < 6; time += 1) expect((await askCode('cinque@example.org')).status).toBe(202);
    await eventually(async () => {
      const rows: unknown[] = await rest.dataSource.query(
        `select from graphile_worker.jobs where task_identifier = 'own-data.send-code'`,
      );
      return rows.length === 0 || undefined;
    });
    const [row]: { count: number }[] = await rest.dataSource.query(
      `select count(*)::int as count from message where address->>'value' = 'cinque@example.org' and direction = 'out'
         and automatic_to is null`,
    );
    expect(row?.count).toBe(3);
  });

  it('is asked for at a pace, and guessed at a slower one', async () => {
    const asked = await Promise.all(
      Array.from({ length: 16 }, () =>
        ask('/codes', { kind: 'email', value: 'x@example.org', administration: anna.administrationId }, '203.0.113.9'),
      ),
    );
    expect(asked.map(({ status }) => status)).toContain(429);
    const tried = await Promise.all(
      Array.from({ length: 26 }, () => ask('/sessions', { code: newCode() }, '203.0.113.10')),
    );
    expect(tried.map(({ status }) => status)).toContain(429);
  });

  it('wants to know of which administration, where there are several', async () => {
    expect((await ask('/codes', { kind: 'email', value: 'uno@example.org' })).status).toBe(404);
  });

  it.each([
    [' Anna@Example.ORG ', 'anna@example.org'],
    ['+39 051 234-567', '+39051234567'],
    ['u-83kd', 'u-83kd'],
  ])('reads the address %j as it is kept', (typed, plain) => {
    expect(plainAddress(typed)).toBe(plain);
  });
});

describe('what is kept of a citizen', () => {
  it('is what they said and were told at the address that they showed, and until when it is kept', async () => {
    const { caseId } = await wrote('maria@example.org', 'La panchina è rotta');
    await rest.dataSource.query(
      `update case_file set state = 'closed', outcome = 'positive', outcome_reason = 'done', ended_at = now() where id = $1`,
      [caseId],
    );
    const { body } = await show(await enter('maria@example.org'));
    expect(body).toMatchObject({ assuranceLevel: 1, name: 'Mario Bianchi' });
    expect(body.addresses).toEqual([
      { kind: 'email', value: 'maria@example.org', verified: true, since: expect.any(String) },
    ]);
    expect(body.cases).toHaveLength(1);
    expect(body.cases[0]).toMatchObject({ state: 'Chiusa', stateCode: 'closed', held: false });
    expect(body.cases[0]?.messages.map(one => one.by)).toContain('you');
    expect(JSON.stringify(body.cases[0]?.messages)).toContain('La panchina è rotta');
    expect(Date.parse(body.cases[0]?.keptUntil ?? '')).toBeGreaterThan(Date.now());
    expect(body.cases[0]?.keptBecause).not.toBe('');
  });

  it('is nothing of another of the same name, nor of another address of the same record', async () => {
    const one = await wrote('luca@example.org', 'Parole di Luca');
    const other = await wrote('luca.lavoro@example.org', 'Parole dal lavoro');
    await wrote('omonimo@example.org', 'Parole di un omonimo');
    // An operator took the two addresses for one person.
    await rest.dataSource.query('update contact set merged_into = $2 where id = $1', [other.contact, one.contact]);
    const { body, text } = await show(await enter('luca@example.org'));
    expect(body.cases).toHaveLength(1);
    expect(text).toContain('Parole di Luca');
    expect(text).not.toMatch(/dal lavoro|omonimo|luca\.lavoro/);
    expect(body.addresses.map(({ value }) => value).sort()).toEqual(['luca@example.org', 'l•••@e•••']);
  });

  it('holds no confidential case, and no note that offices wrote to each other', async () => {
    const { caseId } = await wrote('gina@example.org', 'Cosa riservata');
    await wrote('gina@example.org', 'Cosa ordinaria');
    await rest.dataSource.query(`update case_file set confidentiality = 'cabinet' where id = $1`, [caseId]);
    const { text, body } = await show(await enter('gina@example.org'));
    expect(body.cases).toHaveLength(1);
    expect(text).not.toContain('riservata');
    expect(body.hidesConfidential).toBe(true);
  });

  it('says who looked, by role and office and not by name, and leaves its own look in the trail', async () => {
    const { caseId, contact } = await wrote('vera@example.org', 'Chi guarda?');
    await rest.ask('GET', `/api/cases/${caseId}`, { as: anna });
    const session = await enter('vera@example.org');
    const first = await show(session);
    expect(first.body.looks).toContainEqual({
      at: expect.any(String),
      act: 'looked',
      role: 'referente URP',
      office: 'URP Valdoro',
    });
    expect(first.text).not.toContain('Anna Valdoro');
    await show(session, { takeAway: true });
    const entries: { act: string; actor_kind: string }[] = await rest.dataSource.query(
      `select act, actor_kind from trail_entry where actor_id = $1 order by id`,
      [contact],
    );
    expect(entries).toEqual([
      { act: 'looked', actor_kind: 'contact' },
      { act: 'exported', actor_kind: 'contact' },
    ]);
    expect((await show(session)).body.looks).toHaveLength(first.body.looks.length);
  });

  it('says that the link of a letter was opened, and to which office the letter went', async () => {
    const roads = await rest.office(anna.administrationId, 'Strade');
    await rest.dataSource.query(`update office set email = 'strade@comune.example' where id = $1`, [roads]);
    const { caseId, contact } = await wrote('dina@example.org', 'Una buca');
    const { headers } = await rest.ask('GET', `/api/cases/${caseId}`, { as: anna });
    const moved = await rest.ask('POST', `/api/cases/${caseId}/transitions`, {
      as: anna,
      body: { command: 'assign', office: roads },
      headers: { 'if-match': headers.etag ?? '' },
    });
    expect([moved.status, moved.text]).toEqual([200, expect.anything()]);
    const link = await eventually(async () => {
      const found = await rest.core.bus.manager.streams.getMessage('OUT', {
        last_by_subj: subjects.out(mail.channel, mail.account),
      });
      return /\/azioni\/[\w-]{43}/.exec(JSON.stringify(found?.json<Outbound>().content))?.[0];
    });
    expect((await rest.app.inject({ method: 'GET', url: link })).statusCode).toBe(200);
    const look = { at: expect.any(String), act: 'looked', office: 'Strade' };
    const { body } = await show(await enter('dina@example.org'));
    expect(body.looks).toContainEqual({ ...look, role: 'chi ha aperto il collegamento di una lettera' });
    const dpo = await rest.operator(anna.administrationId, anna.office, 'Rita', 'dpo');
    const held = await rest.ask<{ looks: object[] }>('GET', `/api/contacts/${contact}/personal-data`, { as: dpo });
    expect(held.body.looks).toContainEqual({ ...look, role: 'letter_link' });
  });

  it('is shown to nobody once the session is ended, or over, or not there', async () => {
    await wrote('piero@example.org', 'Piero');
    const [ended, over] = [await enter('piero@example.org'), await enter('piero@example.org')];
    expect((await ask('/sessions/end', { session: ended })).body).toEqual({});
    await rest.dataSource.query(`update citizen_session set expires_at = now() where value = 'piero@example.org'`);
    for (const session of [ended, over, 'x'.repeat(43)]) {
      expect((await show(session)).status).toBe(404);
      expect((await ask('/consents', { session, purpose: 'newsletter', act: 'given', textVersion: 1 })).status).toBe(
        404,
      );
      expect((await ask('/requests', { session, attempt: v7(), kind: 'access' })).status).toBe(404);
    }
  });
});

describe('what a citizen decides of it', () => {
  it('agrees and takes back, with the page as proof, once for each press', async () => {
    const { contact } = await wrote('sara@example.org', 'Sara');
    const session = await enter('sara@example.org');
    const decide = (more: object) =>
      ask<OwnData & ProblemView>('/consents', {
        session,
        purpose: 'training_recording',
        act: 'given',
        textVersion: 1,
        ...more,
      });
    const stateOf = ({ body }: Answer<OwnData>): string | undefined =>
      body.consents.find(one => one.purpose === 'training_recording')?.state;
    expect(stateOf(await show(session))).toBe('none');
    expect(stateOf(await decide({}))).toBe('given');
    await decide({});
    expect((await decide({ textVersion: 7 })).body.type).toBe('/problems/version-stale');
    expect((await decide({ purpose: 'altro' })).status).toBe(422);
    expect(stateOf(await decide({ act: 'withdrawn' }))).toBe('withdrawn');
    await decide({ act: 'withdrawn' });
    const rows: unknown[] = await rest.dataSource.query(
      'select act, how, proven, actor_kind from consent_entry where contact_id = $1 order by position',
      [contact],
    );
    const said = { how: 'page', proven: true, actor_kind: 'contact' };
    expect(rows).toEqual([
      { act: 'given', ...said },
      { act: 'withdrawn', ...said },
    ]);
  });

  it('asks for access: a case with its term, a receipt to the address, one for each press', async () => {
    await wrote('olga@example.org', 'Olga');
    const session = await enter('olga@example.org');
    const attempt = v7();
    const asked = await ask<OwnData>('/requests', { session, attempt, kind: 'access' });
    expect(asked.status).toBe(200);
    expect(asked.body.requests).toEqual([
      {
        number: expect.any(String),
        kind: 'access',
        state: 'open',
        at: expect.any(String),
        dueDate: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
      },
    ]);
    await ask('/requests', { session, attempt, kind: 'access' });
    expect((await ask<OwnData>('/requests', { session, attempt: v7(), kind: 'access' })).body.requests).toHaveLength(1);
    const number = asked.body.requests[0]?.number ?? '';
    const receipts: { text: string }[] = await rest.dataSource.query(
      `select m.text from message m join case_file c on c.id = m.case_id
       where c.number = $1 and m.direction = 'out' and m.address->>'value' = 'olga@example.org'`,
      [number],
    );
    expect(receipts).toHaveLength(1);
    expect(receipts[0]?.text).toContain(number);
    const list = await rest.ask<RightsRequestPage>('GET', '/api/rights-requests', {
      as: await rest.operator(anna.administrationId, anna.office, 'Dora', 'dpo'),
    });
    expect(list.body.items[0]).toMatchObject({ kind: 'access', askedBy: 'contact', identified: 'verified_address' });
  });

  it('asks the office of who protects data, once there is one', async () => {
    const dora = await rest.operator(anna.administrationId, anna.office, 'Dora', 'dpo');
    await wrote('ugo@example.org', 'Ugo');
    const session = await enter('ugo@example.org');
    const officeOf = async (kind: string): Promise<string | undefined> => {
      const { body, text } = await ask<OwnData>('/requests', { session, attempt: v7(), kind });
      if (!body.requests) throw new Error(text);
      const { number } = body.requests.find(one => one.kind === kind) ?? {};
      const [row]: { office_id: string }[] = await rest.dataSource.query(
        'select office_id from case_file where number = $1 and administration_id = $2',
        [number, anna.administrationId],
      );
      return row?.office_id;
    };
    expect(await officeOf('access')).toBe(anna.administrationId);
    await rest.dataSource.query(
      `insert into administration_setting (administration_id, data_protection_officer) values ($1, $2)
       on conflict (administration_id) do update set data_protection_officer = excluded.data_protection_officer`,
      [anna.administrationId, dora.id],
    );
    expect(await officeOf('restriction')).toBe(anna.office);
    await rest.dataSource.query('update operator set active = false where id = $1', [dora.id]);
    expect(await officeOf('objection')).toBe(anna.administrationId);
  });

  it('takes back what it had agreed to and nobody is asked for any more, which is shown to nobody else', async () => {
    await wrote('elsa@example.org', 'Elsa');
    await wrote('aldo@example.org', 'Aldo');
    const [elsa, aldo] = [await enter('elsa@example.org'), await enter('aldo@example.org')];
    const purpose = 'training_recording';
    const decide = (session: string, act: string, textVersion: number) =>
      ask<OwnData & ProblemView>('/consents', { session, purpose, act, textVersion });
    await decide(elsa, 'given', 1);
    const admin = await rest.operator(anna.administrationId, anna.office, 'Ada', 'admin');
    const at = `/api/consent-purposes/${purpose}`;
    const { body: before, headers } = await rest.ask<PurposeView>('GET', at, { as: admin });
    const { perAddressKind, againAfterDays, texts } = before;
    const retired = await rest.ask('PUT', at, {
      as: admin,
      body: { perAddressKind, againAfterDays, texts, retired: true },
      headers: { 'if-match': headers.etag ?? '' },
    });
    expect(retired.status).toBe(200);
    const stateOf = ({ body }: Answer<OwnData>): string | undefined =>
      body.consents.find(one => one.purpose === purpose)?.state;
    const shown = await show(elsa);
    expect([stateOf(shown), stateOf(await show(aldo))]).toEqual(['given', undefined]);
    const version = shown.body.consents.find(one => one.purpose === purpose)?.textVersion ?? 0;
    expect((await decide(aldo, 'given', version)).status).toBe(422);
    expect((await decide(elsa, 'withdrawn', version)).status).toBe(200);
    expect(stateOf(await show(elsa))).toBeUndefined();
  });

  it('says what is to be put right, and nothing else when that is not asked', async () => {
    await wrote('rita@example.org', 'Rita');
    const session = await enter('rita@example.org');
    const asked = (more: object) => ask<OwnData>('/requests', { session, attempt: v7(), ...more });
    expect((await asked({ kind: 'rectification' })).status).toBe(422);
    expect((await asked({ kind: 'access', correction: { name: 'Rita' } })).status).toBe(422);
    const right = await asked({ kind: 'rectification', correction: { name: 'Rita Bianchi' } });
    expect(right.body.requests.map(one => one.kind)).toEqual(['rectification']);
  });

  it('leaves nothing of an address once its person is erased', async () => {
    const { contact } = await wrote('ugo@example.org', 'Ugo');
    const session = await enter('ugo@example.org');
    await rest.dataSource.query(
      `update case_file set state = 'closed', outcome = 'positive', outcome_reason = 'done', ended_at = now() where contact_id = $1`,
      [contact],
    );
    const erasure = {
      id: v7(),
      administrationId: anna.administrationId,
      contactId: contact,
      caseId: null,
      because: 'request' as const,
    };
    await rest.dataSource.transaction(async manager => {
      await manager.query(
        `insert into erasure (id, administration_id, contact_id, because, reason, state, asked_at) values ($1, $2, $3, 'request', 'prova', 'running', now())`,
        [erasure.id, erasure.administrationId, contact],
      );
      await eraseWho(manager, erasure, new Date());
    });
    // At once, before its rows go in the background.
    expect((await show(session)).status).toBe(404);
    await rest.dataSource.transaction(manager => eraseWords(manager, erasure));
    for (const table of ['citizen_code', 'citizen_session']) {
      const rows: unknown[] = await rest.dataSource.query(`select from ${table} where value = 'ugo@example.org'`);
      expect(rows).toHaveLength(0);
    }
  });
});

describe('where no pages of citizens are', () => {
  it('no code is sent', async () => {
    const without = await RestApplication.start();
    const answer = await without.ask('POST', '/public/own-data/codes', {
      body: { kind: 'email', value: 'a@example.org' },
    });
    await without.stop();
    expect(answer.status).toBe(404);
  });
});
