import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { FlagSetting, TextSetting } from '@filodiretto/platform';
import type { Outbound } from '@filodiretto/contracts';
import { NotConnected, type Channel, type Connection, type Fact, type Host, type SendOutcome } from '../contract.js';
import { isNotApplicable, notApplicable, type ChannelHarness } from './harness.js';
import { behavioursOf } from './channel-contract.js';
import { goldenOf } from './goldens.js';
import { memoryHost } from './memory-host.js';

class SpecConfig {
  @TextSetting('Secret', { secret: true, min: 8 }) readonly specSecret: string;
  @FlagSetting('Switch', { default: false }) readonly specSwitch: boolean;
  @TextSetting('Address', { optional: true }) readonly specUrl?: string;
}
interface Item {
  readonly id: string;
  readonly person: string;
  readonly text?: string;
  readonly at: string;
}
/** What the provider was given, and what it keeps for who listens. */
interface Provider {
  readonly sent: string[];
  readonly inbox: Uint8Array[];
}

/** The ways in which a channel can be wrong, one at a time. */
type Fault =
  | 'answers yes before it holds'
  | 'reads the first item only'
  | 'makes ids by chance'
  | 'believes any signature'
  | 'fails on an unknown kind'
  | 'makes a conversation a message'
  | 'makes one conversation for all'
  | 'cuts long texts'
  | 'ignores the window'
  | 'leaves out what it cannot carry'
  | 'calls a loss a refusal'
  | 'sends twice'
  | 'lets go before it holds'
  | 'says what the contract does not allow'
  | 'says that it cannot say a word'
  | 'says that it works without asking'
  | 'tells its secret'
  | 'sends to try its connection';

const TEXT_MAX = 100;

class SpecSession {
  readonly accounts = ['one'];
  constructor(
    private readonly fault: Fault | undefined,
    private readonly config: SpecConfig,
    private readonly host: Host,
    private readonly provider: Provider,
  ) {}

  async read(_reception: object, raw: Uint8Array): Promise<Fact[]> {
    const { items } = JSON.parse(Buffer.from(raw).toString()) as { items: Item[] };
    const read = this.fault === 'reads the first item only' ? items.slice(0, 1) : items;
    return Promise.resolve(read.map(item => this.factOf(item)));
  }
  private factOf({ id, person, text, at }: Item): Fact {
    if (text === undefined && this.fault === 'fails on an unknown kind') throw new Error('unknown kind');
    const conversation = { 'makes a conversation a message': id, 'makes one conversation for all': 'all' };
    return {
      message: {
        account: 'one',
        externalId: this.fault === 'makes ids by chance' ? randomUUID() : id,
        conversation: Object.entries(conversation).find(([fault]) => fault === this.fault)?.[1] ?? person,
        from: { kind: 'name', value: person },
        author: 'contact',
        content: [text === undefined ? { type: 'unsupported', providerType: 'new' } : { type: 'text', text }],
        sentAt: this.fault === 'says what the contract does not allow' ? 'yesterday' : at,
      },
    };
  }
  connections(): readonly Connection[] {
    const ask = async (): Promise<string> => {
      if (this.fault === 'sends to try its connection') this.provider.sent.push('a try');
      if (this.fault === 'says that it works without asking') return 'yes';
      if (this.fault === 'tells its secret') return this.config.specSecret;
      if (this.config.specUrl) await fetch(this.config.specUrl);
      if (this.config.specSecret !== 'long-enough') throw new NotConnected('unauthorized', 'who are you?');
      return 'Spec & Co.';
    };
    return [{ side: 'account', ask }];
  }
  async webhook(request: Request): Promise<Response> {
    const raw = new Uint8Array(await request.arrayBuffer());
    if (request.headers.get('signature') !== 'good' && this.fault !== 'believes any signature')
      return new Response(null, { status: 401 });
    const held = this.host.receive(raw, { account: 'one', mediaType: 'application/json' });
    if (this.fault === 'answers yes before it holds') held.catch(() => undefined);
    else await held;
    return new Response('yes');
  }
  async listen(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const [raw] = this.provider.inbox;
      if (raw && this.fault === 'lets go before it holds') this.provider.inbox.shift();
      if (raw) await this.host.receive(raw, { account: 'one', mediaType: 'application/json' });
      if (raw && this.fault !== 'lets go before it holds') this.provider.inbox.shift();
      await new Promise(resolve => setTimeout(resolve, 5));
    }
  }
  send({ content, lastInboundAt }: Outbound): Promise<SendOutcome> {
    const refuse = (reason: 'too_long' | 'window_closed' | 'unsupported_content' | 'opted_out'): Promise<SendOutcome> =>
      Promise.resolve({ kind: 'refused', reason, detail: 'no' });
    const text = content.map(part => (part.type === 'text' ? part.text : '')).join('');
    if (content.some(part => part.type !== 'text') && this.fault !== 'leaves out what it cannot carry')
      return refuse('unsupported_content');
    if (text.length > TEXT_MAX && this.fault !== 'cuts long texts') return refuse('too_long');
    const closed = Date.parse(lastInboundAt ?? '') < Date.now() - 24 * 3_600_000;
    if (closed && this.fault !== 'ignores the window') return refuse('window_closed');
    if (text === 'no') return refuse('opted_out');
    this.provider.sent.push(text.slice(0, TEXT_MAX));
    if (text === 'lost' && this.fault === 'sends twice') this.provider.sent.push(text);
    if (text === 'lost' && this.fault === 'calls a loss a refusal') return refuse('opted_out');
    if (text === 'lost') return Promise.reject(new Error('no answer'));
    return Promise.resolve({ kind: 'accepted', externalId: `out-${this.provider.sent.length}` });
  }
}

const withText = (order: Outbound, text: string): Outbound => ({ ...order, content: [{ type: 'text', text }] });
const requestOf = (raw: Uint8Array, signature: string): Request =>
  new Request('https://citta.example/spec', {
    method: 'POST',
    headers: { signature },
    body: Uint8Array.from(raw),
  });

function harnessWith(fault?: Fault): ChannelHarness<SpecConfig, Provider> {
  let provider: Provider = { sent: [], inbox: [] };
  const channel: Channel<SpecConfig> = {
    manifest: {
      id: 'spec',
      name: 'Prova',
      capabilities: {
        reply: true,
        text: { maxLength: TEXT_MAX },
        replyWindow: { hours: 24 },
        ...(fault === 'says that it cannot say a word' ? { text: { maxLength: 0 } } : {}),
      },
    },
    config: SpecConfig,
    connect: (config, host) => Promise.resolve(new SpecSession(fault, config, host, provider)),
  };
  const delivery = (items: readonly object[]): { raw: Uint8Array; account: string; mediaType: string } => ({
    raw: Buffer.from(JSON.stringify({ items })),
    account: 'one',
    mediaType: 'application/json',
  });
  return {
    channel,
    provider: () => (provider = { sent: [], inbox: [] }),
    env: () => ({ SPEC_SECRET: 'long-enough' }),
    badConfiguration: { env: { SPEC_SECRET: 'tiny', SPEC_SWITCH: '7' }, mistakes: ['SPEC_SECRET', 'SPEC_SWITCH'] },
    fixtures: {
      folder: new URL('./fixtures-of-spec/', import.meta.url),
      account: 'one',
      mediaType: 'application/json',
    },
    say: delivery,
    batches: true,
    oneConversation: true,
    unknownKind: () => delivery([{ id: 'x', person: 'anna', at: '2026-01-15T11:00:00.000Z' }]),
    webhook: { request: ({ raw }) => requestOf(raw, 'good'), forged: ({ raw }) => requestOf(raw, 'bad') },
    listen: { put: ({ raw }, { inbox }) => void inbox.push(raw), waiting: ({ inbox }) => inbox.length },
    send: {
      order: { account: 'one', conversation: 'anna', to: { kind: 'name', value: 'anna' } },
      sent: ({ sent }) => sent.length,
      refusal: { reason: 'opted_out', arrange: order => withText(order, 'no') },
      unknown: order => withText(order, 'lost'),
    },
    connection: {
      refused: { side: 'account', result: 'unauthorized', env: () => ({ SPEC_SECRET: 'revoked-long-ago' }) },
      silent: ({ host, port }) => ({ SPEC_URL: `http://${host}:${port}` }),
    },
  };
}

/** The names of the behaviours that a channel fails. */
async function failures(harness: ChannelHarness<SpecConfig, Provider>, only = /./): Promise<string[]> {
  const failed: string[] = [];
  for (const { name, try: attempt } of behavioursOf('spec', harness)) {
    if (!only.test(name) || isNotApplicable(attempt)) continue;
    await Promise.resolve()
      .then(attempt)
      .catch(() => failed.push(name));
  }
  return failed;
}

describe('the contract suite', () => {
  it('passes a channel that keeps every law', async () => {
    expect(await failures(harnessWith())).toEqual([]);
  });

  it.each<[Fault, RegExp]>([
    ['answers yes before it holds', /does not tell the provider yes when the house cannot keep/],
    ['answers yes before it holds', /does not tell the provider yes when the house cannot publish/],
    ['reads the first item only', /every item of a batch/],
    ['makes ids by chance', /as its golden says, twice/],
    ['makes ids by chance', /three times as one message/],
    ['makes ids by chance', /whatever the order/],
    ['believes any signature', /forged delivery/],
    ['fails on an unknown kind', /unknown kind/],
    ['makes a conversation a message', /ten parallel first messages/],
    ['makes one conversation for all', /never mixes/],
    ['cuts long texts', /too long/],
    ['ignores the window', /reply window is closed/],
    ['leaves out what it cannot carry', /cannot carry/],
    ['calls a loss a refusal', /nobody knows whether it was sent/],
    ['sends twice', /nobody knows whether it was sent/],
    ['lets go before it holds', /leaves with the provider what the house cannot keep/],
    ['says what the contract does not allow', /as the contract allows/],
    ['says that it cannot say a word', /introduces itself/],
    ['says that it works without asking', /which side of the connection is refused/],
    ['says that it works without asking', /never answers/],
    ['tells its secret', /whether it is connected/],
    ['sends to try its connection', /changes nothing there/],
  ])(
    'catches a channel that %s: %p',
    async (fault, law) => {
      expect(await failures(harnessWith(fault), law)).toHaveLength(1);
    },
    30_000,
  );

  it('tries that a channel which does not send says so', async () => {
    const says = { ...harnessWith(), send: notApplicable('a test') };
    expect(await failures(says, /cannot send/)).toHaveLength(1);
  });

  it('does not write goldens in CI, and never takes a missing one for a good one', () => {
    const fixture = {
      file: 'x.json',
      golden: new URL('./none.expected.json', import.meta.url),
      delivery: { raw: new Uint8Array(), account: 'one', mediaType: 'application/json' },
    };
    expect(() => goldenOf(fixture, [], { UPDATE_GOLDENS: '1', CI: 'true' })).toThrow('CI');
    expect(() => goldenOf(fixture, [], {})).toThrow('no golden');
  });
});

describe('the house in memory', () => {
  it('receives nothing before the channel is open, like the real one', async () => {
    const receiving = memoryHost({ channel: 'spec' }).receive(new Uint8Array(), { account: 'one', mediaType: 'x/y' });
    await expect(receiving).rejects.toThrow('not open yet');
  });
});
