import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CaseView, CategoryView, JournalView, MergeView, OfficeView, TaskView } from '@filodiretto/contracts';
import type { Browser, Page } from 'playwright-core';
import { faults, inBrowser, launched, why } from './in-browser.js';
import { actsBy, linkOf, Mailbox, offices } from './office.js';
import { Desk, eventually, marked, messagesOf, running, textOf } from './world.js';

const desk = new Desk();
const URP = 'urp@comune.poggioverde.example';
let city: ReadonlyMap<string, OfficeView>;
let browser: Browser | undefined;

beforeAll(async () => {
  city = await offices(desk);
  browser = await launched();
});
afterAll(() => browser?.close());

const office = (code: string): OfficeView => {
  const found = city.get(code);
  if (!found) throw new Error(`the city has no office ${code}`);
  return found;
};
const mailOf = (code: string): Mailbox => new Mailbox(`${code}@comune.poggioverde.example`, office(code).name);
const aCitizen = (): Mailbox => new Mailbox(`${randomUUID().slice(0, 12)}@posta.example`, 'Ada Neri');

/** Asks something of a case as it is now. */
const asks = async <T = CaseView>(id: string, path: string, body: object): Promise<T> => {
  // What the system tells by itself changes a case too: whoever has seen an older version looks again.
  for (let tries = 1; ; tries += 1) {
    const { version } = await desk.case(id);
    try {
      return await desk.ask<T>(`/cases/${id}/${path}`, {
        method: 'POST',
        body,
        headers: { 'if-match': `"${version}"` },
      });
    } catch (fault) {
      if (tries === 5 || !String(fault).includes('version-stale')) throw fault;
    }
  }
};
const move = (id: string, body: object): Promise<CaseView> => asks(id, 'transitions', body);
const factsOf = async (id: string): Promise<string[]> =>
  (await desk.ask<JournalView>(`/cases/${id}/journal`)).items.map(entry => entry.fact);
/** A citizen writes by mail, and the desk has the case. */
const writes = async (citizen: Mailbox, subject: string, text = 'Serve una risposta.'): Promise<CaseView> => {
  await citizen.writes({ to: URP, subject, text });
  return desk.caseSaying(subject, 'email');
};

describe('an office that never logs in', () => {
  it('is given a case, takes charge by a link of its mail, and replies by mail; the citizen knows who has it', async () => {
    const citizen = aCitizen();
    const subject = marked('Cassonetto bruciato');
    const { id, number } = await writes(citizen, subject);
    expect((await citizen.reads('abbiamo ricevuto')).text).toMatch(/entro (il |l')\d+ \w+ \d{4}/);
    await move(id, { command: 'assign', office: office('ambiente').id });
    const ambiente = mailOf('ambiente');
    const letter = await ambiente.reads(subject);
    expect(letter.text).toMatch(/Da prendere in carico entro: \d/);
    expect(await actsBy(linkOf(letter, 'Prendere in carico'))).toContain('La pratica è in carico.');
    await desk.caseWhen(id, 'the office has taken charge', view => view.state === 'in_charge');
    expect((await citizen.reads('presa in carico')).text).toContain('Ambiente e Rifiuti');

    const words = marked('Lo sostituiamo lunedì.');
    await ambiente.answers(letter, words);
    const answered = await desk.caseWhen(id, 'the answer of the office is in the case', view =>
      messagesOf(view).some(one => one.author === 'office' && textOf(one).includes(words)),
    );
    expect(messagesOf(answered).find(one => one.author === 'office')).toMatchObject({ visibility: 'internal' });
    const reply = marked('Sarà sostituito lunedì.');
    await desk.reply(id, reply);
    const heard = await citizen.reads(reply);
    expect([heard.subject.includes(number), heard.text.includes(words)]).toEqual([true, false]);
  });

  inBrowser(
    `acts on a telephone without JavaScript, is told what lacks, and every page is one that anybody can read${why}`,
    async () => {
      if (!browser) throw new Error('no browser');
      const phone = await browser.newContext({
        javaScriptEnabled: false,
        viewport: { width: 390, height: 800 },
        isMobile: true,
      });
      // Looked at beside, where axe can run: the pages have no script of their own.
      const looking = await browser.newContext({ viewport: { width: 320, height: 800 }, colorScheme: 'dark' });
      const beside = await looking.newPage();
      const page = await phone.newPage();
      const fits = async (one: Page): Promise<boolean> => {
        const width = (await one.locator('body').boundingBox())?.width ?? Number.POSITIVE_INFINITY;
        return width <= (one.viewportSize()?.width ?? 0);
      };
      const goodAt = async (link: string): Promise<void> => {
        await beside.goto(link);
        expect([await faults(beside), await fits(beside)]).toEqual([[], true]);
        expect(await beside.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
      };
      try {
        const subject = marked('Fontanella che perde');
        const { id } = await writes(aCitizen(), subject);
        await move(id, { command: 'assign', office: office('ambiente').id });
        const letter = await mailOf('ambiente').reads(subject);
        const done = linkOf(letter, 'Fatto: chiudere con un esito');
        for (const name of [
          'Prendere in carico',
          'Fatto: chiudere con un esito',
          'Serve più tempo',
          'Non è di nostra competenza',
          'Chiedere qualcosa al cittadino',
        ])
          await goodAt(linkOf(letter, name));
        await page.goto(linkOf(letter, 'Prendere in carico'));
        expect([await page.locator('body').innerText(), await fits(page)]).toEqual([
          expect.stringContaining(subject),
          true,
        ]);
        await page.locator('button[type=submit]').click();
        expect(await page.locator('[role=status]').first().innerText()).toContain('La pratica è in carico.');
        await goodAt(linkOf(letter, 'Prendere in carico'));
        await desk.caseWhen(id, 'the office has taken charge by telephone', view => view.state === 'in_charge');

        await page.goto(done);
        await page.locator('button[type=submit]').click();
        expect(await page.locator('[role=alert]').innerText()).not.toBe('');
        expect((await desk.case(id)).state).toBe('in_charge');
        await page.locator('select[name=outcome]').selectOption({ index: 1 });
        await page.locator('textarea[name=text]').fill('Riparata questa mattina.');
        await page.locator('button[type=submit]').click();
        await page.locator('[role=status]').first().waitFor();
        await desk.caseWhen(id, 'it is resolved by telephone', view => view.state === 'resolved');
        await goodAt(done);
        await goodAt(`${done.slice(0, -6)}AAAAAA`);
      } finally {
        await phone.close();
        await looking.close();
      }
    },
    120_000,
  );

  it('gives back what is not theirs, and so does the next: the third office takes charge, and the bounces are counted', async () => {
    const subject = marked('Ringhiera rotta');
    const { id } = await writes(aCitizen(), subject);
    for (const code of ['ambiente', 'scuola']) {
      await move(id, { command: 'assign', office: office(code).id });
      const letter = await mailOf(code).reads(subject);
      await actsBy(linkOf(letter, 'Non è di nostra competenza'), { reason: 'Non è nostra' });
    }
    await move(id, { command: 'assign', office: office('manutenzioni').id });
    await actsBy(linkOf(await mailOf('manutenzioni').reads(subject), 'Prendere in carico'));
    expect(await desk.case(id)).toMatchObject({
      state: 'in_charge',
      refusals: 2,
      office: { name: 'Strade e Manutenzioni' },
    });
  });

  it('puts a question to a body outside, which answers from its page and sees nothing else of the case', async () => {
    const secret = marked('Abito al terzo piano');
    const { id } = await writes(aCitizen(), marked('Perdita d’acqua'), secret);
    await move(id, { command: 'assign', office: office('manutenzioni').id });
    const water = new Mailbox(`${randomUUID().slice(0, 8)}@acquedotto.example`, 'Acquedotto del Bacino');
    const question = marked('La condotta di via Roma è vostra?');
    const task = await desk.ask<TaskView>(`/cases/${id}/tasks`, {
      method: 'POST',
      body: { body: { name: water.name, address: water.address }, question },
    });
    const mail = await water.reads(question);
    const link = linkOf(mail, 'Rispondere al quesito');
    const page = await (await fetch(link)).text();
    expect([page.includes(question), page.includes(secret), mail.text.includes(secret)]).toEqual([true, false, false]);
    await actsBy(link, { outcome: 'positive', text: 'Sì, ripariamo domani.' });
    const view = await desk.caseWhen(id, 'the task is answered', ({ tasks }) => tasks[0]?.state === 'answered');
    expect(view).toMatchObject({ state: 'assigned', tasks: [{ id: task.id, answer: 'Sì, ripariamo domani.' }] });

    const second = marked('E quella di via Verdi?');
    await desk.ask(`/cases/${id}/tasks`, {
      method: 'POST',
      body: { body: { name: water.name, address: water.address }, question: second },
    });
    await water.answers(await water.reads(second), 'No, quella non è nostra.');
    await desk.caseWhen(id, 'the second is answered by mail', ({ tasks }) => tasks[1]?.state === 'answered');
  });
});

describe('a matter', () => {
  it('that was resolved is opened again when its citizen answers', async () => {
    const citizen = aCitizen();
    const { id } = await writes(citizen, marked('Tombino rumoroso'));
    await move(id, { command: 'assign', office: office('manutenzioni').id });
    await move(id, { command: 'takeCharge' });
    const words = marked('Il tombino è stato fissato.');
    await move(id, { command: 'resolve', outcome: 'positive', outcomeReason: 'done', text: words });
    await citizen.answers(await citizen.reads(words), 'Purtroppo fa ancora rumore.');
    const again = await desk.caseWhen(id, 'it is open again', view => view.state === 'assigned');
    expect(again).toMatchObject({ office: { name: 'Strade e Manutenzioni' } });
    expect(await factsOf(id)).toContain('reopened');
  });

  it('is merged with another and split again, with every message and term where it belongs', async () => {
    const citizen = aCitizen();
    const [one, two] = [marked('Panchina rotta'), marked('Panchina divelta')];
    const first = await writes(citizen, one);
    const second = await writes(citizen, two);
    const before = await desk.case(second.id);
    const merge = await asks<MergeView>(first.id, 'merges', { from: second.id });
    expect(merge.messages).toBe(messagesOf(before).length);
    const merged = await desk.case(first.id);
    const said = messagesOf(merged).filter(message => message.direction === 'in');
    // Mails say when they were sent to the second: two of the same one have no order.
    expect(said.map(message => message.subject).toSorted()).toEqual([one, two].toSorted());
    const resolution = merged.deadlines.filter(one => one.clock === 'resolution' && one.endedAt === undefined);
    expect(resolution).toHaveLength(1);
    expect(await desk.case(second.id)).toMatchObject({ state: 'duplicate', mergedInto: first.id });

    const subject = marked('La seconda panchina');
    const split = await asks<CaseView>(first.id, 'splits', {
      subject,
      messages: [said.find(({ subject: line }) => line === two)?.id],
    });
    expect(
      messagesOf(split)
        .filter(message => message.direction === 'in')
        .map(message => message.subject),
    ).toEqual([two]);
    expect(split.deadlines.find(one => one.clock === 'resolution')).toMatchObject({ state: 'running' });
    expect(
      messagesOf(await desk.case(first.id))
        .filter(message => message.direction === 'in')
        .map(({ subject: line }) => line),
    ).toEqual([one]);
  });

  it('of forty citizens on three channels is one incident: each is told once, on their own channel', async () => {
    const meta = async (path: string, body?: object): Promise<unknown> => {
      const response = await fetch(`${running().urls.simulators.meta}/_control/${path}`, {
        ...(body
          ? { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
          : {}),
      });
      if (!response.ok) throw new Error(`${path} answers ${response.status}: ${await response.text()}`);
      return response.json().catch(() => undefined);
    };
    const head = await writes(aCitizen(), marked('Viale al buio'));
    const people: { id: string; hears: (words: string) => Promise<number> }[] = [];
    for (let n = 1; n < 40; n += 1) {
      const words = marked('Viale al buio');
      if (n % 3 === 0) {
        const citizen = aCitizen();
        people.push({
          id: (await writes(citizen, words)).id,
          hears: async said => (await citizen.mails()).filter(mail => mail.text.includes(said)).length,
        });
        continue;
      }
      const whatsapp = n % 3 === 1;
      const name = whatsapp ? `3934${String(Date.now()).slice(-7)}${n}` : `31${String(Date.now()).slice(-9)}${n}`;
      await meta(whatsapp ? 'whatsapp/citizens' : 'messenger/people', {
        name: `Vicino ${n}`,
        ...(whatsapp ? { waId: name, bsuid: '' } : { psid: name }),
      });
      await meta(whatsapp ? 'whatsapp/messages' : 'messenger/messages', { from: name, text: words });
      const { id } = await desk.caseSaying(words, whatsapp ? 'whatsapp' : 'facebook');
      people.push({
        id,
        hears: async said =>
          JSON.stringify(
            await meta(`${whatsapp ? 'whatsapp/conversation?citizen' : 'messenger/conversation?person'}=${name}`),
          ).split(said).length - 1,
      });
    }
    await desk.ask(`/cases/${head.id}/members`, {
      method: 'POST',
      body: { cases: people.map(one => one.id) },
      headers: { 'if-match': `"${(await desk.case(head.id)).version}"` },
    });
    const answer = marked('Le luci di viale Marconi sono di nuovo accese.');
    await move(head.id, { command: 'resolve', outcome: 'positive', outcomeReason: 'done', text: answer });
    for (const one of people)
      await eventually('each citizen of the incident is told', async () =>
        (await one.hears(answer)) > 0 ? true : undefined,
      );
    expect(await Promise.all(people.map(one => one.hears(answer)))).toEqual(people.map(() => 1));
    const states = await Promise.all(people.map(async one => (await desk.case(one.id)).state));
    expect(new Set(states)).toEqual(new Set(['resolved']));
  }, 240_000);
});

describe('time that passes', () => {
  it('brings what nobody answers up the ladder, to who holds the substitute power', async () => {
    const { items } = await desk.ask<{ items: CategoryView[] }>('/categories');
    const category = items.find(one => one.code === 'edilizia');
    const opened = await desk.ask<CaseView>('/cases', {
      method: 'POST',
      body: {
        subject: marked('Permesso di costruire'),
        kind: 'proceeding',
        category: category?.id,
        office: office('edilizia').id,
      },
    });
    const luca = new Mailbox('luca.orsini@comune.poggioverde.example');
    expect(opened.deadlines.map(one => one.clock)).toContain('resolution');
    const due = Date.parse(opened.deadlines.find(one => one.clock === 'resolution')?.dueAt ?? '');
    await desk.ask('/demonstration/clock', {
      method: 'POST',
      body: { seconds: Math.ceil((due - Date.now()) / 1_000) + 3_600 },
    });
    const late = await desk.caseWhen(
      opened.id,
      'who steps in has the case',
      view => view.assignee?.name === 'Luca Orsini',
    );
    expect(late.deadlines.find(one => one.clock === 'resolution')?.state).toBe('late');
    const said = await factsOf(opened.id);
    expect(
      said.filter(fact => ['deadline_warned', 'reminded', 'deadline_breached', 'escalated'].includes(fact)),
    ).toEqual(expect.arrayContaining(['deadline_warned', 'reminded', 'deadline_breached', 'escalated']));
    expect(said.indexOf('deadline_warned')).toBeLessThan(said.indexOf('escalated'));
    await luca.reads(opened.number);
  });
});
