import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { startMetaSimulator, type MetaSimulator } from './index.js';

const SECRET = 'secret';
const TOKEN = 'token';
const NUMBER = '106540352242922';
const PAGE = '108870000000001';
const ANNA = { name: 'Anna', waId: '393331110001', bsuid: 'IT.100000000000001' };
const PSID = '11000000000001';

interface Heard {
  readonly body: string;
  readonly signature: string;
}
/** A subscriber that answers what the test wants. */
async function subscriber(status: () => number): Promise<{ url: string; heard: Heard[]; server: Server }> {
  const heard: Heard[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request
      .on('data', (chunk: Buffer) => chunks.push(chunk))
      .on('end', () => {
        heard.push({
          body: Buffer.concat(chunks).toString(),
          signature: String(request.headers['x-hub-signature-256']),
        });
        response.writeHead(status()).end();
      });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, heard, server };
}

const on = async (
  work: (on: { meta: MetaSimulator; heard: Heard[] }) => Promise<void>,
  status: () => number = () => 200,
): Promise<void> => {
  const { url, heard, server } = await subscriber(status);
  const meta = await startMetaSimulator({
    port: 0,
    appSecret: SECRET,
    verifyToken: 'verify',
    accessToken: TOKEN,
    webhooks: { whatsapp: url, page: url },
    retryDelaysMs: [1],
  });
  meta.whatsapp.meet(ANNA);
  meta.pages.meet({ name: 'Anna', psid: PSID });
  try {
    await work({ meta, heard });
  } finally {
    await meta.close();
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
  }
};
interface GraphAnswer {
  readonly status: number;
  readonly json: {
    error?: { code: number; error_subcode?: number; error_data?: { details: string } };
    [name: string]: unknown;
  };
}
const call = async (meta: MetaSimulator, path: string, body?: object, token = TOKEN): Promise<GraphAnswer> => {
  const answer = await fetch(`${meta.url}/v25.0/${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return { status: answer.status, json: (await answer.json()) as GraphAnswer['json'] };
};
const control = async (meta: MetaSimulator, path: string, body?: object): Promise<GraphAnswer> => {
  const answer = await fetch(`${meta.url}/_control/${path}`, {
    ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
  });
  return { status: answer.status, json: (await answer.json()) as GraphAnswer['json'] };
};
const textTo = (to: string, body = 'Buongiorno'): object => ({
  messaging_product: 'whatsapp',
  recipient_type: 'individual',
  to,
  type: 'text',
  text: { body },
});
const statuses = (heard: readonly Heard[]): string[] =>
  heard.flatMap(one => [...one.body.matchAll(/"status":"(\w+)"/g)].map(match => match[1] ?? ''));

describe('the webhooks of the double', () => {
  it('are signed over the very bytes that travel, unicode escaped', () =>
    on(async ({ meta, heard }) => {
      meta.whatsapp.say(ANNA.waId, { text: 'perché 💡' });
      await meta.idle();
      const [one] = heard;
      expect(one?.signature).toBe(
        `sha256=${createHmac('sha256', SECRET)
          .update(one?.body ?? '')
          .digest('hex')}`,
      );
      expect(one?.body).toContain('perch\\u00e9 \\ud83d\\udca1');
    }));

  it('are sent again until they are answered 2xx', () => {
    const answers = [500, 404, 302, 200];
    return on(
      async ({ meta, heard }) => {
        meta.whatsapp.say(ANNA.waId, { text: 'ciao' });
        await meta.idle();
        expect(heard).toHaveLength(4);
        expect(meta.webhooks.records.map(one => [one.status, one.attempts])).toEqual([[200, 4]]);
      },
      () => answers.shift() ?? 200,
    );
  });

  it('come doubled, shuffled, in batches, lost or forged when asked', () =>
    on(async ({ meta, heard }) => {
      await control(meta, 'knobs', { reorder: true, batch: 2 });
      meta.whatsapp.sayTogether(
        ANNA.waId,
        ['uno', 'due', 'tre'].map(text => ({ text })),
      );
      await meta.idle();
      expect(heard.map(one => [...one.body.matchAll(/"body":"(\w+)"/g)].map(match => match[1]))).toEqual([
        ['tre', 'due'],
        ['uno'],
      ]);
      await control(meta, 'knobs', { reorder: false, batch: 1, duplicate: 1, drop: 1 });
      meta.whatsapp.say(ANNA.waId, { text: 'doppio, uno perso' });
      await meta.idle();
      expect(heard).toHaveLength(3);
      await control(meta, 'knobs', { duplicate: 0, badSignature: 1 });
      meta.whatsapp.say(ANNA.waId, { text: 'falso' });
      await meta.idle();
      const forged = heard[3];
      expect(forged?.signature).not.toBe(
        `sha256=${createHmac('sha256', SECRET)
          .update(forged?.body ?? '')
          .digest('hex')}`,
      );
    }));
});

describe('the WhatsApp side of the double', () => {
  it('accepts a reply within the window, and tells sent, delivered and read with our mark', () =>
    on(async ({ meta, heard }) => {
      meta.whatsapp.say(ANNA.waId, { text: 'ciao' });
      const { status, json } = await call(meta, `${NUMBER}/messages`, {
        ...textTo(ANNA.waId),
        biz_opaque_callback_data: 'mark-1',
      });
      expect([status, json.contacts]).toEqual([200, [{ input: ANNA.waId, wa_id: ANNA.waId, user_id: ANNA.bsuid }]]);
      await control(meta, 'whatsapp/read', { citizen: ANNA.waId });
      await meta.idle();
      expect(statuses(heard)).toEqual(['sent', 'delivered', 'read']);
      expect(heard.filter(one => one.body.includes('"biz_opaque_callback_data":"mark-1"'))).toHaveLength(3);
    }));

  it('fails with 131047 once the window is closed, by its own clock', () =>
    on(async ({ meta, heard }) => {
      meta.whatsapp.say(ANNA.waId, { text: 'ciao' });
      await control(meta, 'clock', { advanceMs: 24 * 3_600_000 + 1_000 });
      expect((await call(meta, `${NUMBER}/messages`, textTo(ANNA.waId))).status).toBe(200);
      await meta.idle();
      expect(heard.at(-1)?.body).toContain('"code":131047');
    }));

  it.each([
    ['a field it does not know', { ...textTo(ANNA.waId), colour: 'red' }, 'Unexpected key "colour"'],
    ['a text that is too long', textTo(ANNA.waId, 'a'.repeat(4_097)), '1 to 4096'],
    ['both sorts of recipient', { ...textTo(ANNA.waId), recipient: ANNA.bsuid }, 'Exactly one of to, recipient'],
    ['no product', { to: ANNA.waId, type: 'text', text: { body: 'x' } }, 'messaging_product is required'],
    ['a type it does not know', { ...textTo(ANNA.waId), type: 'hologram' }, 'type must be one of'],
    [
      'four buttons',
      {
        messaging_product: 'whatsapp',
        to: ANNA.waId,
        type: 'interactive',
        interactive: {
          type: 'button',
          body: { text: 'x' },
          action: { buttons: ['a', 'b', 'c', 'd'].map(id => ({ type: 'reply', reply: { id, title: id } })) },
        },
      },
      '1 to 3 items',
    ],
    [
      'an attachment it does not hold',
      { messaging_product: 'whatsapp', to: ANNA.waId, type: 'image', image: { id: '1' } },
      'Media 1 is not known',
    ],
  ])('refuses %s in the shape of the provider', (_, body, details) =>
    on(async ({ meta }) => {
      const { status, json } = await call(meta, `${NUMBER}/messages`, body);
      expect(status).toBe(400);
      expect(json.error?.error_data?.details).toContain(details);
    }),
  );

  it('refuses a token that is not its own, and a number that is nobody’s', () =>
    on(async ({ meta }) => {
      expect((await call(meta, `${NUMBER}/messages`, textTo(ANNA.waId), 'guess')).json.error?.code).toBe(190);
      expect((await call(meta, '404/messages', textTo(ANNA.waId))).json.error).toMatchObject({
        code: 100,
        error_subcode: 33,
      });
    }));

  it('gives an attachment only with the token and a name, and only while the link lives', () =>
    on(async ({ meta }) => {
      const said = meta.whatsapp.say(ANNA.waId, { media: 'image', bytes: Buffer.from('x'), mediaType: 'image/png' });
      const about = await call(meta, `${(said.body as { id: string }).id}?phone_number_id=${NUMBER}`);
      const get = async (headers: Record<string, string>) => (await fetch(String(about.json.url), { headers })).status;
      expect(await get({})).toBe(401);
      expect(await get({ authorization: `Bearer ${TOKEN}` })).toBe(200);
      meta.clock.advance(5 * 60_000 + 1);
      expect(await get({ authorization: `Bearer ${TOKEN}` })).toBe(404);
    }));

  it('accepts and does not answer when asked', () =>
    on(async ({ meta }) => {
      meta.whatsapp.say(ANNA.waId, { text: 'ciao' });
      await control(meta, 'faults', { on: 'messages', kind: 'no_answer' });
      const asked = fetch(`${meta.url}/v25.0/${NUMBER}/messages`, {
        method: 'POST',
        headers: { authorization: `Bearer ${TOKEN}` },
        body: JSON.stringify(textTo(ANNA.waId)),
        signal: AbortSignal.timeout(3_000),
      });
      await expect(asked).rejects.toThrow();
      expect(meta.whatsapp.conversation(ANNA.waId).filter(one => one.direction === 'out')).toHaveLength(1);
    }));

  it('fails once with every code asked for, at once or in a status', () =>
    on(async ({ meta, heard }) => {
      meta.whatsapp.say(ANNA.waId, { text: 'ciao' });
      await control(meta, 'faults', { on: 'messages', code: 131056, status: 429 });
      const refused = await call(meta, `${NUMBER}/messages`, textTo(ANNA.waId));
      expect([refused.status, refused.json.error?.code]).toEqual([429, 131056]);
      await control(meta, 'faults', { on: 'messages', kind: 'failed_status', code: 131049 });
      expect((await call(meta, `${NUMBER}/messages`, textTo(ANNA.waId))).status).toBe(200);
      await meta.idle();
      expect(heard.at(-1)?.body).toContain('131049');
    }));

  it('lets a page act as the citizen: text, photo, place, voice, reaction', () =>
    on(async ({ meta, heard }) => {
      const say = (what: object) => control(meta, 'whatsapp/messages', { from: ANNA.waId, ...what });
      await say({ text: 'ciao' });
      await say({ media: 'image', mediaType: 'image/png', base64: 'eA==', caption: 'la buca' });
      await say({ media: 'voice', mediaType: 'audio/ogg', base64: 'eA==' });
      await say({ latitude: 44.5, longitude: 11.3 });
      await say({ messageId: 'wamid.x', emoji: '👍' });
      await meta.idle();
      expect(heard.flatMap(one => /"type":"(\w+)"/.exec(one.body)?.[1] ?? [])).toEqual([
        'text',
        'image',
        'audio',
        'location',
        'reaction',
      ]);
      expect((await control(meta, 'whatsapp/messages', { from: ANNA.waId })).json).toEqual({
        mistake: '«text» must be a text',
      });
      expect((await control(meta, 'nothing')).status).toBe(404);
    }));
});

describe('the page side of the double', () => {
  const message = (more: object = {}): object => ({
    recipient: { id: PSID },
    messaging_type: 'RESPONSE',
    message: { text: 'Buongiorno', metadata: 'm' },
    ...more,
  });

  it('accepts a reply, echoes it with our metadata, and tells it delivered', () =>
    on(async ({ meta, heard }) => {
      meta.pages.say(PSID, { text: 'ciao' });
      expect((await call(meta, `${PAGE}/messages`, message())).status).toBe(200);
      await meta.idle();
      expect(heard.map(one => /"(is_echo|watermark|text)"/.exec(one.body)?.[1])).toEqual([
        'text',
        'is_echo',
        'watermark',
      ]);
    }));

  it('closes after a day, and after a week for a person’s tag', () =>
    on(async ({ meta }) => {
      meta.pages.say(PSID, { text: 'ciao' });
      meta.clock.advance(25 * 3_600_000);
      expect((await call(meta, `${PAGE}/messages`, message())).json.error).toMatchObject({
        code: 10,
        error_subcode: 2018278,
      });
      const tagged = message({ messaging_type: 'MESSAGE_TAG', tag: 'HUMAN_AGENT' });
      expect((await call(meta, `${PAGE}/messages`, tagged)).status).toBe(200);
      meta.clock.advance(7 * 24 * 3_600_000);
      expect((await call(meta, `${PAGE}/messages`, tagged)).json.error?.code).toBe(10);
    }));

  it('refuses text and attachment together, a tag without its type, and a stranger', () =>
    on(async ({ meta }) => {
      const both = { text: 'x', attachment: { type: 'file', payload: { url: 'https://x/y' } } };
      expect((await call(meta, `${PAGE}/messages`, message({ message: both }))).json.error?.code).toBe(100);
      expect((await call(meta, `${PAGE}/messages`, message({ tag: 'HUMAN_AGENT' }))).json.error?.code).toBe(100);
      expect(
        (await call(meta, `${PAGE}/messages`, message({ recipient: { id: '9' } }))).json.error?.error_subcode,
      ).toBe(2018001);
    }));

  it('lets a comment be answered in private once, within a week, and not when it is gone', () =>
    on(async ({ meta }) => {
      const answer = (id: string) => call(meta, `${PAGE}/messages`, message({ recipient: { comment_id: id } }));
      const first = meta.pages.addComment(PSID, 'Buche!');
      const late = meta.pages.addComment(PSID, 'Ancora buche!');
      const gone = meta.pages.addComment(PSID, 'Scusate');
      expect((await answer(first.id)).json.recipient_id).toBe(PSID);
      expect((await answer(first.id)).json.error?.code).toBe(10900);
      meta.pages.removeComment(gone.id, false);
      expect((await answer(gone.id)).json.error?.error_subcode).toBe(33);
      meta.clock.advance(8 * 24 * 3_600_000);
      expect((await answer(late.id)).json.error?.code).toBe(10903);
    }));

  it('publishes an answer under a comment, and tells it as the page’s own', () =>
    on(async ({ meta, heard }) => {
      const comment = meta.pages.addComment(PSID, 'Buche!');
      const { json } = await call(meta, `${comment.id}/comments`, { message: 'Grazie' });
      await meta.idle();
      expect(heard.at(-1)?.body).toContain(`"comment_id":"${String(json.id)}"`);
      expect(heard.at(-1)?.body).toContain(`"from":{"id":"${PAGE}"`);
      expect((await call(meta, comment.id)).json.message).toBe('Buche!');
      expect((await call(meta, comment.id, { is_hidden: true })).json).toEqual({ success: true });
    }));
});
