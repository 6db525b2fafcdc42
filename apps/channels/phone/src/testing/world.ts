import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HouseFault, type Session } from '@filodiretto/channel-kit';
import { openChannel, type MemoryHost } from '@filodiretto/channel-kit/testing';
import type { CallPart, Inbound, Outbound, Progress } from '@filodiretto/contracts';
import { startTwilioSimulator, type TwilioSimulator } from '@filodiretto/simulators';
import { phone } from '../channel.js';

export const CALLS = '+390550000100';
export const TEXTS = '+393390000100';
export const ANNA = '+393471000001';
export const BRUNO = '+393471000002';
export const OPERATOR = '+390550000199';
export const COLLEAGUE = '+390550000198';
const ACCOUNT_SID = `AC${'0'.repeat(32)}`;
const TOKEN = 'a-token-of-the-spec';

const words = (text: string, english = text): object => ({ 'it-IT': text, 'en-GB': english });
/** A flow that is open at any hour, for tests that run at any hour. */
const ALWAYS_OPEN = {
  start: 'menu',
  timeZone: 'Europe/Rome',
  languages: ['it-IT', 'en-GB'],
  steps: [
    {
      id: 'menu',
      type: 'menu',
      retries: 1,
      next: 'segreteria',
      text: words('Premi 1, 2, 7 o 9', 'Press 1, 2, 7 or 9'),
      keys: [
        { key: '1', next: 'attesa', category: 'anagrafe' },
        { key: '2', next: 'segreteria' },
        { key: '9', next: 'menu', language: 'en-GB' },
        { key: '7', next: 'menu', language: 'it-IT' },
      ],
    },
    { id: 'attesa', type: 'queue', queue: 'urp', text: words('Resta in linea') },
    { id: 'richiamata', type: 'callback', text: words('Ti richiameremo.') },
    { id: 'segreteria', type: 'voicemail', text: words('Lascia un messaggio') },
  ],
};
/** The same, at an hour at which nobody is there. */
export const ALWAYS_CLOSED = {
  ...ALWAYS_OPEN,
  start: 'orari',
  steps: [...ALWAYS_OPEN.steps, { id: 'orari', type: 'hours', hours: [], open: 'menu', closed: 'segreteria' }],
};

/** The channel at work beside the provider's double, which calls it over HTTP, behind a path of a proxy. */
export interface World {
  readonly twilio: TwilioSimulator;
  readonly host: MemoryHost;
  readonly session: Session;
  /** A request of the provider's, signed. */
  readonly post: (
    path: string,
    parameters: Readonly<Record<string, string>>,
  ) => Promise<{ status: number; text: string }>;
  /** Lets time pass at the provider until something is so; throws when it never is. */
  readonly until: (what: string, look: () => boolean) => Promise<void>;
}

export interface WorldOptions {
  readonly flow?: object;
  readonly env?: Readonly<Record<string, string>>;
}

/** Opens a world, and closes it whatever happens. */
export async function inWorld(options: WorldOptions, work: (world: World) => Promise<void>): Promise<void> {
  let session: Session | undefined;
  const server = createServer((request, response) => void passTo(() => session, request, response));
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/telefono`;
  const twilio = await startTwilioSimulator({
    port: 0,
    accountSid: ACCOUNT_SID,
    authToken: TOKEN,
    voiceUrl: `${base}/voice#rc=2&rp=ct,5xx`,
    smsUrl: `${base}/sms#rc=5&rp=all`,
    fallbackUrl: `${base}/voice/fallback`,
    statusUrl: `${base}/voice/status#rc=5&rp=all`,
    numbers: [CALLS],
    smsNumbers: [TEXTS],
    patienceSeconds: 60,
    speed: 0,
  });
  try {
    const open = await openChannel(phone, {
      PUBLIC_URL: base,
      TWILIO_ACCOUNT_SID: ACCOUNT_SID,
      TWILIO_AUTH_TOKEN: TOKEN,
      TWILIO_API_URL: twilio.url,
      PHONE_NUMBERS: CALLS,
      SMS_NUMBERS: TEXTS,
      PHONE_OPERATORS: OPERATOR,
      PHONE_ADMIN_TOKEN: TOKEN,
      PHONE_FLOW: JSON.stringify(options.flow ?? ALWAYS_OPEN),
      PHONE_ANSWER_WITHIN_MS: '10000',
      ...options.env,
    });
    ({ session } = open);
    await work({
      twilio,
      ...open,
      post: async (path, parameters) => {
        const answer = await open.session.webhook?.(signed(`${base}${path}`, parameters));
        if (!answer) throw new Error('the channel answers no webhooks');
        return { status: answer.status, text: await answer.text() };
      },
      until: async (what, look) => {
        for (let second = 0; second < 120; second += 1) {
          await twilio.idle();
          if (look()) return;
          await new Promise(resolve => setTimeout(resolve, 10));
          await twilio.advance(1);
        }
        throw new Error(`it never happened that ${what}`);
      },
    });
  } finally {
    await session?.close?.();
    await twilio.close();
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
  }
}

function signed(url: string, parameters: Readonly<Record<string, string>>): Request {
  const data = Object.keys(parameters)
    .sort()
    .reduce((whole, name) => whole + name + parameters[name], url);
  return new Request(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature': createHmac('sha1', TOKEN).update(data).digest('base64'),
    },
    body: new URLSearchParams(parameters).toString(),
  });
}

/** As the kit does: a fault of the house is answered 503. */
async function passTo(
  session: () => Session | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const { host = '', ...headers } = request.headers;
  try {
    const answer = await session()?.webhook?.(
      new Request(`http://${host}${request.url ?? '/'}`, {
        method: request.method,
        headers: headers as Record<string, string>,
        ...(request.method === 'GET' ? {} : { body: Buffer.concat(chunks) }),
      }),
    );
    response.writeHead(answer?.status ?? 503, Object.fromEntries(answer?.headers ?? []));
    response.end(await answer?.text());
  } catch (error) {
    response.writeHead(error instanceof HouseFault ? 503 : 500).end();
  }
}

const isCall = (part: Inbound['content'][number]): part is CallPart => part.type === 'call';
/** The call as the core shows it: the newest content told of it. */
export function shownOf(host: MemoryHost, sid: string): CallPart | undefined {
  const told: readonly Pick<Progress, 'externalId' | 'content' | 'revision'>[] = [
    ...host.messages.map(({ externalId, content }) => ({ externalId, content, revision: -1 })),
    ...host.progress.filter(one => one.state === 'content'),
  ];
  return told
    .filter(one => one.externalId === sid)
    .toSorted((a, b) => (a.revision ?? 0) - (b.revision ?? 0))
    .at(-1)
    ?.content?.find(isCall);
}
/** What was said to somebody by the system, in order. */
export const heardBy = (call: ReturnType<TwilioSimulator['placeCall']>): string[] =>
  call.transcript.filter(line => line.who === 'system').map(line => line.text);

/** An order to write, or to call when `content` says so. */
export const orderTo = (to: string, more: Partial<Outbound> = {}): Outbound => ({
  id: '019bc14e-7a00-7000-8000-00000000000a',
  attempt: 1,
  channel: 'phone',
  account: TEXTS,
  conversation: `sms:${to}`,
  to: { kind: 'phone', value: to },
  author: 'operator',
  visibility: 'parties',
  content: [{ type: 'text', text: 'La buca sarà riparata venerdì.' }],
  thread: { token: 'token-1' },
  queuedAt: new Date().toISOString(),
  ...more,
});
