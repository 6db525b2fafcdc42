import 'reflect-metadata';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import type { ProblemView } from '@filodiretto/contracts';
import { v7 } from 'uuid';
import { RestApplication, type TestOperator } from '../http/rest-testing.js';

// Servers of its own start with the suite, on a machine that may be busy.
jest.setTimeout(120_000);

let rest: RestApplication;
let anna: TestOperator & { readonly office: string };
beforeAll(async () => {
  rest = await RestApplication.start();
  anna = await rest.administration('Valdoro');
  await rest.dataSource.query(`update office set email = 'URP@valdoro.example' where id = $1`, [anna.office]);
});
afterAll(() => rest.stop());

it('a public answer with what looks like personal data is not sent unless somebody says why; a private one is', async () => {
  const page = await rest.channel(
    { reply: true, public: true, text: { maxLength: 4_000 }, conversations: 'thread' },
    anna.administrationId,
  );
  const { caseId } = await rest.receive(page, { conversation: v7(), flags: { public: true } });
  const reply = (body: object) => rest.ask<ProblemView>('POST', `/api/cases/${caseId}/replies`, { as: anna, body });
  const words = 'Signora, il Suo codice RSSMRA80A01H501U risulta invalido. Chiami il 333 1234567.';
  const no = await reply({ text: words });
  expect([no.status, no.body.type, no.body.errors?.[0]?.pointer]).toEqual([422, '/problems/personal-data', '/confirm']);
  expect(no.text).not.toContain('RSSMRA80A01H501U');
  const sent = async (): Promise<{ evidence: object | null; visibility: string }[]> =>
    rest.dataSource.query(
      `select evidence, visibility from message where case_id = $1 and direction = 'out' and author = 'operator' order by seq`,
      [caseId],
    );
  expect(await sent()).toEqual([]);
  expect((await reply({ text: 'Scriva a urp@valdoro.example' })).status).toBe(201);
  expect((await reply({ text: words, visibility: 'parties' })).status).toBe(201);
  expect((await reply({ text: words, confirm: 'Numeri inventati per la prova' })).status).toBe(201);
  expect(await sent()).toEqual([
    { evidence: null, visibility: 'public' },
    { evidence: null, visibility: 'parties' },
    {
      evidence: {
        confirmed: { kinds: ['fiscal_code', 'health', 'phone'], reason: 'Numeri inventati per la prova' },
      },
      visibility: 'public',
    },
  ]);
});
