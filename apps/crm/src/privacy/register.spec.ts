import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { ProcessingRegisterView, RegisterAnswerHistory } from '@filodiretto/contracts';
import { RestApplication, type Answer, type TestOperator } from '../http/rest-testing.js';
import { TABLES } from '../retention/classification.js';
import { TALKS } from '../testing.js';

jest.setTimeout(90_000);

let rest: RestApplication;
let admin: TestOperator & { readonly office: string };
let channel: string;
beforeAll(async () => {
  rest = await RestApplication.start();
  admin = await rest.administration('Rocca', 'admin');
  ({ channel } = await rest.channel(TALKS, admin.administrationId));
});
afterAll(() => rest.stop());

const URL = '/api/processing-register';
const ask = <T>(
  method: 'GET' | 'PUT',
  url: string,
  body?: unknown,
  ifMatch?: string,
  as = admin as TestOperator,
): Promise<Answer<T>> =>
  rest.ask<T>(method, url, { as, body, headers: ifMatch === undefined ? {} : { 'if-match': ifMatch } });
const register = async (language = 'it'): Promise<ProcessingRegisterView> =>
  (await ask<ProcessingRegisterView>('GET', `${URL}?language=${language}`)).body;
const rowsOf = ({ register: sections }: ProcessingRegisterView, code: string): string[][] =>
  sections.find(one => one.code === code)?.rows.map(({ cells }) => cells) ?? [];

describe('the register of processing of an administration', () => {
  it('has every table that may hold something of a person', async () => {
    const named = new Set(rowsOf(await register(), 'data').map(([where]) => where));
    const holding = Object.entries(TABLES).filter(([, { personal, staff }]) => personal ?? staff);
    expect(holding.filter(([table]) => !named.has(table))).toEqual([]);
    expect(named).toContain('IN');
    expect(named).toContain('receptions');
  });

  it('has a purpose from the moment it is decided, a channel and what holds by the database itself', async () => {
    const purpose = {
      perAddressKind: false,
      againAfterDays: 1,
      texts: [
        { language: 'it', name: 'Sondaggi di quartiere', text: 'Chiediamo il consenso.' },
        { language: 'en', name: 'Polls', text: 'We ask your consent.' },
      ],
    };
    expect((await ask('PUT', '/api/consent-purposes/polls', purpose, '"0"')).status).toBe(200);
    expect(rowsOf(await register(), 'purposes').map(([name]) => name)).toContain('Sondaggi di quartiere');
    const english = await register('en');
    expect(rowsOf(english, 'purposes').map(([name]) => name)).toContain('Polls');
    expect(english.questions.map(({ code }) => code)).toContain(`transfer.${channel}`);
    expect(rowsOf(english, 'measures')).toContainEqual([
      'Row-level security in the database, forced on everybody',
      'on',
    ]);
    expect(rowsOf(english, 'measures')).toContainEqual(['A virus scanner on every file', 'not on']);
  });

  it('keeps what the controller answers, each version, and takes no answer that was not seen', async () => {
    const url = `${URL}/answers/transfer.${channel}`;
    expect((await ask('PUT', url, { text: 'No' }, '"1"')).status).toBe(412);
    expect((await ask('PUT', url, { text: 'No' }, '"0"')).status).toBe(200);
    expect((await ask('PUT', url, { text: 'Sì' }, '"0"')).status).toBe(412);
    const { body } = await ask<RegisterAnswerHistory>('PUT', url, { text: 'No: centro dati di Bologna' }, '"1"');
    expect(body.items.map(({ version, text }) => [version, text])).toEqual([
      [2, 'No: centro dati di Bologna'],
      [1, 'No'],
    ]);
    expect((await register()).questions.find(({ code }) => code === `transfer.${channel}`)).toMatchObject({
      version: 2,
    });
    expect((await ask('PUT', `${URL}/answers/nothing`, { text: 'x' }, '"0"')).status).toBe(404);
    const elsewhere = await rest.administration('Altrove', 'admin');
    const theirs = await ask<ProcessingRegisterView>('GET', URL, undefined, undefined, elsewhere);
    expect(theirs.text).not.toContain('Bologna');
  });

  it('is read and taken away as a page and a table, and each look is in the trail', async () => {
    const page = await ask('GET', `${URL}/page?language=en`);
    expect(page.headers['content-type']).toMatch(/^text\/html/);
    expect(page.text).toMatch(
      /<html lang="en">[\s\S]*Register of processing: Rocca[\s\S]*to be filled in by the controller/,
    );
    const file = await ask('GET', `${URL}/file`);
    expect(file.text.split('\r\n').length).toBeGreaterThan(200);
    const looks: { act: string; operation: string }[] = await rest.dataSource.query(
      `select distinct act, operation from trail_entry where administration_id = $1 and subject_kind = 'processing-register'
       order by operation`,
      [admin.administrationId],
    );
    expect(looks).toEqual([
      { act: 'changed', operation: 'answerRegister' },
      { act: 'exported', operation: 'exportProcessingRegister' },
      { act: 'looked', operation: 'getProcessingRegister' },
      { act: 'exported', operation: 'readProcessingRegister' },
    ]);
  });

  it('is read by who protects data, answered by who decides, and by nobody else', async () => {
    const officer = await rest.operator(admin.administrationId, admin.office, 'Dora', 'dpo');
    expect((await ask('GET', URL, undefined, undefined, officer)).status).toBe(200);
    expect((await ask('PUT', `${URL}/answers/hosting`, { text: 'x' }, '"0"', officer)).status).toBe(403);
    const other = await rest.operator(admin.administrationId, admin.office, 'Piero', 'supervisor');
    expect((await ask('GET', URL, undefined, undefined, other)).status).toBe(403);
  });
});
