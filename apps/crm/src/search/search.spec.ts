import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 } from 'uuid';
import type { CasePage, CaseView, ContactPage, FoundCases, FoundCount, ProblemView } from '@filodiretto/contracts';
import { RestApplication, type TestOperator } from '../http/rest-testing.js';

let rest: RestApplication;
let anna: TestOperator & { readonly office: string };
let elsewhere: TestOperator;
let letters: { readonly channel: string; readonly account: string };

beforeAll(async () => {
  rest = await RestApplication.start();
  anna = await rest.administration('Valdoro');
  elsewhere = await rest.administration('Montechiaro');
  letters = await rest.channel({ reply: true, conversations: 'person' }, anna.administrationId);
}, 60_000);
afterAll(() => rest.stop(), 60_000);

const search = async (text: string, more = '', as: TestOperator = anna): Promise<FoundCases> => {
  const answer = await rest.ask<FoundCases>('GET', `/api/search?text=${encodeURIComponent(text)}${more}`, { as });
  expect(answer.status).toBe(200);
  return answer.body;
};
const idsOf = (page: FoundCases): string[] => page.items.map(item => item.case.id);
const open = async (subject: string, more: object = {}): Promise<CaseView> =>
  (await rest.ask<CaseView>('POST', '/api/cases', { as: anna, body: { subject, ...more } })).body;

/** Moves cases to a month, as if they had been opened then. */
async function openedIn(month: string, ids: readonly string[]): Promise<void> {
  await rest.dataSource.query(
    `update case_file set opened_at = ($1 || '-15')::timestamptz + interval '1 minute' * n from unnest($2::uuid[]) with ordinality u(id, n) where case_file.id = u.id`,
    [month, ids],
  );
  await rest.dataSource.query('delete from search_case where case_id = any($1::uuid[])', [ids]);
  await rest.dataSource.query('select search_write($1::uuid[])', [ids]);
}

describe('search finds a case', () => {
  it('by any form of a word, with or without accents, in its title, a message, an answer or a note', async () => {
    const written = await rest.receive(letters, {
      subject: 'Domanda',
      text: "L'elettricità manca da lunedì nei gazebo.",
    });
    const titled = await open('Sfalcio dei prati di Borgonuovo');
    const noted = await open('Altro');
    await rest.ask('POST', `/api/cases/${noted.id}/internal-notes`, {
      as: anna,
      body: { text: 'Sentito il capocantiere.' },
    });
    await rest.searchable();
    for (const [text, id] of [
      ['elettricita', written.caseId],
      ['ELETTRICITÀ lunedi', written.caseId],
      ['sfalci', titled.id],
      ['"prati di Borgonuovo"', titled.id],
      ['prato -gazebo', titled.id],
      ['inesistentissimo or sfalcio', titled.id],
      ['capocantiere', noted.id],
    ] as const)
      expect([text, idsOf(await search(text))]).toEqual([text, [id]]);
    for (const text of ['"borgonuovo prati"', 'sfalcio gazebo', 'di'])
      expect([text, idsOf(await search(text))]).toEqual([text, []]);
  });

  it('by part of a name, an address, a telephone number or its own number', async () => {
    const value = `tiburzia.${v7()}@posta.example`;
    const { caseId } = await rest.receive(letters, { from: { kind: 'email', value, displayName: 'Tiburzia Sóldani' } });
    const called = await open('Telefonata', {
      newContact: { name: 'Ugo Prova', addresses: [{ kind: 'phone', value: '+390559876543' }] },
    });
    await rest.searchable();
    for (const text of ['tiburz', 'soldani', 'SÓLD', value.slice(0, 24), 'soldani tiburzia'])
      expect([text, idsOf(await search(text))]).toEqual([text, [caseId]]);
    for (const text of [
      '0559876543',
      '055 987 6543',
      called.number.replaceAll('-', ' '),
      called.number.replaceAll('-', ''),
      called.number,
      called.number.slice(5),
    ])
      expect([text, idsOf(await search(text))]).toEqual([text, [called.id]]);
  });

  it('by a code of letters and digits that was written, whole or a part, whatever stands around it', async () => {
    const { caseId } = await rest.receive(letters, {
      text: 'Contatore https://luce.example/contatori/3xp0rc e pratica AB/1e5qz-77; sigla mm4k9wtz0.',
    });
    await rest.searchable();
    for (const text of ['3xp0rc', '3XP0RC', 'xp0rc', '1e5qz', 'k9wtz', 'mm4k9wtz0']) {
      expect([text, idsOf(await search(text))]).toEqual([text, [caseId]]);
      const list = await rest.ask<CasePage>('GET', `/api/cases?text=${text}`, { as: anna });
      expect([text, list.body.items.map(item => item.id)]).toEqual([text, [caseId]]);
    }
    expect(idsOf(await search('3xp0rd'))).toEqual([]);
  });

  it('by what was said since, too', async () => {
    const from = { kind: 'email', value: `${v7()}@posta.example` };
    const { caseId } = await rest.receive(letters, { conversation: 'lunga', from, text: 'Prima parola: zufolo.' });
    await rest.searchable();
    expect(idsOf(await search('ocarina'))).toEqual([]);
    await rest.receive(letters, { conversation: 'lunga', from, text: 'Seconda parola: ocarina.' });
    await rest.searchable();
    expect(idsOf(await search('ocarina zufolo'))).toEqual([caseId]);
  });

  it('by what was said since, as if the case were read again', async () => {
    const from = { kind: 'email', value: `${v7()}@posta.example`, displayName: 'Fulgenzia Birignao' };
    const { caseId } = await rest.receive(letters, { conversation: 'cresce', from, text: 'Il fagotto stona.' });
    await rest.searchable();
    for (const text of ['Il controfagotto anche: pratica 77ZK41.', 'E il serpentone pure.']) {
      await rest.receive(letters, { conversation: 'cresce', from, text });
      await rest.searchable();
    }
    const row = async (): Promise<{ words: string[]; keys: string[] }> => {
      const [found]: { words: string[]; keys: string }[] = await rest.dataSource.query(
        'select tsvector_to_array(document) as words, keys from search_case where case_id = $1',
        [caseId],
      );
      return { words: found?.words ?? [], keys: (found?.keys ?? '').split('\n') };
    };
    const grown = await row();
    await rest.dataSource.query('select search_write($1::uuid[])', [[caseId]]);
    expect(grown).toEqual(await row());
    expect(idsOf(await search('serpentoni fagotto 77zk41'))).toEqual([caseId]);
    expect(idsOf(await search('7zk4'))).toEqual([caseId]);
  });

  it('by an address that became known since, when something more is said', async () => {
    const from = { kind: 'email', value: `${v7()}@posta.example` };
    const { caseId } = await rest.receive(letters, { conversation: 'nome', from, text: 'Primo.' });
    await rest.searchable();
    const value = `trebisonda.${v7()}@posta.example`;
    await rest.dataSource.query(
      `insert into contact_address (id, administration_id, contact_id, kind, value, verified, created_at)
       select gen_random_uuid(), administration_id, contact_id, 'email', $2, false, now() from case_file where id = $1`,
      [caseId, value],
    );
    expect(idsOf(await search(value))).toEqual([]);
    await rest.receive(letters, { conversation: 'nome', from, text: 'Secondo: ghironda.' });
    await rest.searchable();
    expect(idsOf(await search(value))).toEqual([caseId]);
    expect(idsOf(await search('ghironda primo'))).toEqual([caseId]);
  });

  it('opened at the desk by part of the address of its place, after it is changed by the new one only, and after it is taken back by none', async () => {
    const { id } = await open('Albero');
    const said = async (place: object): Promise<void> => {
      const { headers } = await rest.ask('GET', `/api/cases/${id}`, { as: anna });
      const answer = await rest.ask('PUT', `/api/cases/${id}/place`, {
        as: anna,
        body: place,
        headers: { 'if-match': headers.etag ?? '' },
      });
      expect([answer.status, answer.text]).toEqual([200, expect.anything()]);
      await rest.searchable();
    };
    const found = async (...texts: readonly string[]): Promise<boolean[]> =>
      Promise.all(texts.map(async text => idsOf(await search(text)).includes(id)));
    await said({ address: 'Via Bartolomeo Ammannati 17, Cesenatico' });
    expect(await found('ammannati', 'MMANNAT', 'via ammannati cesenatico', 'ammannati 17')).toEqual([
      true,
      true,
      true,
      true,
    ]);
    await rest.ask('POST', `/api/cases/${id}/internal-notes`, { as: anna, body: { text: 'Sentito il vivaista.' } });
    await rest.searchable();
    expect(await found('ammannat', 'vivaista')).toEqual([true, true]);
    await said({ address: 'Corso Zanardelli 4' });
    expect(await found('ammannati', 'mmannat', 'zanardelli', 'anardel')).toEqual([false, false, true, true]);
    await said({});
    expect(await found('zanardelli', 'anardel')).toEqual([false, false]);
  });

  it('written about by a message by part of the address of its place too, whatever is said since', async () => {
    const from = { kind: 'email', value: `${v7()}@posta.example`, displayName: 'Ada' };
    const conversation = v7();
    const { caseId } = await rest.receive(letters, {
      from,
      conversation,
      subject: 'Panchina rotta',
      text: 'È in giardino.',
    });
    const { headers } = await rest.ask('GET', `/api/cases/${caseId}`, { as: anna });
    await rest.ask('PUT', `/api/cases/${caseId}/place`, {
      as: anna,
      body: { address: 'Vicolo Brocchindosso 9' },
      headers: { 'if-match': headers.etag ?? '' },
    });
    await rest.searchable();
    await rest.receive(letters, { from, conversation, text: 'Vi mando il codice XK99PT.' });
    await rest.searchable();
    for (const text of ['occhindos', 'brocchindosso', 'xk99pt', 'ada'])
      expect([text, idsOf(await search(text)).includes(caseId)]).toEqual([text, true]);
  });

  it('of its administration only', async () => {
    const one = await open('Bertuccia scappata dal circo');
    await rest.searchable();
    expect(idsOf(await search('bertuccia'))).toEqual([one.id]);
    expect(idsOf(await search('bertuccia', '', elsewhere))).toEqual([]);
    expect(idsOf(await search(one.number, '', elsewhere))).toEqual([]);
    expect(idsOf(await search('bertuccia', `&office=${elsewhere.officeId}`))).toEqual([]);
  });
});

describe('what search shows of a case', () => {
  it('is text around what was found, and nothing a citizen wrote becomes markup', async () => {
    const text = 'Prima <script>alert(1)</script> poi \uE000finto\uE001 e infine il pappagallo <b>vola</b> via.';
    const { caseId } = await rest.receive(letters, { subject: 'Saluti', text });
    await rest.searchable();
    const [item] = (await search('pappagalli')).items;
    expect(item?.case.id).toBe(caseId);
    expect(item?.snippet.filter(piece => piece.found)).toEqual([{ text: 'pappagallo', found: true }]);
    const whole = item?.snippet.map(piece => piece.text).join('') ?? '';
    expect(whole).toContain('pappagallo');
    expect(whole).not.toMatch(/[\uE000\uE001]/);
  });

  it('is the message that says most of it, and nothing when a name was looked for', async () => {
    const value = `ermengarda.${v7()}@posta.example`;
    await rest.receive(letters, { conversation: 'due', from: { kind: 'email', value }, text: 'Il girasole non gira.' });
    await rest.receive(letters, {
      conversation: 'due',
      from: { kind: 'email', value },
      text: 'Il girasole e la mongolfiera.',
    });
    await rest.searchable();
    const [item] = (await search('girasole mongolfiera')).items;
    expect(item?.snippet.filter(piece => piece.found).map(piece => piece.text)).toEqual(['girasole', 'mongolfiera']);
    expect((await search(value)).items.map(one => one.snippet)).toEqual([[]]);
  });

  it('is what somebody said rather than the letter to an office that repeats it', async () => {
    const value = `ladislao.${v7()}@posta.example`;
    const from = { kind: 'email', value };
    const { caseId } = await rest.receive(letters, { conversation: 'tre', from, text: 'Il narvalo disturba.' });
    await rest.receive(letters, { conversation: 'tre', from, text: 'Per l’ufficio: narvalo, narvalo, narvalo.' });
    await rest.dataSource.query(
      `with l as (
         insert into letter (id, administration_id, kind, case_id, office_id, subject, text, state, conversation_id, sent_to)
         select $2, c.administration_id, 'case', c.id, $3, 'Pratica', 'narvalo', 'queued', m.conversation_id, 'strade@comune.example'
         from case_file c join message m on m.case_id = c.id where c.id = $1 limit 1 returning id)
       update message set letter_id = l.id from l where case_id = $1 and text like 'Per l%'`,
      [caseId, v7(), anna.officeId],
    );
    await rest.searchable();
    const [item] = (await search('narvali')).items;
    expect(item?.snippet.map(piece => piece.text).join('')).toBe('narvalo disturba');
  });
});

describe('a search', () => {
  it('is paged through all months, the newest first, without a gap and without a repetition', async () => {
    const made: string[] = [];
    for (const [index, month] of ['2021-03', '2021-03', '2023-07', '2024-01', '2024-02'].entries()) {
      const ids = [(await open(`Zampognaro numero ${index}`)).id, (await open(`Altro zampognaro ${index}`)).id];
      await rest.searchable();
      await openedIn(month, ids);
      made.push(...ids);
    }
    // Those of March 2021 were moved to the same minutes: only their ids tell them apart.
    const expected = [...made.slice(0, 4)].toSorted();
    const seen: string[] = [];
    let after = '';
    do {
      const page = await search('zampognari', `&limit=3${after && `&after=${after}`}`);
      seen.push(...idsOf(page));
      after = page.next ?? '';
    } while (after);
    expect(seen.slice(0, 6)).toEqual(made.slice(4).toReversed());
    expect(seen.slice(6).toSorted()).toEqual(expected);
    expect(
      idsOf(await search('zampognaro', '&openedFrom=2023-07-01T00:00:00Z&openedBefore=2024-01-31T00:00:00Z')),
    ).toEqual(made.slice(4, 8).toReversed());
  });

  it('keeps what every filter says, whether few or many cases pass it', async () => {
    const office = await rest.office(anna.administrationId, 'Ufficio dei pochi');
    const one = await open('Pinacoteca chiusa', { office, assignee: anna.id, priority: 'urgent' });
    await open('Pinacoteca aperta');
    await rest.searchable();
    for (const filter of [
      `office=${office}`,
      `assignee=${anna.id}`,
      'assignedToMe=true',
      'priority=urgent',
      `office=${office}&open=true`,
    ])
      expect([filter, idsOf(await search('pinacoteca', `&${filter}`))]).toEqual([filter, [one.id]]);
    for (const filter of [
      `office=${office}&open=false`,
      'state=closed',
      'kind=foia',
      `office=${office}&unassigned=true`,
    ])
      expect([filter, idsOf(await search('pinacoteca', `&${filter}`))]).toEqual([filter, []]);
    const list = await rest.ask<CasePage>('GET', `/api/cases?text=pinacoteca&office=${office}`, { as: anna });
    expect(list.body.items.map(item => item.id)).toEqual([one.id]);
  });

  it('by relevance puts first what says it most, page by page', async () => {
    const titled = await open('Monopattino contro monopattino: monopattini ovunque');
    const said = await rest.receive(letters, {
      subject: 'Saluti',
      text: `Un monopattino. ${'Altre parole qui. '.repeat(60)}`,
    });
    await rest.searchable();
    expect(idsOf(await search('monopattino'))).toEqual([said.caseId, titled.id]);
    expect(idsOf(await search('monopattino', '&order=relevance'))).toEqual([titled.id, said.caseId]);
    const first = await search('monopattino', '&order=relevance&limit=1');
    expect(idsOf(first)).toEqual([titled.id]);
    const second = await search('monopattino', `&order=relevance&limit=1&after=${first.next}`);
    expect([idsOf(second), second.next]).toEqual([[said.caseId], undefined]);
  });

  it('counts', async () => {
    for (let index = 0; index < 3; index += 1) await open(`Carillon ${index}`);
    await rest.searchable();
    const count = await rest.ask<FoundCount>('GET', '/api/search/count?text=carillon', { as: anna });
    expect(count.body).toEqual({ cases: 3, more: false });
  });

  it.each([
    ['words of SQL', `'; drop table case_file; --`],
    ['signs of a query', `& | ! ( ) <-> :* "`],
    ['a lone quote', `"`],
    ['wildcards', `%%%___\\\\`],
    ['a character that cannot be stored', 'a\u0000b'],
    ['spaces', '   '],
    ['stars and colons', 'lampredotto:* or :Q'],
  ])('takes %s for what they are', async (_, text) => {
    const answer = await rest.ask<FoundCases>('GET', `/api/search?text=${encodeURIComponent(text)}`, {
      as: anna,
    });
    expect([answer.status, answer.body]).toEqual([200, { items: [] }]);
  });

  it.each([
    '',
    'text=',
    'text=a&order=best',
    'text=a&after=x',
    `text=a&after=${Buffer.from('rank 99999 x').toString('base64url')}&order=relevance`,
    'text=a&open=perhaps',
    `text=${'a'.repeat(201)}`,
  ])('refuses %p', async query => {
    const answer = await rest.ask<ProblemView>('GET', `/api/search?${query}`, { as: anna });
    expect([answer.status, answer.body.type]).toEqual([422, '/problems/invalid-input']);
  });
});

describe('a contact', () => {
  it('is found by its names in any order and by part of an address, also after it was joined to another', async () => {
    const value = `gelsomina.${v7()}@posta.example`;
    await rest.receive(letters, { from: { kind: 'email', value, displayName: 'Gelsomina Dell’Orto' } });
    await rest.searchable();
    for (const text of ['orto gelsomina', 'GELSO', value.slice(3, 30)]) {
      const page = await rest.ask<ContactPage>('GET', `/api/contacts?text=${encodeURIComponent(text)}`, { as: anna });
      expect([text, page.body.items.map(one => one.addresses[0]?.value)]).toEqual([text, [value]]);
    }
    const other = await rest.ask<ContactPage>('GET', '/api/contacts?text=gelsomina', { as: elsewhere });
    expect(other.body.items).toEqual([]);
  });
});
