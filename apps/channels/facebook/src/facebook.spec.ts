import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { createHmac } from 'node:crypto';
import {
  channelContract,
  openChannel,
  type Delivery,
  type OpenChannel,
  type Said,
} from '@filodiretto/channel-kit/testing';
import type { Outbound } from '@filodiretto/contracts';
import { startMetaSimulator, type MetaSimulator } from '@filodiretto/simulators';
import { facebook } from './channel.js';

const SECRET = 'a-secret-of-the-spec';
const VERIFY = 'a-token-to-verify';
const ACCESS = 'an-access-token';
const PAGE = '108870000000001';
const ANNA = '11000000000001';
const BRUNO = '11000000000002';

/** The provider's double, and the webhooks of the channel under test, which it does not call by itself here. */
interface Double {
  readonly meta: MetaSimulator;
}
const double = async (): Promise<Double> => {
  const meta = await startMetaSimulator({
    port: 0,
    appSecret: SECRET,
    verifyToken: VERIFY,
    accessToken: ACCESS,
    appId: '1000000000000001',
    pages: { [PAGE]: 'Comune di prova' },
  });
  meta.pages.meet({ name: 'Anna', psid: ANNA });
  meta.pages.meet({ name: 'Bruno', psid: BRUNO });
  // Who never wrote cannot be written to.
  meta.pages.say(ANNA, { text: 'ciao' });
  return { meta };
};
const envOf = ({ meta }: Double): Record<string, string> => ({
  FACEBOOK_PAGES: PAGE,
  FACEBOOK_APP_SECRET: SECRET,
  FACEBOOK_APP_ID: '1000000000000001',
  FACEBOOK_VERIFY_TOKEN: VERIFY,
  FACEBOOK_ACCESS_TOKEN: ACCESS,
  GRAPH_API_URL: meta.url,
  FACEBOOK_MEDIA_HOSTS: new URL(meta.url).host,
});
const requestOf = (raw: Uint8Array, secret: string): Request =>
  new Request('https://citta.example/facebook/webhook', {
    method: 'POST',
    headers: { 'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(raw).digest('hex')}` },
    body: Uint8Array.from(raw),
  });
const deliveryOf = (entry: object): Delivery => ({
  raw: Buffer.from(JSON.stringify({ object: 'page', entry: [{ id: PAGE, time: 1_768_478_400_000, ...entry }] })),
  account: PAGE,
  mediaType: 'application/json',
});
const personOf = (person: Said['person']): string => (person === 'anna' ? ANNA : BRUNO);
const eventOf = ({ id, person, text, at }: Said): object => ({
  sender: { id: personOf(person) },
  recipient: { id: PAGE },
  timestamp: Date.parse(at),
  message: { mid: `m_${id}`, text },
});
const orderTo = (psid: string): Pick<Outbound, 'account' | 'conversation' | 'to'> => ({
  account: PAGE,
  conversation: psid,
  to: { kind: 'psid', value: psid },
});

channelContract('facebook', {
  channel: facebook,
  provider: double,
  stop: ({ meta }) => meta.close(),
  env: envOf,
  badConfiguration: {
    env: { FACEBOOK_PAGES: PAGE, FACEBOOK_APP_SECRET: 'short', GRAPH_API_URL: 'nowhere' },
    mistakes: ['FACEBOOK_APP_SECRET', 'FACEBOOK_VERIFY_TOKEN', 'FACEBOOK_ACCESS_TOKEN', 'GRAPH_API_URL'],
  },
  fixtures: { folder: new URL('./fixtures/', import.meta.url), account: PAGE, mediaType: 'application/json' },
  say: said => deliveryOf({ messaging: said.map(eventOf) }),
  batches: true,
  oneConversation: true,
  unknownKind: () =>
    deliveryOf({
      messaging: [
        { sender: { id: ANNA }, recipient: { id: PAGE }, timestamp: 1_768_478_400_000, hologram: { depth: 3 } },
      ],
    }),
  webhook: {
    request: ({ raw }) => requestOf(raw, SECRET),
    forged: ({ raw }) => requestOf(raw, 'the-secret-of-a-stranger'),
  },
  listen: { notApplicable: 'the provider calls us' },
  send: {
    order: orderTo(ANNA),
    sent: ({ meta }) => meta.pages.messages.filter(message => message.direction === 'out').length,
    refusal: {
      reason: 'undeliverable',
      arrange: (order, { meta }) => {
        meta.pages.follower(ANNA).unreachable = true;
        return order;
      },
    },
    unknown: (order, { meta }) => {
      meta.faults.add({ on: 'messages', kind: 'bare', status: 502 });
      return order;
    },
  },
  connection: {
    refused: { side: 'account', result: 'not_found', env: () => ({ FACEBOOK_PAGES: '108870000000999' }) },
    silent: ({ host, port }) => ({ GRAPH_API_URL: `http://${host}:${port}` }),
  },
});

describe('the facebook channel', () => {
  const on = async (work: (open: OpenChannel, meta: MetaSimulator) => Promise<void>): Promise<void> => {
    const provider = await double();
    try {
      await work(await openChannel(facebook, envOf(provider)), provider.meta);
    } finally {
      await provider.meta.close();
    }
  };
  const order = (more: Partial<Outbound> = {}): Outbound => ({
    id: '019bc14e-7a00-7000-8000-00000000000a',
    attempt: 1,
    channel: 'facebook',
    ...orderTo(ANNA),
    author: 'operator',
    visibility: 'parties',
    content: [{ type: 'text', text: 'Buongiorno' }],
    thread: { token: 'tok' },
    queuedAt: new Date().toISOString(),
    ...more,
  });
  const hours = (count: number): string => new Date(Date.now() - count * 3_600_000).toISOString();
  const give = async (open: OpenChannel, delivery: Delivery): Promise<void> => {
    const answer = await open.session.webhook?.(requestOf(delivery.raw, SECRET));
    expect(answer?.status).toBe(200);
  };
  const comment = (value: object): Delivery =>
    deliveryOf({
      changes: [
        {
          field: 'feed',
          value: { item: 'comment', verb: 'add', post_id: `${PAGE}_1001`, created_time: 1_768_478_400, ...value },
        },
      ],
    });

  it('proves its address to who has the token only', () =>
    on(async ({ session }) => {
      const ask = (token: string): Promise<Response> | undefined =>
        session.webhook?.(
          new Request(`https://citta.example/webhook?hub.mode=subscribe&hub.challenge=42&hub.verify_token=${token}`),
        );
      expect(await (await ask(VERIFY))?.text()).toBe('42');
      expect((await ask('wrong'))?.status).toBe(403);
    }));

  it('answers under a person’s tag after a day, never for a machine, and not at all after a week', () =>
    on(async ({ session }, meta) => {
      meta.pages.say(ANNA, { text: 'ciao' });
      meta.clock.advance(30 * 3_600_000);
      expect(await session.send(order({ lastInboundAt: hours(30) }))).toMatchObject({ kind: 'accepted' });
      expect(meta.pages.messages.at(-1)?.tag).toBe('HUMAN_AGENT');
      expect(await session.send(order({ author: 'automation', lastInboundAt: hours(30) }))).toMatchObject({
        reason: 'window_closed',
      });
      expect(await session.send(order({ lastInboundAt: hours(200) }))).toMatchObject({ reason: 'window_closed' });
    }));

  it('offers answers as the provider’s buttons, and takes the one that is pressed for the answer', () =>
    on(async (open, meta) => {
      meta.pages.say(ANNA, { text: 'ciao' });
      const offered = [
        { type: 'choice' as const, id: 'consent:1:yes', title: 'Acconsento' },
        { type: 'choice' as const, id: 'consent:1:no', title: 'Non acconsento' },
      ];
      const content = [{ type: 'text' as const, text: 'Vuole gli avvisi?' }, ...offered];
      expect(await open.session.send(order({ content }))).toMatchObject({ kind: 'accepted' });
      expect(meta.pages.messages.at(-1)?.quickReplies).toEqual(
        offered.map(({ id, title }) => expect.objectContaining({ title, payload: id })),
      );
      await give(
        open,
        deliveryOf({
          messaging: [
            {
              sender: { id: ANNA },
              recipient: { id: PAGE },
              timestamp: 1_768_478_400_000,
              message: { mid: 'm_9', text: 'Acconsento', quick_reply: { payload: 'consent:1:yes' } },
            },
          ],
        }),
      );
      expect(open.host.messages.at(-1)?.content).toEqual([offered[0]]);
    }));

  it('says in words, in the private reply to a comment, what it offers', () =>
    on(async ({ session }, meta) => {
      const said = meta.pages.addComment(ANNA, 'Quando?');
      const content = [
        { type: 'text' as const, text: 'Vuole gli avvisi?' },
        { type: 'choice' as const, id: 'yes', title: 'Sì' },
      ];
      const conversation = `comment:${said.post}:${ANNA}`;
      await session.send(order({ conversation, thread: { token: 'tok', inReplyTo: said.id }, content }));
      const sent = meta.pages.messages.at(-1);
      expect([sent?.text, sent?.quickReplies, sent?.comment]).toEqual(['Vuole gli avvisi?\n• Sì', undefined, said.id]);
    }));

  it('carries under a comment, too, the longest question and the longest choices that it says it does', () =>
    on(async ({ session }, meta) => {
      const { choices } = facebook.manifest.capabilities;
      if (!choices) throw new Error('no choices are announced');
      const said = meta.pages.addComment(ANNA, 'Quando?');
      const offered = Array.from({ length: choices.max }, (_, index) => ({
        type: 'choice' as const,
        id: String(index),
        title: 'S'.repeat(choices.titleMaxLength),
      }));
      const content = [{ type: 'text' as const, text: 'a'.repeat(choices.textMaxLength ?? 2_000) }, ...offered];
      const conversation = `comment:${said.post}:${ANNA}`;
      const inReply = order({ conversation, thread: { token: 'tok', inReplyTo: said.id }, content });
      expect(await session.send(inReply)).toMatchObject({ kind: 'accepted' });
      expect(meta.pages.messages.at(-1)?.text).toHaveLength(2_000);
    }));

  it('knows its own echo, and takes another application’s for a message of one of us', () =>
    on(async (open, meta) => {
      meta.pages.say(ANNA, { text: 'ciao' });
      await open.session.send(order());
      const echoed = (message: object): Delivery =>
        deliveryOf({
          messaging: [
            {
              sender: { id: PAGE },
              recipient: { id: ANNA },
              timestamp: 1_768_478_400_000,
              message: { is_echo: true, ...message },
            },
          ],
        });
      await give(open, echoed({ mid: 'm_1', text: 'Buongiorno', metadata: '019bc14e-7a00-7000-8000-00000000000a:1' }));
      await give(open, echoed({ mid: 'm_2', text: 'Rispondo dalla pagina', app_id: 263902037430900 }));
      expect(open.host.progress).toMatchObject([
        { message: '019bc14e-7a00-7000-8000-00000000000a', attempt: 1, externalId: 'm_1', state: 'sent' },
      ]);
      expect(open.host.messages).toMatchObject([{ author: 'external_app', externalId: 'm_2', conversation: ANNA }]);
    }));

  it('takes watermarks for everything up to them', () =>
    on(async open => {
      const event = (what: object): Delivery =>
        deliveryOf({
          messaging: [{ sender: { id: ANNA }, recipient: { id: PAGE }, timestamp: 1_768_478_400_000, ...what }],
        });
      await give(open, event({ delivery: { watermark: 1_768_478_400_000 } }));
      await give(open, event({ read: { watermark: 1_768_478_500_000 } }));
      expect(open.host.progress.map(one => [one.state, one.conversation, one.upTo])).toEqual([
        ['delivered', ANNA, '2026-01-15T12:00:00.000Z'],
        ['read', ANNA, '2026-01-15T12:01:40.000Z'],
      ]);
    }));

  it('keeps what another application holds and routes it nowhere', () =>
    on(async open => {
      await give(
        open,
        deliveryOf({ standby: [eventOf({ id: 's', person: 'anna', text: 'ciao', at: '2026-01-15T12:00:00Z' })] }),
      );
      expect(open.host.receptions).toHaveLength(1);
      expect(open.host.messages).toEqual([]);
    }));

  it('takes a comment as public, the page’s own as nothing, and one without author as a conversation of its own', () =>
    on(async open => {
      await give(
        open,
        comment({ comment_id: '1001_1', from: { id: '77', name: 'Carla' }, message: 'Buche in via Roma!' }),
      );
      await give(open, comment({ comment_id: '1001_2', from: { id: PAGE, name: 'Comune' }, message: 'Grazie' }));
      await give(open, comment({ comment_id: '1001_3', message: 'Anche qui' }));
      expect(open.host.messages).toMatchObject([
        {
          externalId: '1001_1',
          conversation: `comment:${PAGE}_1001:77`,
          flags: { public: true },
          from: { displayName: 'Carla' },
        },
        { externalId: '1001_3', conversation: `comment:${PAGE}_1001:1001_3`, from: { verified: false } },
      ]);
    }));

  it('answers a comment in public under it, in private once, and not one that was removed', () =>
    on(async ({ session, host }, meta) => {
      const written = meta.pages.addComment(ANNA, 'Buche in via Roma!');
      const under = {
        conversation: `comment:${written.post}:${ANNA}`,
        to: { kind: 'facebook_user', value: ANNA },
        thread: { token: 'tok', inReplyTo: written.id },
      };
      expect(await session.send(order({ ...under, visibility: 'public' }))).toMatchObject({ kind: 'accepted' });
      expect(meta.pages.comments.at(-1)).toMatchObject({ parent: written.id, message: 'Buongiorno' });
      expect(await session.send(order(under))).toMatchObject({ kind: 'accepted' });
      expect(host.progress.at(-1)?.merge).toEqual([
        { kind: 'facebook_user', value: ANNA },
        { kind: 'psid', value: ANNA },
      ]);
      expect(await session.send(order(under))).toMatchObject({ kind: 'refused', reason: 'policy' });
      meta.pages.removeComment(written.id, false);
      expect(await session.send(order({ ...under, visibility: 'public' }))).toMatchObject({
        reason: 'invalid_recipient',
      });
    }));

  it('says "later" when it could not read the comment again, and "accepted" whatever becomes of the news of it', () =>
    on(async ({ session, host }, meta) => {
      const written = meta.pages.addComment(ANNA, 'Buche in via Roma!');
      const under = {
        conversation: `comment:${written.post}:${ANNA}`,
        to: { kind: 'facebook_user', value: ANNA },
        thread: { token: 'tok', inReplyTo: written.id },
      };
      meta.faults.add({ on: 'any', kind: 'bare', status: 502 });
      expect(await session.send(order({ ...under, visibility: 'public' }))).toMatchObject({ reason: 'rate_limited' });
      host.breaks = 'publish';
      expect(await session.send(order(under))).toMatchObject({ kind: 'accepted' });
    }));

  it('fetches an attachment from the provider’s hosts, and from no other', () =>
    on(async (open, meta) => {
      const stored = meta.pages.say(ANNA, { media: 'image', bytes: Buffer.from('png'), mediaType: 'image/png' });
      const sent = (url: string, mid: string): Delivery =>
        deliveryOf({
          messaging: [
            {
              sender: { id: ANNA },
              recipient: { id: PAGE },
              timestamp: 1_768_478_400_000,
              message: { mid, attachments: [{ type: 'image', payload: { url } }] },
            },
          ],
        });
      await give(open, sent(stored.attachment?.url ?? '', 'm_good'));
      await open.host.fetchPending();
      expect(open.host.progress).toMatchObject([{ externalId: 'm_good', state: 'media', media: { fetch: 'done' } }]);
      await expect(
        open.session.fetchMedia?.({
          account: PAGE,
          externalId: 'm',
          conversation: ANNA,
          part: 0,
          source: 'https://elsewhere.example/x.png',
          media: { type: 'media', kind: 'image', mediaType: 'image/*', fetch: 'pending', scan: 'pending' },
        }),
      ).rejects.toThrow('none of the hosts');
    }));

  it('uploads an attachment and says it in the same conversation', () =>
    on(async (open, meta) => {
      meta.pages.say(ANNA, { text: 'ciao' });
      const blob = await open.host.keep(Buffer.from('%PDF-'), 'application/pdf');
      const content: Outbound['content'] = [
        {
          type: 'media',
          kind: 'file',
          mediaType: 'application/pdf',
          filename: 'modulo.pdf',
          blob,
          fetch: 'done',
          scan: 'clean',
        },
        { type: 'text', text: 'Ecco il modulo' },
      ];
      expect(await open.session.send(order({ content }))).toMatchObject({ kind: 'accepted' });
      expect(meta.pages.conversation(ANNA).filter(one => one.direction === 'out')).toMatchObject([
        { attachment: { type: 'file' } },
        { text: 'Ecco il modulo' },
      ]);
    }));
});
