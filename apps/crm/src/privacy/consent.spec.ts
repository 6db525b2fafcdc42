import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { CaseView, ContactConsents, Inbound, ProblemView, PurposeList, PurposeView } from '@filodiretto/contracts';
import { v7 } from 'uuid';
import { RestApplication, type TestOperator } from '../http/rest-testing.js';
import { Intake } from '../intake/intake.js';
import type { ProgressItem } from '../intake/item.js';
import { Consents } from './consents.js';

// Servers of its own start with the suite, on a machine that may be busy.
jest.setTimeout(120_000);

const TALKS = { reply: true, acknowledge: true, text: { maxLength: 4_000 }, conversations: 'person' } as const;

let rest: RestApplication;
let anna: TestOperator & { readonly office: string };
let admin: TestOperator;
let elsewhere: TestOperator;
let line: { readonly channel: string; readonly account: string };

beforeAll(async () => {
  rest = await RestApplication.start();
  anna = await rest.administration('Valdoro');
  admin = await rest.operator(anna.administrationId, anna.office, 'Ada', 'admin');
  elsewhere = await rest.administration('Montechiaro');
  line = await rest.channel(TALKS, anna.administrationId);
});
afterAll(() => rest.stop());

interface Person {
  readonly contact: string;
  readonly caseId: string;
  say(text: string, more?: Partial<Inbound>): Promise<{ message: string; caseId: string }>;
}

/** Somebody who wrote, and goes on writing from the same place. */
async function person(said: Partial<Inbound> & { readonly text?: string } = {}): Promise<Person> {
  const conversation = `person-${v7()}`;
  const from = { kind: 'email', value: `${conversation}@example.org`, displayName: 'Mario Bianchi', verified: true };
  const say = (text: string, more: Partial<Inbound> = {}) => rest.receive(line, { conversation, from, text, ...more });
  const { caseId } = await say(said.text ?? 'Buongiorno, il lampione è spento.', said);
  const { body } = await rest.ask<CaseView>('GET', `/api/cases/${caseId}`, { as: anna });
  return { contact: body.contact?.id ?? '', caseId, say };
}
const consents = async (contact: string, as = anna): Promise<ContactConsents> =>
  (await rest.ask<ContactConsents>('GET', `/api/contacts/${contact}/consents`, { as })).body;
const stateOf = async (contact: string, purpose = 'newsletter'): Promise<string[]> =>
  (await consents(contact)).items.flatMap(one => (one.purpose === purpose ? [one.state] : []));
const ask = (who: Person, purpose = 'newsletter', headers: Record<string, string> = {}, as = anna) =>
  rest.ask<ContactConsents & ProblemView>('POST', `/api/contacts/${who.contact}/consent-questions`, {
    as,
    headers,
    body: { purpose, case: who.caseId },
  });
const record = (contact: string, body: object, headers: Record<string, string> = {}, as = anna) =>
  rest.ask<ContactConsents & ProblemView>('POST', `/api/contacts/${contact}/consents`, { as, body, headers });

describe('a consent that is asked in the conversation of a citizen', () => {
  it('is told with its words, given by the answer to that very question, and taken back by a word at any time', async () => {
    const who = await person();
    expect(await stateOf(who.contact)).toEqual(['none']);
    expect((await ask(who)).status).toBe(201);
    const sent: { text: string; automatic: string }[] = await rest.dataSource.query(
      `select text, automatic from message where case_id = $1 and direction = 'out' order by seq desc limit 1`,
      [who.caseId],
    );
    expect(sent[0]?.text).toMatch(/notizie e avvisi[\s\S]*ACCONSENTO[\s\S]*in ogni caso[\s\S]*REVOCA/);
    const before = await rest.ask<CaseView>('GET', `/api/cases/${who.caseId}`, { as: anna });
    const answer = await who.say('Acconsento!');
    expect(answer.caseId).toBe(who.caseId);
    const { items, entries } = await consents(who.contact);
    expect(items.find(one => one.purpose === 'newsletter')).toMatchObject({
      state: 'given',
      addressKind: 'email',
      textVersion: 1,
    });
    expect(entries.map(one => one.act)).toEqual(['asked', 'given']);
    expect(entries[1]).toMatchObject({
      how: 'message',
      message: answer.message,
      question: entries[0]?.id,
      proven: true,
    });
    const after = await rest.ask<CaseView>('GET', `/api/cases/${who.caseId}`, { as: anna });
    expect(after.body.state).toBe(before.body.state);
    await who.say('REVOCA');
    expect(await stateOf(who.contact)).toContain('withdrawn');
    const agree = rest.app
      .get(Consents)
      .agree(
        rest.dataSource.manager,
        { administrationId: anna.administrationId, contactId: who.contact },
        'newsletter',
        'email',
      );
    expect(await agree).toBe(false);
  });

  it('is not given by words that answer something else, by a machine, or by who is not proven to be who they say', async () => {
    const who = await person();
    await who.say('Acconsento');
    expect((await ask(who)).status).toBe(201);
    await who.say('Acconsento, ma quando lo riparate?');
    await who.say('Acconsento', { flags: { unauthenticated: true } });
    await who.say('Acconsento', { flags: { automatic: 'auto_reply' } });
    expect((await consents(who.contact)).entries.map(one => one.act)).toEqual(['asked']);
    const url = `/api/cases/${who.caseId}`;
    const body = { text: 'Serve altro?' };
    const more = await rest.ask('POST', `${url}/replies`, { as: anna, body });
    expect(more.status).toBe(201);
    await who.say('Acconsento');
    expect((await consents(who.contact)).entries.map(one => one.act)).toEqual(['asked']);
  });

  it('is never asked twice in a while, given or not, nor by two at once', async () => {
    const who = await person();
    const both = await Promise.all([ask(who), ask(who)]);
    expect(both.map(one => one.status).sort()).toEqual([201, 422]);
    await who.say('NON ACCONSENTO');
    expect(await stateOf(who.contact)).toEqual(['refused']);
    expect((await ask(who)).body.errors?.[0]?.pointer).toBe('/purpose');
    const key = { 'idempotency-key': v7() };
    expect([
      (await ask(who, 'personalised_assistance', key)).status,
      (await ask(who, 'personalised_assistance', key)).status,
    ]).toEqual([201, 201]);
    expect((await consents(who.contact)).entries.filter(one => one.act === 'asked')).toHaveLength(2);
  });

  it('leaves a case that is over as it is', async () => {
    const who = await person();
    await ask(who);
    await rest.dataSource.query(`update case_file set state = 'closed', ended_at = now() where id = $1`, [who.caseId]);
    expect((await who.say('I agree')).caseId).toBe(who.caseId);
    const { body } = await rest.ask<CaseView>('GET', `/api/cases/${who.caseId}`, { as: anna });
    expect([body.state, await stateOf(who.contact)]).toEqual(['closed', ['given']]);
  });

  it('is neither asked nor written down in a case that whoever asks does not see, in the words of one that is not there', async () => {
    const who = await person();
    const { message } = await who.say('Riguarda un minore');
    await rest.dataSource.query(`update case_file set confidentiality = 'minors' where id = $1`, [who.caseId]);
    const errors = async (answer: ReturnType<typeof ask>): Promise<unknown> => (await answer).body.errors;
    const given = { purpose: 'newsletter', act: 'given', how: 'desk', addressKind: 'email' };
    const nowhere = { ...who, caseId: v7() };
    expect(await errors(ask(who))).toMatchObject([{ pointer: '/case' }]);
    expect(await errors(ask(who))).toEqual(await errors(ask(nowhere)));
    for (const [field, id] of [
      ['case', who.caseId],
      ['message', message],
    ] as const)
      expect(await errors(record(who.contact, { ...given, [field]: id }))).toEqual([
        { pointer: `/${field}`, detail: 'there is none of this id of theirs' },
      ]);
    expect((await consents(who.contact)).entries).toEqual([]);
  });

  it('is not asked of somebody of another administration, nor in a case of somebody else', async () => {
    const [who, other] = [await person(), await person()];
    expect((await ask(who, 'newsletter', {}, elsewhere as typeof anna)).status).toBe(404);
    expect((await ask({ ...who, caseId: other.caseId })).body.errors?.[0]?.pointer).toBe('/case');
    expect((await rest.ask('GET', `/api/contacts/${who.contact}/consents`, { as: elsewhere })).status).toBe(404);
  });
});

describe('a consent that is asked where a channel shows answers to choose from', () => {
  const BUTTONS = {
    ...TALKS,
    choices: { max: 3, titleMaxLength: 20, idMaxLength: 200, textMaxLength: 1_024 },
  } as const;
  interface Offered {
    readonly type: string;
    readonly id: string;
    readonly title: string;
  }
  const withButtons = async (
    capabilities: object = BUTTONS,
  ): Promise<Person & { press(choice: Offered, conversation?: string): Promise<{ caseId: string }> }> => {
    const buttons = await rest.channel(capabilities, anna.administrationId);
    const own = `person-${v7()}`;
    const from = { kind: 'wa', value: own, displayName: 'Mario Bianchi', verified: true };
    const say = (text: string, more: Partial<Inbound> = {}) =>
      rest.receive(buttons, { conversation: own, from, text, ...more });
    const press = ({ id, title }: Offered, conversation = own) =>
      say(title, { conversation, content: [{ type: 'choice', id, title }] });
    const { caseId } = await say('Buongiorno, il lampione è spento.');
    const { body } = await rest.ask<CaseView>('GET', `/api/cases/${caseId}`, { as: anna });
    return { contact: body.contact?.id ?? '', caseId, say, press };
  };
  const offered = async (caseId: string): Promise<[Offered, Offered]> => {
    const [sent]: { content: Offered[] }[] = await rest.dataSource.query(
      `select content from message where case_id = $1 and direction = 'out' and automatic = 'notification' order by seq desc limit 1`,
      [caseId],
    );
    const [yes, no] = sent?.content.filter(({ type }) => type === 'choice') ?? [];
    if (!yes || !no) throw new Error('nothing was offered');
    return [yes, no];
  };
  const acts = async (contact: string): Promise<string[]> => (await consents(contact)).entries.map(one => one.act);

  it('is given by its button, once, whatever was said since, in the case in which it was asked', async () => {
    const who = await withButtons();
    expect((await ask(who)).status).toBe(201);
    const [yes] = await offered(who.caseId);
    expect(yes.title).toBe('Acconsento');
    await rest.ask('POST', `/api/cases/${who.caseId}/replies`, { as: anna, body: { text: 'Serve altro?' } });
    const pressed = await Promise.all([who.press(yes), who.press(yes)]);
    expect(pressed.map(one => one.caseId)).toEqual([who.caseId, who.caseId]);
    await who.press(yes);
    expect(await acts(who.contact)).toEqual(['asked', 'given']);
    expect((await consents(who.contact)).entries[1]).toMatchObject({ how: 'message', addressKind: 'wa' });
  });

  it('is given by the other button of the question by who first said no, and taken back by the first', async () => {
    const who = await withButtons();
    await ask(who);
    const [yes, no] = await offered(who.caseId);
    await who.press(no);
    expect(await stateOf(who.contact)).toContain('refused');
    await who.press(yes);
    expect(await stateOf(who.contact)).toContain('given');
    await who.press(no);
    await who.press(yes);
    expect(await acts(who.contact)).toEqual(['asked', 'refused', 'given', 'refused']);
  });

  it('is not given again by a button that still stands there after it was taken back, and is taken back by the other', async () => {
    const who = await withButtons();
    await ask(who);
    const [yes, no] = await offered(who.caseId);
    await who.press(yes);
    await who.say('REVOCA');
    await who.press(yes);
    expect(await stateOf(who.contact)).toContain('withdrawn');
    const other = await withButtons();
    await ask(other);
    const [agree, disagree] = await offered(other.caseId);
    await other.press(agree);
    await other.press(disagree);
    await other.press(disagree);
    expect(await acts(other.contact)).toEqual(['asked', 'given', 'refused']);
    expect(no.id).not.toBe(disagree.id);
  });

  it('is answered by nobody else’s button, nor by one that we did not offer', async () => {
    const [who, other] = [await withButtons(), await withButtons()];
    await ask(who);
    const [yes] = await offered(who.caseId);
    await other.press(yes);
    await other.press({ ...yes, id: `consent:${v7()}:yes` });
    await who.press({ ...yes, id: `consent:${v7()}:yes` });
    expect([await acts(who.contact), await acts(other.contact)]).toEqual([['asked'], []]);
    await who.say('ACCONSENTO');
    expect(await stateOf(who.contact)).toEqual(['given']);
  });

  it('is asked by words where the channel cannot show them as they are', async () => {
    const who = await withButtons({ ...BUTTONS, choices: { ...BUTTONS.choices, titleMaxLength: 5 } });
    await ask(who);
    await expect(offered(who.caseId)).rejects.toThrow('nothing was offered');
    await who.say('ACCONSENTO');
    expect(await stateOf(who.contact)).toEqual(['given']);
  });
});

describe('a consent given otherwise', () => {
  it('is a box ticked in a form, with the version of the words that stood there', async () => {
    const form = (fields: Record<string, unknown>) =>
      person({ content: [{ type: 'form', form: 'info', version: '1', fields: { oggetto: 'Orari', ...fields } }] });
    const ticked = await form({ consent_newsletter: true, consent_training_recording: false, consent_other: true });
    expect((await consents(ticked.contact)).entries.map(one => [one.purpose, one.act, one.how])).toEqual([
      ['newsletter', 'given', 'form'],
    ]);
    const unknown = await form({ consent_newsletter_v7: true });
    expect((await consents(unknown.contact)).entries).toEqual([]);
  });

  it('is a key pressed in a call, also when it is heard of while the call goes on', async () => {
    const call = (choices: string[]) => ({
      type: 'call' as const,
      direction: 'in' as const,
      arrivedAt: new Date().toISOString(),
      steps: choices.map(choice => ({ step: 'consent-training-recording', at: new Date().toISOString(), choice })),
    });
    const externalId = `call-${v7()}`;
    const who = await person({ externalId, content: [call([])] });
    const item: ProgressItem = {
      eventId: v7(),
      type: 'message.progressed.v1',
      correlationId: v7(),
      released: false,
      data: {
        ...line,
        state: 'content',
        externalId,
        revision: 1,
        content: [call(['2', '1'])],
        at: new Date().toISOString(),
      },
    };
    await rest.app.get(Intake).takeAll([item, { ...item, eventId: v7() }]);
    expect((await consents(who.contact)).entries.map(one => [one.purpose, one.act, one.how])).toEqual([
      ['training_recording', 'given', 'call'],
    ]);
  });

  it('is written down at the desk once, with its paper, and needs the way where it is given for each', async () => {
    const who = await person();
    const body = { purpose: 'newsletter', act: 'given', how: 'desk', document: 'Prot. 12/2026' };
    expect((await record(who.contact, body)).body.errors?.[0]?.pointer).toBe('/addressKind');
    const key = { 'idempotency-key': v7() };
    const once = await record(who.contact, { ...body, addressKind: 'email' }, key);
    await record(who.contact, { ...body, addressKind: 'email' }, key);
    expect([once.status, (await consents(who.contact)).entries]).toMatchObject([
      201,
      [{ act: 'given', how: 'desk', document: 'Prot. 12/2026', by: { kind: 'operator', id: anna.id } }],
    ]);
    expect((await record(who.contact, { ...body, purpose: 'nothing' })).status).toBe(422);
    expect((await record(who.contact, body, {}, elsewhere as typeof anna)).status).toBe(404);
    await record(who.contact, { purpose: 'newsletter', act: 'withdrawn', how: 'call' });
    expect(await stateOf(who.contact)).toContain('withdrawn');
  });
});

describe('the ledger of consents', () => {
  it('is only ever added to', async () => {
    const who = await person();
    await ask(who);
    for (const change of [
      'update consent_entry set act = act',
      'delete from consent_entry',
      'truncate consent_entry cascade',
    ])
      await expect(rest.dataSource.query(change)).rejects.toThrow('append-only');
  });

  it('follows a person whose two records turned out to be one', async () => {
    const [one, other] = [await person(), await person()];
    await record(other.contact, { purpose: 'personalised_assistance', act: 'given', how: 'desk' });
    await rest.dataSource.query('update contact set merged_into = $2 where id = $1', [other.contact, one.contact]);
    expect(await stateOf(one.contact, 'personalised_assistance')).toEqual(['given']);
  });
});

describe('the purposes', () => {
  const url = '/api/consent-purposes/biblioteca';
  const body = {
    perAddressKind: false,
    againAfterDays: 30,
    texts: [{ language: 'it', name: 'Biblioteca', text: 'Chiediamo il consenso a segnalarLe i libri nuovi.' }],
  };
  const put = (version: number, more: object = {}, as: TestOperator = admin) =>
    rest.ask<PurposeView & ProblemView>('PUT', url, {
      as,
      headers: { 'if-match': `"${version}"` },
      body: { ...body, ...more },
    });

  it('are shipped, and decided by version; consents keep the version of their words', async () => {
    const list = await rest.ask<PurposeList>('GET', '/api/consent-purposes', { as: anna });
    expect(list.body.items.map(one => one.code)).toEqual([
      'newsletter',
      'personalised_assistance',
      'training_recording',
    ]);
    expect((await put(0, {}, anna)).status).toBe(403);
    expect((await put(0, { texts: [{ ...body.texts[0], language: 'en' }] })).body.errors?.[0]?.pointer).toBe('/texts');
    const both = await Promise.all([put(0), put(0)]);
    expect(both.map(one => one.status).sort()).toEqual([200, 412]);
    const who = await person();
    await record(who.contact, { purpose: 'biblioteca', act: 'given', how: 'desk' });
    expect((await put(1, { retired: true })).body).toMatchObject({ version: 2, retired: true });
    expect((await consents(who.contact)).entries[0]?.textVersion).toBe(1);
    expect(await stateOf(who.contact, 'biblioteca')).toEqual([]);
    expect((await record(who.contact, { purpose: 'biblioteca', act: 'given', how: 'desk' })).status).toBe(422);
    expect((await rest.ask<PurposeList>('GET', '/api/consent-purposes', { as: elsewhere })).body.items).toHaveLength(3);
  });
});
