import { randomInt, randomUUID } from 'node:crypto';
import { describe, expect, it, jest } from '@jest/globals';
import type { CaseView, MessageView, ParkedView } from '@filodiretto/contracts';
import { EICAR } from '@filodiretto/simulators';
import { address, loggedIn } from './console-page.js';
import { inBrowser, launched, why } from './in-browser.js';
import { Mailbox, offices, type MailFile } from './office.js';
import { Desk, eventually, marked, messagesOf, running, textOf, told } from './world.js';

jest.setTimeout(120_000);

const desk = new Desk();
const URP = 'urp@comune.poggioverde.example';
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const FILES = { clean: PNG, infected: Buffer.concat([PNG, Buffer.from(EICAR)]) };

const asFile = (bytes: Buffer): MailFile => ({
  filename: 'foto.png',
  mediaType: 'image/png',
  base64: bytes.toString('base64'),
});
/** How the API answers who asks for bytes. */
const given = async (path: string): Promise<number> => {
  const response = await fetch(`${running().urls.crm}/api${path}`, {
    headers: { authorization: `Bearer ${running().operators[0]?.token ?? ''}` },
  });
  await response.arrayBuffer();
  return response.status;
};

/** A way in: sends a file with some words, and gives the case that it comes to. */
type Way = (words: string, bytes: Buffer) => Promise<CaseView>;

const WAYS: Readonly<Record<string, Way>> = {
  'a mail': async (words, bytes) => {
    const citizen = new Mailbox(`${randomUUID()}@posta.example`, 'Ada Neri');
    await citizen.writes({ to: URP, subject: words, text: words, attachments: [asFile(bytes)] });
    return desk.caseSaying(words, 'email');
  },
  'the mail by which an office answers': async (words, bytes) => {
    const citizen = new Mailbox(`${randomUUID()}@posta.example`, 'Ada Neri');
    await citizen.writes({ to: URP, subject: words, text: 'Serve una risposta.' });
    const { id } = await desk.caseSaying(words, 'email');
    const office = (await offices(desk)).get('ambiente');
    const { version } = await desk.case(id);
    await desk.ask(`/cases/${id}/transitions`, {
      method: 'POST',
      body: { command: 'assign', office: office?.id },
      headers: { 'if-match': `"${version}"` },
    });
    const ambiente = new Mailbox('ambiente@comune.poggioverde.example', 'Ambiente e Rifiuti');
    await ambiente.answers(await ambiente.reads(words), words, [asFile(bytes)]);
    return desk.case(id);
  },
  WhatsApp: async (words, bytes) => {
    const control = `${running().urls.simulators.meta}/_control/whatsapp`;
    const from = `39347${randomInt(1_000_000, 9_999_999)}`;
    await told(`${control}/citizens`, { name: 'Ada Neri', waId: from });
    await told(`${control}/messages`, {
      from,
      media: 'image',
      mediaType: 'image/png',
      caption: words,
      base64: bytes.toString('base64'),
    });
    return desk.caseSaying(words, 'whatsapp');
  },
  Messenger: async (words, bytes) => {
    const control = `${running().urls.simulators.meta}/_control/messenger`;
    const psid = `${randomInt(1_000_000, 9_999_999)}${randomInt(1_000_000, 9_999_999)}`;
    await told(`${control}/people`, { name: 'Ada Neri', psid });
    await told(`${control}/messages`, { from: psid, text: words });
    await told(`${control}/messages`, {
      from: psid,
      media: 'image',
      mediaType: 'image/png',
      base64: bytes.toString('base64'),
    });
    return desk.caseSaying(words, 'facebook');
  },
  'a text message with a picture': async (words, bytes) => {
    await told(`${running().urls.simulators.twilio}/_control/sms`, {
      from: `+39348${randomInt(1_000_000, 9_999_999)}`,
      body: words,
      media: [{ mediaType: 'image/png', base64: bytes.toString('base64') }],
    });
    return desk.caseSaying(words, 'phone');
  },
};

/** The message with a file that has come, once it has. */
const withFile = (id: string): Promise<{ message: MessageView; attachment: string }> =>
  eventually('the file has come', async () => {
    for (const message of messagesOf(await desk.case(id)))
      for (const part of message.content)
        if (message.direction === 'in' && part.type === 'media' && part.attachment && part.fetch === 'done')
          return { message, attachment: part.attachment };
    return undefined;
  });

describe('a file is looked at by the virus check before anybody has it', () => {
  it.each(Object.entries(WAYS))('that came by %s', async (_, way) => {
    const clean = await withFile((await way(marked('Con una foto'), FILES.clean)).id);
    expect(await given(`/attachments/${clean.attachment}`)).toBe(200);
    expect(await given(`/messages/${clean.message.id}/original`)).toBe(200);
    const infected = await withFile((await way(marked('Con un virus'), FILES.infected)).id);
    expect(await given(`/attachments/${infected.attachment}`)).toBe(403);
    // The whole delivery holds it too.
    expect(await given(`/messages/${infected.message.id}/original`)).toBe(403);
  });

  it('that came by a form, which waits for a person', async () => {
    const send = async (words: string, bytes: Buffer): Promise<void> => {
      const data = new FormData();
      const fields = {
        oggetto: words,
        descrizione: words,
        luogo: 'Via Roma 12',
        nome: 'Ada',
        email: 'ada@posta.example',
      };
      for (const [name, value] of Object.entries(fields)) data.set(name, value);
      data.append('files', new Blob([new Uint8Array(bytes)]), 'foto.png');
      const url = `${running().urls.channels.webform}/public/forms/segnalazione/submissions`;
      const response = await fetch(url, { method: 'POST', body: data, headers: { 'idempotency-key': randomUUID() } });
      expect([response.status, await response.text()]).toEqual([201, expect.any(String)]);
    };
    const words = marked('Con una foto');
    await send(words, FILES.clean);
    const { attachment } = await withFile((await desk.caseSaying(words, 'webform')).id);
    expect(await given(`/attachments/${attachment}`)).toBe(200);
    const before = new Set((await desk.parked()).items.map(({ id }) => id));
    await send(marked('Con un virus'), FILES.infected);
    const parked = await eventually('the virus waits for a person', async () =>
      (await desk.parked()).items.find(({ id }) => !before.has(id)),
    );
    expect(await given(`/parked-items/${parked.id}/original`)).toBe(403);
    const supervisor = new Desk(running().operators.find(({ name }) => name === 'Paolo Santini')?.token);
    const { state } = await supervisor.ask<ParkedView>(`/parked-items/${parked.id}/discards`, {
      method: 'POST',
      body: { reason: 'Un virus' },
    });
    expect(state).toBe('discarded');
  });

  it('that an operator sends', async () => {
    const upload = async (bytes: Buffer): Promise<number> => {
      const data = new FormData();
      data.set('file', new Blob([new Uint8Array(bytes)]), 'foto.png');
      const response = await fetch(`${running().urls.crm}/api/uploads`, {
        method: 'POST',
        headers: { authorization: `Bearer ${running().operators[0]?.token ?? ''}` },
        body: data,
      });
      await response.arrayBuffer();
      return response.status;
    };
    expect(await upload(FILES.clean)).toBe(201);
    expect(await upload(FILES.infected)).toBe(422);
  });

  inBrowser(`and the whole message too, which waits for who lets it through${why}`, async () => {
    const words = marked('Il virus sta nelle parole');
    const citizen = new Mailbox(`${randomUUID()}@posta.example`, 'Ada Neri');
    await citizen.writes({ to: URP, subject: words, text: `${words}\r\n${EICAR}` });
    const view = await desk.caseSaying(words, 'email');
    const [message] = messagesOf(view);
    const original = `/messages/${message?.id ?? ''}/original`;
    expect(await given(original)).toBe(403);
    const browser = await launched();
    try {
      const { page, mistakes } = await loggedIn(browser, 'Paolo Santini');
      await page.goto(address('supervision/nothing-lost'));
      const row = page.getByRole('row').filter({ hasText: view.number }).filter({ hasText: 'Il messaggio intero' });
      await row.getByRole('button', { name: 'Lascia passare' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Perché è sicuro').fill('Guardato su una macchina isolata');
      await dialog.getByRole('button', { name: 'Lascia passare' }).click();
      await row.waitFor({ state: 'detached' });
      expect(mistakes).toEqual([]);
    } finally {
      await browser?.close();
    }
    expect(await given(original)).toBe(200);
  });

  it('and says its words all the same', async () => {
    const words = marked('Le parole restano');
    const view = await WAYS['a mail']?.(words, FILES.infected);
    expect(messagesOf(view).map(textOf).join()).toContain(words);
  });
});
