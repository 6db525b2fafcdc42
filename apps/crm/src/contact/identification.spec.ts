import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { ContactIdentifications, OwnData, OwnDataSession, ProblemView } from '@filodiretto/contracts';
import { v7 } from 'uuid';
import { CitizenIdentities } from '../own-data/citizen-identities.js';
import { OwnDataSessions } from '../own-data/sessions.js';
import { codeHash, newCode } from '../own-data/secrets.js';
import { RestApplication, type Answer, type TestOperator } from '../http/rest-testing.js';

// Servers of its own start with the suite, on a machine that may be busy.
jest.setTimeout(120_000);

const ANNA = { fiscalCode: 'LSINNA80A41X001S', givenName: 'Anna', familyName: 'Lisi' };
const KARIM = { fiscalCode: 'BNLKRM75D05X002O', givenName: 'Karim', familyName: 'Benali' };

let rest: RestApplication;
let desk: TestOperator & { readonly office: string };
let mail: { readonly channel: string; readonly account: string };
let place = 0;

beforeAll(async () => {
  rest = await RestApplication.start({ CITIZEN_KEY: 'a-key-of-the-prints-of-citizens-for-tests' });
  desk = await rest.administration('Valdoro');
  mail = await rest.channel(
    { reply: true, addressKinds: ['email'], text: { maxLength: 1_000 } },
    desk.administrationId,
  );
});
afterAll(() => rest.stop());

const ask = <Body>(path: string, body: object): Promise<Answer<Body>> =>
  rest.ask<Body>('POST', `/public/own-data${path}`, { body, from: `198.51.${(place += 1) >> 8}.${place & 255}` });
const show = async (session: string): Promise<OwnData> => (await ask<OwnData>('', { session })).body;
/** Somebody who wrote, with the code of their case. */
const wrote = async (text: string): Promise<{ contact: string; caseId: string; address: string; code: string }> => {
  const address = `${v7()}@example.org`;
  const code = `codice-${v7()}`;
  const { caseId } = await rest.receive(mail, {
    conversation: v7(),
    from: { kind: 'email', value: address, displayName: 'Anna Lisi', verified: true },
    trackingCode: code,
    text,
  });
  const [row] = await rest.core.query<{ contact_id: string }>('select contact_id from case_file where id = $1', [
    caseId,
  ]);
  return { contact: row?.contact_id ?? '', caseId, address, code };
};
/** A login at a provider, from what it says of the person on. */
const logIn = (claims: typeof ANNA, level: 3 | 4 = 3): Promise<string> =>
  rest.dataSource.transaction(async manager => {
    const { administrationId } = desk;
    const { id } = await rest.app
      .get(CitizenIdentities)
      .loggedIn(manager, { administrationId, claims, level, provider: 'spid' });
    const opened = await rest.app
      .get(OwnDataSessions)
      .ofIdentity(manager, { administrationId, identity: id, level, provider: 'spid' });
    return opened.session;
  });
/** What a one-time code to an address opens. */
const byCode = async (value: string): Promise<OwnDataSession> => {
  const code = newCode();
  await rest.core.query(
    `insert into citizen_code (id, administration_id, kind, value, language, secret_hash, expires_at)
     values ($1, $2, 'email', $3, 'it', $4, now() + interval '1 hour')`,
    [v7(), desk.administrationId, value, codeHash(code)],
  );
  return (await ask<OwnDataSession>('/sessions', { code })).body;
};
type Identified = Answer<ContactIdentifications & ProblemView>;
const identify = (contact: string, body: object, as: TestOperator = desk): Promise<Identified> =>
  rest.ask('POST', `/api/contacts/${contact}/identifications`, { as, body });
const listed = async (contact: string): Promise<ContactIdentifications> =>
  (await rest.ask<ContactIdentifications>('GET', `/api/contacts/${contact}/identifications`, { as: desk })).body;
const CARD = { how: 'document', documentKind: 'identity_card' };

describe('a document that was looked at', () => {
  it('lets its owner log in to everything that is kept of them, confidential cases too', async () => {
    const { contact, caseId } = await wrote('Parole riservate');
    await rest.core.query(`update case_file set confidentiality = 'health' where id = $1`, [caseId]);
    expect((await show(await logIn(ANNA))).cases).toEqual([]);
    const answer = await identify(contact, { ...CARD, fiscalCode: ANNA.fiscalCode.toLowerCase() });
    expect([answer.status, answer.body.assuranceLevel]).toEqual([201, 3]);
    expect(answer.body.items).toEqual([
      {
        id: expect.any(String),
        how: 'document',
        documentKind: 'identity_card',
        byLogin: true,
        operator: { id: desk.id, name: expect.any(String) },
        at: expect.any(String),
      },
    ]);
    const data = await show(await logIn(ANNA, 4));
    expect(data).toMatchObject({ assuranceLevel: 4, identity: { known: true } });
    expect(JSON.stringify(data.cases)).toContain('Parole riservate');
    expect((await listed(contact)).assuranceLevel).toBe(4);
    const kept = await rest.core.query(
      `select from contact_identification n, citizen_identity i where n::text || i::text ilike '%LSINNA%'`,
    );
    expect(kept).toEqual([]);
  });

  it('is in the trail, with who wrote it down', async () => {
    const { contact } = await wrote('Una cosa');
    await identify(contact, CARD);
    const entries = await rest.core.query(
      `select actor_id, fields from trail_entry where operation = 'identifyContact' and subject_id = $1`,
      [contact],
    );
    expect(entries).toEqual([{ actor_id: desk.id, fields: ['documentKind', 'how'] }]);
  });

  it('makes of nobody two people, nor of two people one', async () => {
    const [one, other] = [await wrote('Uno'), await wrote('Altro')];
    expect((await identify(one.contact, { ...CARD, fiscalCode: KARIM.fiscalCode })).status).toBe(201);
    const again = await identify(other.contact, { ...CARD, fiscalCode: KARIM.fiscalCode });
    expect([again.status, again.body.errors?.[0]?.pointer]).toEqual([422, '/fiscalCode']);
    const another = await identify(one.contact, { ...CARD, fiscalCode: 'MRCRSO52S58X003J' });
    expect([another.status, another.body.errors?.[0]?.pointer]).toEqual([422, '/fiscalCode']);
    expect((await identify(one.contact, { ...CARD, fiscalCode: KARIM.fiscalCode })).status).toBe(201);
  });

  it('opens, by a code to the address that is its owner’s alone, as much as a mailbox proves', async () => {
    const { contact, address, caseId } = await wrote('Riservata di casa');
    const other = await wrote('Ordinaria, da un altro recapito');
    await rest.core.query(`update case_file set confidentiality = 'minors' where id = $1`, [caseId]);
    await rest.core.query('update contact set merged_into = $2 where id = $1', [other.contact, contact]);
    await rest.ask('GET', `/api/cases/${caseId}`, { as: desk });
    await rest.ask('GET', `/api/contacts/${contact}`, { as: desk });
    const before = await byCode(address);
    expect([before.assuranceLevel, (await show(before.session)).cases]).toEqual([1, []]);
    const elsewhere = await identify(contact, { ...CARD, address: { kind: 'email', value: 'di.altri@example.org' } });
    expect(elsewhere.body.errors?.[0]?.pointer).toBe('/address');
    const { body } = await identify(contact, { ...CARD, address: { kind: 'email', value: address } });
    expect((await byCode(address)).assuranceLevel).toBe(2);
    const seen = await show(before.session);
    expect(seen.cases.map(one => one.messages.map(({ text }) => text))).toEqual([['Ordinaria, da un altro recapito']]);
    // Not that there is a confidential one, nor which office looked because of it.
    expect([seen.hidesConfidential, seen.looks]).toEqual([true, []]);
    expect(JSON.stringify(seen)).not.toContain('Riservata di casa');
    await rest.ask('POST', `/api/contact-identifications/${body.items[0]?.id ?? ''}/withdrawal`, {
      as: desk,
      body: { reason: 'La casella è di tutta la famiglia' },
    });
    expect((await show(before.session)).cases).toEqual([]);
  });

  it('tells who comes by a code to one address no other, and not that there is one which confidential cases alone know', async () => {
    const [home, secret, work] = [await wrote('Da casa'), await wrote('Dal numero nuovo'), await wrote('Dal lavoro')];
    await rest.core.query(`update case_file set confidentiality = 'minors' where id = $1`, [secret.caseId]);
    const people = [secret.contact, work.contact];
    await rest.core.query('update contact set merged_into = $2 where id = any($1::uuid[])', [people, home.contact]);
    const claims = { fiscalCode: 'GLLMRA70A41X006H', givenName: 'Mara', familyName: 'Galli' };
    const addresses = async (session: string): Promise<string[]> =>
      (await show(session)).addresses.map(({ value }) => value).sort();
    const { session } = await byCode(home.address);
    const masked = [home.address, `${work.address.slice(0, 1)}•••@e•••`].sort();
    expect(await addresses(session)).toEqual(masked);
    await identify(home.contact, { ...CARD, address: { kind: 'email', value: home.address } });
    expect((await show(session)).assuranceLevel).toBe(2);
    expect(await addresses(session)).toEqual(masked);
    await identify(home.contact, { ...CARD, fiscalCode: claims.fiscalCode });
    expect(await addresses(await logIn(claims))).toEqual([home.address, secret.address, work.address].sort());
  });

  it('opens confidential cases to who logs in; is taken back with a reason, and opens nothing from then on', async () => {
    const { contact, caseId } = await wrote('Di un altro');
    await rest.core.query(`update case_file set confidentiality = 'minors' where id = $1`, [caseId]);
    const claims = { fiscalCode: 'NRELCU90H12X004D', givenName: 'Luca', familyName: 'Neri' };
    const { body } = await identify(contact, { ...CARD, fiscalCode: claims.fiscalCode });
    const session = await logIn(claims);
    expect((await show(session)).cases).toHaveLength(1);
    const withdraw = () =>
      rest.ask<ContactIdentifications>('POST', `/api/contact-identifications/${body.items[0]?.id ?? ''}/withdrawal`, {
        as: desk,
        body: { reason: 'Era un omonimo' },
      });
    const gone = await withdraw();
    expect(gone.body).toMatchObject({ assuranceLevel: 0, items: [{ withdrawnReason: 'Era un omonimo' }] });
    expect((await withdraw()).status).toBe(404);
    expect((await show(session)).cases).toEqual([]);
  });

  it.each([
    ['no document', { how: 'document' }, '/documentKind'],
    ['what is no fiscal code', { ...CARD, fiscalCode: 'LSINNA80A41X001A' }, '/fiscalCode'],
    ['a case', { ...CARD, case: v7() }, '/case'],
  ])('is refused with %s', async (_what, body, pointer) => {
    const { contact } = await wrote('Rifiutata');
    expect((await identify(contact, body)).body.errors?.[0]?.pointer).toBe(pointer);
  });
});

describe('a login in a case', () => {
  it('is shown to who looks at the contact, and joins them once an operator says so', async () => {
    const one = await wrote('La mia richiesta');
    await wrote('Di altri');
    const claims = { fiscalCode: 'MRCRSO52S58X003J', givenName: 'Rosa', familyName: 'Marchetti' };
    const session = await logIn(claims);
    await ask('/cases', { session, code: one.code });
    const before = await listed(one.contact);
    expect(before).toMatchObject({
      assuranceLevel: 0,
      items: [],
      claims: [{ case: { id: one.caseId }, name: 'Rosa Marchetti', assuranceLevel: 3 }],
    });
    const answer = await identify(one.contact, { how: 'strong_login', case: one.caseId });
    expect(answer.body).toMatchObject({ assuranceLevel: 3, items: [{ how: 'strong_login', byLogin: true }] });
    expect((await show(session)).identity?.known).toBe(true);
  });

  it('joins nobody in whose case nobody logged in, nor where several did', async () => {
    const one = await wrote('Di nessuno');
    const of = () => identify(one.contact, { how: 'strong_login', case: one.caseId });
    expect((await of()).body.errors?.[0]?.pointer).toBe('/case');
    for (const fiscalCode of ['FRRPLA88M22X005Y', 'VRDNNA75D45X002Z']) {
      const session = await logIn({ fiscalCode, givenName: 'Persona', familyName: fiscalCode.slice(0, 6) });
      await ask('/cases', { session, code: one.code });
    }
    expect((await of()).body.errors?.[0]?.pointer).toBe('/case');
    expect((await identify(one.contact, { how: 'strong_login' })).body.errors?.[0]?.pointer).toBe('/case');
  });
});

describe('where no key of prints is', () => {
  it('a document is written down all the same, a fiscal code is not', async () => {
    const without = await RestApplication.start();
    const anna = await without.administration('Valdoro');
    const contact = v7();
    await without.core.query(
      'insert into contact (id, administration_id, name, created_at) values ($1, $2, $3, now())',
      [contact, anna.administrationId, 'Anna'],
    );
    const asked = (body: object) =>
      without.ask<ProblemView>('POST', `/api/contacts/${contact}/identifications`, { as: anna, body });
    const [refused, written] = [await asked({ ...CARD, fiscalCode: ANNA.fiscalCode }), await asked(CARD)];
    await without.stop();
    expect([refused.status, written.status]).toEqual([422, 201]);
  });
});
