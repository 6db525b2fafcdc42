import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type {
  CaseView,
  MessageView,
  ProblemView,
  SettingsView,
  TemplatePage,
  TemplatePreview,
  TemplateVariableList,
  TemplateView,
} from '@filodiretto/contracts';
import { v7 } from 'uuid';
import { RestApplication, type TestOperator } from '../http/rest-testing.js';

let rest: RestApplication;
let anna: TestOperator & { readonly office: string };
let elsewhere: TestOperator & { readonly office: string };
let letters: { channel: string; account: string };
let short: { channel: string; account: string };

beforeAll(async () => {
  rest = await RestApplication.start();
  anna = await rest.administration('Valdoro');
  elsewhere = await rest.administration('Montechiaro');
  letters = await rest.channel({ reply: true, subject: true, text: { maxLength: 1_000 } }, anna.administrationId);
  short = await rest.channel({ reply: true, text: { maxLength: 1, unit: 'segments' } }, anna.administrationId);
}, 60_000);
afterAll(() => rest.stop(), 60_000);

const code = (): string => `t_${v7().replaceAll('-', '_')}`;
const written = (more: object = {}, as = anna) =>
  rest.ask<TemplateView & ProblemView>('POST', '/api/templates', {
    as,
    body: { code: code(), language: 'it', name: 'Prova', purpose: 'reply', text: 'Pratica {{ case.number }}', ...more },
  });
const change = (one: TemplateView, body: object, etag = `"${one.version}"`, as = anna) =>
  rest.ask<TemplateView & ProblemView>('PATCH', `/api/templates/${one.id}`, {
    as,
    body,
    headers: { 'if-match': etag },
  });
const move = async (id: string, body: object) => {
  const { headers } = await rest.ask('GET', `/api/cases/${id}`, { as: anna });
  return rest.ask<CaseView & ProblemView>('POST', `/api/cases/${id}/transitions`, {
    as: anna,
    body,
    headers: { 'if-match': headers.etag ?? '' },
  });
};
const lastSaid = async (caseId: string): Promise<MessageView | undefined> => {
  const { body } = await rest.ask<CaseView>('GET', `/api/cases/${caseId}`, { as: anna });
  return body.timeline.flatMap(entry => (entry.message?.direction === 'out' ? [entry.message] : [])).at(-1);
};

describe('a template', () => {
  it('is kept, listed, changed and retired, each for its own administration', async () => {
    const { status, body: one, headers } = await written({ shortText: '{{ case.number }}' });
    expect([status, headers.etag, headers.location]).toEqual([201, '"1"', `/api/templates/${one.id}`]);
    const changed = await change(one, { text: 'Ecco {{ case.reference }}', shortText: '' });
    expect(changed.body).toMatchObject({ text: 'Ecco {{ case.reference }}', version: 2, retired: false });
    expect(changed.body.shortText).toBeUndefined();
    expect((await change(one, { name: 'altro' })).body).toMatchObject({ type: '/problems/version-stale' });
    const retired = await change(changed.body, { retired: true });
    expect(retired.body.retired).toBe(true);
    expect((await rest.ask('GET', `/api/templates/${one.id}`, { as: elsewhere })).status).toBe(404);
    expect((await change(retired.body, { name: 'n' }, undefined, elsewhere)).status).toBe(404);
    const page = await rest.ask<TemplatePage>('GET', '/api/templates?purpose=reply&limit=1', { as: anna });
    expect(page.body.items.map(item => item.id)).toEqual([one.id]);
    expect((await rest.ask<TemplatePage>('GET', '/api/templates', { as: elsewhere })).body.items).toEqual([]);
  });

  it.each<[string, object, string]>([
    ['that cannot be read', { text: 'Ciao {{ case.number' }, '/text'],
    ['that names what nobody fills', { text: '{{ contact.fiscalCode }}' }, '/text'],
    ['whose short words name what nobody fills', { shortText: '{{ password }}' }, '/shortText'],
    ['that cuts the tracking code', { text: 'Codice: {{ case.trackingCode | slice: 0, 4 }}' }, '/text'],
    [
      'that cuts the tracking code where no day is promised',
      { text: 'N. {{ case.number }}{% unless case.dueDate %}: {{ case.trackingCode | slice: 0, 4 }}{% endunless %}' },
      '/text',
    ],
    ['that cuts a tracking link that is longer', { text: '{{ case.trackingLink | truncate: 70 }}' }, '/text'],
    ['that writes the tracking code otherwise', { text: '{{ case.trackingCode | downcase }}' }, '/text'],
    ['whose short words encode the tracking link', { shortText: '{{ case.trackingLink | url_encode }}' }, '/shortText'],
    ['with a filter that does not exist', { text: '{{ case.number | shell }}' }, '/text'],
    ['that reads files', { text: "{% include '/etc/passwd' %}" }, '/text'],
    ['that renders another', { text: "{% render 'x' %}" }, '/text'],
    [
      'that never ends',
      { text: '{% for a in (1..100000000) %}{% for b in (1..1000) %}x{% endfor %}{% endfor %}' },
      '/text',
    ],
    [
      'that eats memory',
      {
        text: '{% assign a = "aaaaaaaaaaaaaaaaaaaaaaaa" %}{% for i in (1..60) %}{% assign a = a | append: a %}{% endfor %}{{ a }}',
      },
      '/text',
    ],
    ['that reaches behind the values', { text: '{{ case.constructor.name }}' }, '/text'],
    ['that says nothing of a case of which little is known', { text: '{{ contact.name }}' }, '/text'],
    ['of an outcome that is not said', { purpose: 'outcome' }, '/outcome'],
    ['of no outcome with one', { outcome: 'positive' }, '/outcome'],
    ['with a reason of no outcome', { outcomeReason: 'done' }, '/outcomeReason'],
    ['with a code that is none', { code: 'Due parole' }, '/code'],
    ['in no language', { language: 'IT' }, '/language'],
  ])('%s is refused, and it is said where', async (_, more, pointer) => {
    const { status, body } = await written(more);
    expect([status, body.errors?.map(error => error.pointer)]).toEqual([422, [pointer]]);
  });

  it('is there once for a code and language, however many ask at once', async () => {
    const same = { code: code() };
    const answers = await Promise.all(Array.from({ length: 5 }, () => written(same)));
    expect(answers.map(one => one.status).sort()).toEqual([201, 422, 422, 422, 422]);
    expect((await written({ ...same, language: 'de' })).status).toBe(201);
    expect((await written(same, elsewhere)).status).toBe(201);
  });

  it('is made once under one key', async () => {
    const headers = { 'idempotency-key': v7() };
    const body = { code: code(), language: 'it', name: 'n', purpose: 'reply', text: 't' };
    const ask = () => rest.ask<TemplateView>('POST', '/api/templates', { as: anna, body, headers });
    expect([await ask(), await ask()].map(({ status, body: { id } }) => [status, id])).toEqual([
      [201, headers['idempotency-key']],
      [201, headers['idempotency-key']],
    ]);
  });

  it('may say what is documented', async () => {
    const { body } = await rest.ask<TemplateVariableList>('GET', '/api/template-variables', { as: anna });
    const text = body.items.map(one => `${one.name}={{ ${one.name} }}`).join('\n');
    const preview = await rest.ask<TemplatePreview>('POST', '/api/template-previews', { as: anna, body: { text } });
    expect(preview.body.text).toBe(body.items.map(one => `${one.name}=${one.example}`).join('\n'));
  });

  it('is looked at before it is sent, with what each channel would take', async () => {
    const { body: one } = await written({
      text: 'Gentile {{ contact.name }}, '.padEnd(200, '.'),
      shortText: '{{ case.number }}',
    });
    const { caseId } = await rest.receive(letters, {});
    const ask = (body: object, as = anna) =>
      rest.ask<TemplatePreview & ProblemView>('POST', '/api/template-previews', { as, body });
    const { body } = await ask({ template: one.id, case: caseId });
    expect(body.text).toMatch(/^Gentile Mario Bianchi, /);
    expect(body.channels.find(fit => fit.channel === letters.channel)).toMatchObject({ variant: 'full' });
    expect(body.channels.find(fit => fit.channel === short.channel)).toMatchObject({
      variant: 'short',
      length: 1,
      maxLength: 1,
      unit: 'segments',
    });
    const [only] = (await ask({ text: 'x'.repeat(161), channel: short.channel })).body.channels;
    expect(only).toMatchObject({ because: 'text-too-long', length: 2 });
    for (const [asked, pointer] of [
      [{}, '/text'],
      [{ template: one.id, text: 't' }, '/text'],
      [{ template: v7() }, '/template'],
      [{ text: 't', case: v7() }, '/case'],
      [{ text: 't', channel: 'nessuno' }, '/channel'],
    ] as const)
      expect((await ask(asked)).body.errors?.map(error => error.pointer)).toEqual([pointer]);
    expect((await ask({ text: 't', case: caseId }, elsewhere)).status).toBe(422);
  });
});

describe('what a citizen is told by a template', () => {
  it('is filled from their case, in the words that their channel takes', async () => {
    const { body: one } = await written({
      text: `{{ contact.name }}: {{ case.reference }}`.padEnd(300, '.'),
      shortText: 'n. {{ case.number }}',
    });
    for (const [channel, expected] of [
      [letters, /^Mario Bianchi: \[#/],
      [short, /^n\. \d{4}-\d+-\d$/],
    ] as const) {
      const { caseId } = await rest.receive(channel, {});
      const sent = await rest.ask<MessageView>('POST', `/api/cases/${caseId}/replies`, {
        as: anna,
        body: { textTemplate: one.id },
      });
      expect(sent.body.content).toEqual([{ type: 'text', text: expect.stringMatching(expected) as unknown }]);
    }
  });

  it('is refused where not even the short words fit, and nothing is sent', async () => {
    const { body: one } = await written({ text: 'x'.repeat(2_000), shortText: 'y'.repeat(161) });
    const { caseId } = await rest.receive(short, {});
    const sent = await rest.ask<ProblemView>('POST', `/api/cases/${caseId}/replies`, {
      as: anna,
      body: { textTemplate: one.id },
    });
    expect(sent.body).toMatchObject({ type: '/problems/text-too-long', status: 422 });
    expect(await lastSaid(caseId)).toBeUndefined();
  });

  it.each<[string, object, string]>([
    ['words and a template', { text: 't', textTemplate: v7() }, '/text'],
    ['a template that is not there', { textTemplate: v7() }, '/textTemplate'],
  ])('is not %s', async (_, body, pointer) => {
    const { caseId } = await rest.receive(letters, {});
    const sent = await rest.ask<ProblemView>('POST', `/api/cases/${caseId}/replies`, { as: anna, body });
    expect([sent.status, sent.body.errors?.map(error => error.pointer)]).toEqual([422, [pointer]]);
  });

  it('is not that of another administration, nor one retired', async () => {
    const { caseId } = await rest.receive(letters, {});
    const theirs = await written({}, elsewhere);
    const old = await written();
    await change(old.body, { retired: true });
    for (const textTemplate of [theirs.body.id, old.body.id])
      expect(
        (await rest.ask('POST', `/api/cases/${caseId}/replies`, { as: anna, body: { textTemplate } })).status,
      ).toBe(422);
  });
});

describe('the end of a case', () => {
  const resolve = { command: 'resolve', outcome: 'positive', outcomeReason: 'done' };

  it('is told by the template of its outcome when nobody writes the words', async () => {
    const first = await rest.receive(letters, {});
    const untold = await move(first.caseId, resolve);
    expect([untold.status, untold.body.errors?.map(error => error.pointer)]).toEqual([422, ['/text']]);

    await written({ purpose: 'outcome', outcome: 'positive', text: 'Concluso: {{ case.number }}' });
    await written({ purpose: 'outcome', outcome: 'negative', text: 'Non possibile: {{ case.number }}' });
    await written({ purpose: 'outcome', outcome: 'not_applicable', text: 'Non ammessa: {{ case.number }}' });
    await written({
      purpose: 'outcome',
      outcome: 'positive',
      outcomeReason: 'granted',
      text: 'Concesso: {{ case.number }}',
    });

    const resolved = await move(first.caseId, resolve);
    expect(resolved.body).toMatchObject({ state: 'resolved', outcome: 'positive', outcomeReason: 'done' });
    expect((await lastSaid(first.caseId))?.content).toEqual([
      { type: 'text', text: `Concluso: ${resolved.body.number}` },
    ]);

    const second = await rest.receive(letters, {});
    await move(second.caseId, { ...resolve, outcomeReason: 'granted' });
    expect((await lastSaid(second.caseId))?.content).toMatchObject([
      { text: expect.stringMatching(/^Concesso/) as unknown },
    ]);

    const third = await rest.receive(letters, {});
    const rejected = await move(third.caseId, { command: 'reject', reason: 'outside_competence' });
    expect(rejected.body).toMatchObject({ state: 'rejected', outcome: 'not_applicable' });
    expect((await lastSaid(third.caseId))?.content).toMatchObject([
      { text: expect.stringMatching(/^Non ammessa/) as unknown },
    ]);
  });

  it('is told in the words written when there are some, and in none when it was said aloud', async () => {
    const written = await rest.receive(letters, {});
    await move(written.caseId, { ...resolve, text: 'Le mie parole' });
    expect((await lastSaid(written.caseId))?.content).toEqual([{ type: 'text', text: 'Le mie parole' }]);
    const spoken = await rest.receive(letters, {});
    expect((await move(spoken.caseId, { ...resolve, spoken: true })).body.state).toBe('resolved');
    expect(await lastSaid(spoken.caseId)).toBeUndefined();
  });

  it('does not happen when the template cannot be sent', async () => {
    const { caseId } = await rest.receive(short, {});
    await written({ purpose: 'outcome', outcome: 'partial', text: 'x'.repeat(400) });
    const answer = await move(caseId, { command: 'resolve', outcome: 'partial', outcomeReason: 'partly_done' });
    expect(answer.body).toMatchObject({ type: '/problems/text-too-long' });
    const after = await rest.ask<CaseView>('GET', `/api/cases/${caseId}`, { as: anna });
    expect(after.body).toMatchObject({ state: 'received', version: 1 });
  });
});

describe('the answer of a citizen to a case that ended', () => {
  const decided = (reopenDays: number, etag: string) =>
    rest.ask<SettingsView & ProblemView>('PATCH', '/api/settings', {
      as: anna,
      body: { reopenDays },
      headers: { 'if-match': etag },
    });
  const endedDaysAgo = async (days: number): Promise<{ caseId: string; answer: () => Promise<string> }> => {
    const externalId = `ext-${v7()}`;
    const from = { kind: 'email', value: `${externalId}@example.org` };
    const { caseId } = await rest.receive(letters, { externalId, from });
    await move(caseId, { command: 'resolve', outcome: 'positive', outcomeReason: 'done', spoken: true });
    await rest.dataSource.query(`update case_file set ended_at = now() - make_interval(days => $2) where id = $1`, [
      caseId,
      days,
    ]);
    const answer = async (): Promise<string> =>
      (await rest.receive(letters, { from, relation: { kind: 'reply', to: externalId }, text: 'Non è vero!' })).caseId;
    return { caseId, answer };
  };
  const shown = async (id: string): Promise<CaseView> =>
    (await rest.ask<CaseView>('GET', `/api/cases/${id}`, { as: anna })).body;

  it('opens it again within the days that are shipped, and after them opens one that follows it up', async () => {
    const recent = await endedDaysAgo(29);
    expect(await recent.answer()).toBe(recent.caseId);
    expect((await shown(recent.caseId)).state).not.toBe('resolved');
    const old = await endedDaysAgo(31);
    const followUp = await old.answer();
    expect(followUp).not.toBe(old.caseId);
    expect((await shown(followUp)).followUpOf).toBe(old.caseId);
    expect((await shown(old.caseId)).state).toBe('resolved');
  });

  it('follows what its administration decided', async () => {
    const now = await rest.ask<SettingsView>('GET', '/api/settings', { as: anna });
    expect(now.body).toEqual({
      breakGlassMinutes: 60,
      reopenDays: 30,
      undoMergeHours: 72,
      dormantDays: 30,
      linkByEmail: false,
      weeklyLetterDay: 1,
      weeklyLetterHour: 8,
      version: 0,
    });
    expect((await decided(10, '"0"')).body).toMatchObject({ reopenDays: 10, version: 1 });
    expect((await decided(20, '"0"')).body).toMatchObject({ type: '/problems/version-stale' });
    for (const wrong of [-1, 1.5, 4_000]) expect((await decided(wrong, '"1"')).status).toBe(422);
    const [early, late] = [await endedDaysAgo(9), await endedDaysAgo(11)];
    expect(await early.answer()).toBe(early.caseId);
    expect(await late.answer()).not.toBe(late.caseId);
    const again = await move(late.caseId, { command: 'reopen', reason: 'r' });
    expect(again.body.detail).toMatch(/more than 10 days ago/);
    expect((await rest.ask<SettingsView>('GET', '/api/settings', { as: elsewhere })).body.reopenDays).toBe(30);
  });
});
