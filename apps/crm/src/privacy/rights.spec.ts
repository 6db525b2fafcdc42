import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type {
  CaseView,
  ContactWithCases,
  Inbound,
  ProblemView,
  RightsRequestPage,
  RightsRequestView,
} from '@filodiretto/contracts';
import { v7 } from 'uuid';
import { RestApplication, type Answer, type TestOperator } from '../http/rest-testing.js';
import type { Held } from './held.query.js';

// Servers of its own start with the suite, on a machine that may be busy.
jest.setTimeout(120_000);

const TALKS = { reply: true, acknowledge: true, text: { maxLength: 4_000 }, conversations: 'person' } as const;

let rest: RestApplication;
let anna: TestOperator & { readonly office: string };
let clerk: TestOperator;
let elsewhere: TestOperator;
let line: { readonly channel: string; readonly account: string };

beforeAll(async () => {
  rest = await RestApplication.start();
  anna = await rest.administration('Valdoro');
  clerk = await rest.operator(anna.administrationId, anna.office, 'Carlo', 'specialist');
  elsewhere = await rest.administration('Montechiaro');
  line = await rest.channel(TALKS, anna.administrationId);
});
afterAll(() => rest.stop());

/** Somebody who wrote, with their case. */
async function person(
  said: Partial<Inbound> & { readonly text?: string } = {},
): Promise<{ contact: string; caseId: string; address: string }> {
  const conversation = `person-${v7()}`;
  const address = `${conversation}@example.org`;
  const from = { kind: 'email', value: address, displayName: 'Mario Bianchi', verified: true };
  const { caseId } = await rest.receive(line, {
    conversation,
    from,
    text: 'Il lampione davanti a casa mia è spento.',
    ...said,
  });
  const url = `/api/cases/${caseId}`;
  const { body, headers } = await rest.ask<CaseView>('GET', url, { as: anna });
  await rest.ask('PATCH', url, {
    as: anna,
    headers: { 'if-match': headers['etag'] ?? '' },
    body: { office: anna.office },
  });
  return { contact: body.contact?.id ?? '', caseId, address };
}
type Asked = Answer<RightsRequestView & ProblemView>;
const open = (
  contact: string,
  body: object,
  headers: Record<string, string> = {},
  as: TestOperator = anna,
): Promise<Asked> => rest.ask('POST', `/api/contacts/${contact}/rights-requests`, { as, body, headers });
const decide = (request: Asked, body: object, as: TestOperator = anna): Promise<Asked> =>
  rest.ask('POST', `/api/rights-requests/${request.body.id}/decision`, {
    as,
    headers: { 'if-match': `"${request.body.version}"` },
    body: { reason: 'Identità verificata', spoken: true, ...body },
  });
const caseOf = async (id: string): Promise<CaseView> =>
  (await rest.ask<CaseView>('GET', `/api/cases/${id}`, { as: clerk })).body;

describe('a request on personal data', () => {
  it('is a case with the term of the law, once under one key, and is not forgotten: it ends by a decision alone', async () => {
    const { contact } = await person();
    const key = { 'idempotency-key': v7() };
    const [one, again] = await Promise.all([
      open(contact, { kind: 'access' }, key),
      open(contact, { kind: 'access' }, key),
    ]);
    expect([one.status, again.status, one.body.id]).toEqual([201, 201, again.body.id]);
    const file = await caseOf(one.body.case.id);
    expect(file).toMatchObject({
      kind: 'data_subject_request',
      number: one.body.case.number,
      contact: { id: contact },
    });
    const days = (Date.parse(one.body.dueDate ?? '') - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(26);
    expect(days).toBeLessThan(36);
    const resolve = await rest.ask<ProblemView>('POST', `/api/cases/${file.id}/transitions`, {
      as: clerk,
      headers: { 'if-match': `"${file.version}"` },
      body: { command: 'resolve', outcome: 'positive', outcomeReason: 'done', spoken: true },
    });
    expect([resolve.status, resolve.body.detail]).toEqual([409, expect.stringMatching(/decide it/)]);
    expect((await decide(one, { outcome: 'granted' })).body.errors?.[0]?.pointer).toBe('/outcome');
    const known: Asked = await rest.ask('POST', `/api/rights-requests/${one.body.id}/identification`, {
      as: anna,
      headers: { 'if-match': '"1"' },
      body: { how: 'document' },
    });
    expect(known.body).toMatchObject({ identified: 'document', version: 2 });
    expect((await decide(one, { outcome: 'granted' })).status).toBe(412);
    const both = await Promise.all([decide(known, { outcome: 'granted' }), decide(known, { outcome: 'refused' })]);
    expect(both.map(answer => answer.status).sort()).toEqual([200, 412]);
    expect(await caseOf(file.id)).toMatchObject({ state: 'resolved' });
  });

  it('is of its administration, and for who has the permission', async () => {
    const { contact } = await person();
    const one = await open(contact, { kind: 'access', identified: 'known' });
    expect((await open(contact, { kind: 'access' }, {}, elsewhere)).status).toBe(404);
    expect((await open(contact, { kind: 'access' }, {}, clerk)).status).toBe(403);
    expect((await decide(one, { outcome: 'granted' }, elsewhere)).status).toBe(404);
    const list = async (as: TestOperator) =>
      (await rest.ask<RightsRequestPage>('GET', '/api/rights-requests?state=open&kind=access', { as })).body.items.map(
        ({ id }) => id,
      );
    expect([(await list(anna)).includes(one.body.id), await list(elsewhere)]).toEqual([true, []]);
    expect((await rest.ask('GET', `/api/contacts/${contact}/personal-data`, { as: elsewhere })).status).toBe(404);
    expect((await rest.ask('GET', `/api/contacts/${contact}/personal-data`, { as: clerk })).status).toBe(403);
  });

  it('of a kind that nothing carries out can only be refused, with a reason', async () => {
    const { contact } = await person();
    const body = { kind: 'rectification', identified: 'known' };
    expect((await open(contact, body)).body.errors?.[0]?.pointer).toBe('/correction');
    expect((await open(contact, { kind: 'access', correction: { name: 'X' } })).body.errors?.[0]?.pointer).toBe(
      '/correction',
    );
    const refusal = await decide(await open(contact, { kind: 'objection' }), {
      outcome: 'refused',
      reason: 'Non identificato',
    });
    expect(refusal.body).toMatchObject({ state: 'refused', reason: 'Non identificato' });
  });
});

describe('access', () => {
  it('gives everything that is kept, and who looked by role and office, and leaves an entry in the trail', async () => {
    const { contact, caseId } = await person({ text: 'Il mio segreto: <b>pioppo</b>' });
    const stranger = await person({ text: 'Segreto di un altro' });
    await rest.ask('POST', `/api/cases/${caseId}/internal-notes`, { as: clerk, body: { text: 'Nota su di lui' } });
    await caseOf(caseId);
    const answer = await rest.ask<Held>('GET', `/api/contacts/${contact}/personal-data`, { as: anna });
    expect([answer.status, answer.headers['content-disposition']]).toEqual([
      200,
      expect.stringContaining('dati-personali.json'),
    ]);
    const held = JSON.parse(answer.text) as Held;
    expect(held.cases[0]?.messages.some(({ text }) => text.includes('pioppo'))).toBe(true);
    expect(held.cases[0]?.notes.map(({ text }) => text)).toEqual(['Nota su di lui']);
    expect(held.looks[0]).toMatchObject({ act: 'looked', role: 'specialist', office: 'URP Valdoro' });
    expect(answer.text).not.toMatch(/Carlo|Segreto di un altro/);
    expect(stranger.contact).not.toBe(contact);
    const page = await rest.ask('GET', `/api/contacts/${contact}/personal-data/page`, { as: anna });
    expect(page.text).toContain('&lt;b&gt;pioppo&lt;/b&gt;');
    const entries: { operation: string }[] = await rest.dataSource.query(
      `select operation from trail_entry where subject_id = $1 and act = 'exported' order by at`,
      [contact],
    );
    expect(entries.map(({ operation }) => operation)).toEqual(['exportPersonalData', 'readPersonalData']);
  });
});

describe('rectification', () => {
  it('puts right what is kept; what stood there before is found nowhere; who holds the cases is told', async () => {
    const { contact, caseId, address } = await person();
    const right = `giusto-${v7()}@example.org`;
    const correction = { name: 'Maria Bianchi', addresses: [{ kind: 'email', value: address, corrected: right }] };
    const asked = await open(contact, { kind: 'rectification', identified: 'document', correction });
    expect(asked.body.correction).toEqual(correction);
    const done = await decide(asked, { outcome: 'granted' });
    expect([done.status, done.body.correction]).toEqual([200, undefined]);
    const { body } = await rest.ask<ContactWithCases>('GET', `/api/contacts/${contact}`, { as: clerk });
    expect([body.name, body.addresses.map(({ value }) => value)]).toEqual(['Maria Bianchi', [right]]);
    const notes: { text: string }[] = await rest.dataSource.query('select text from internal_note where case_id = $1', [
      caseId,
    ]);
    expect(notes.map(({ text }) => text)).toEqual([expect.stringContaining('rettificati')]);
    const kept: { n: string }[] = await rest.dataSource.query(
      `select (select count(*) from contact_address where value = $1) + (select count(*) from rights_request where wanted::text like '%' || $1 || '%')
         + (select count(*) from conversation where address::text like '%' || $1 || '%') as n`,
      [address],
    );
    expect(Number(kept[0]?.n)).toBe(0);
  });

  it('takes no address of somebody else', async () => {
    const [one, other] = [await person(), await person()];
    const addresses = [{ kind: 'email', value: one.address, corrected: other.address }];
    const asked = await open(one.contact, { kind: 'rectification', identified: 'known', correction: { addresses } });
    expect((await decide(asked, { outcome: 'granted' })).body.errors?.[0]?.pointer).toBe('/correction/addresses');
    const { body } = await rest.ask<ContactWithCases>('GET', `/api/contacts/${one.contact}`, { as: clerk });
    expect(body.addresses.map(({ value }) => value)).toEqual([one.address]);
  });
});

describe('restriction', () => {
  it('has data rest: nothing is written but what the law asks for, it is shown, and it ends with a reason', async () => {
    const { contact, caseId } = await person();
    const reply = () =>
      rest.ask<ProblemView>('POST', `/api/cases/${caseId}/replies`, { as: clerk, body: { text: 'Novità per Lei' } });
    const asked = await open(contact, { kind: 'restriction', identified: 'known' });
    expect((await decide(asked, { outcome: 'granted' })).status).toBe(200);
    expect([(await reply()).status, (await reply()).body.type]).toEqual([409, '/problems/processing-restricted']);
    const shown = async () =>
      (await rest.ask<ContactWithCases>('GET', `/api/contacts/${contact}`, { as: clerk })).body.restrictedSince;
    expect(await shown()).toBeDefined();
    const lift = (body: object, as = anna) =>
      rest.ask('POST', `/api/contacts/${contact}/restriction-liftings`, { as, body });
    expect((await lift({})).status).toBe(422);
    expect((await lift({ reason: 'x' }, elsewhere as typeof anna)).status).toBe(404);
    expect((await lift({ reason: 'Esattezza verificata' })).status).toBe(204);
    expect((await lift({ reason: 'Di nuovo' })).status).toBe(409);
    expect([await shown(), (await reply()).status]).toEqual([undefined, 201]);
  });
});

describe('objection', () => {
  it('takes back what was agreed to', async () => {
    const { contact } = await person();
    const consents = `/api/contacts/${contact}/consents`;
    await rest.ask('POST', consents, {
      as: clerk,
      body: { purpose: 'newsletter', act: 'given', how: 'desk', addressKind: 'email' },
    });
    await decide(await open(contact, { kind: 'objection', identified: 'known' }), { outcome: 'granted' });
    const { body } = await rest.ask<{ items: { purpose: string; state: string }[] }>('GET', consents, { as: clerk });
    expect(body.items.filter(({ purpose }) => purpose === 'newsletter').map(({ state }) => state)).toContain(
      'withdrawn',
    );
    expect(body.items.some(({ state }) => state === 'given')).toBe(false);
  });
});
