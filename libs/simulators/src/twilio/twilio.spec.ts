import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import twilio from 'twilio';
import { startTwilioSimulator, type TwilioSimulator } from './index.js';

const ACCOUNT = `AC${'0'.repeat(32)}`;
const TOKEN = '0123456789abcdef0123456789abcdef';
const OLD = 'fedcba9876543210fedcba9876543210';
const OURS = '+390550000100';
const TEXTS = '+393390000100';
const ANNA = '+393471000001';
const OPERATOR = '+390550000199';
const EMPTY = '<Response/>';

interface Heard {
  readonly path: string;
  readonly form: Record<string, string>;
  readonly valid: boolean;
  readonly token: string;
}
type Script = Record<string, string | ((form: Record<string, string>) => string | number)>;

/** The subscriber: answers as the script says, and keeps what it was asked. */
let script: Script;
let heard: Heard[];
let city: Server;
let base: string;
let simulator: TwilioSimulator;

const start = (more: Partial<Parameters<typeof startTwilioSimulator>[0]> = {}) =>
  startTwilioSimulator({
    port: 0,
    accountSid: ACCOUNT,
    authToken: TOKEN,
    oldAuthToken: OLD,
    voiceUrl: `${base}/voice`,
    smsUrl: `${base}/sms`,
    numbers: [OURS],
    smsNumbers: [TEXTS],
    speed: 0,
    ...more,
  });

beforeEach(async () => {
  script = {};
  heard = [];
  city = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const form = Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString()));
      const path = (request.url ?? '').split('?')[0] ?? '';
      const signature = String(request.headers['x-twilio-signature']);
      const valid = (token: string) => twilio.validateRequest(token, signature, `${base}${request.url}`, form);
      heard.push({
        path,
        form,
        valid: valid(TOKEN) || valid(OLD),
        token: String(request.headers['i-twilio-idempotency-token']),
      });
      const said = script[path];
      const answer = typeof said === 'function' ? said(form) : (said ?? EMPTY);
      if (typeof answer === 'number') response.writeHead(answer).end();
      else response.writeHead(200, { 'content-type': 'text/xml' }).end(answer);
    });
  });
  await new Promise<void>(resolve => city.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(city.address() as AddressInfo).port}`;
  simulator = await start();
});
afterEach(async () => {
  await simulator.close();
  city.closeAllConnections();
  await new Promise(resolve => city.close(resolve));
});

const paths = () => heard.map(one => one.path);
const at = (path: string) => heard.filter(one => one.path === path).map(one => one.form);
const words = (call: ReturnType<TwilioSimulator['placeCall']>) =>
  call.transcript.map(({ who, text }) => `${who}: ${text}`);

describe('an incoming call', () => {
  it('asks signed documents, hears them, and tells its end', async () => {
    script['/voice'] =
      '<Response><Gather numDigits="1" action="/menu"><Say language="it-IT">Prema</Say></Gather></Response>';
    script['/menu'] = ({ Digits }) => `<Response><Say language="it-IT">Ha premuto ${Digits}</Say></Response>`;
    const call = simulator.placeCall({ from: ANNA });
    expect(call.state).toBe('ringing');
    await simulator.idle();
    expect([call.state, call.hears.keys]).toEqual(['speaking', true]);
    call.press('3');
    await simulator.idle();
    expect(words(call)).toEqual(['system: Prema', 'citizen: 3', 'system: Ha premuto 3']);
    expect(call.state).toBe('ended');
    expect(paths()).toEqual(['/voice', '/menu', '/voice/status']);
    expect(heard.every(one => one.valid)).toBe(true);
    expect(at('/voice')[0]).toMatchObject({
      CallSid: call.sid,
      From: ANNA,
      To: OURS,
      Direction: 'inbound',
      CallStatus: 'ringing',
    });
    expect(at('/voice/status')[0]).toMatchObject({ CallStatus: 'completed', SequenceNumber: '0', CallDuration: '0' });
    expect(Date.parse(at('/voice/status')[0]?.Timestamp ?? '')).not.toBeNaN();
  });

  it('lets the caller be silent without any real waiting', async () => {
    script['/voice'] = '<Response><Gather action="/menu" timeout="600"/><Redirect>/silent</Redirect></Response>';
    simulator.placeCall({ from: ANNA });
    await simulator.advance(599);
    expect(paths()).not.toContain('/silent');
    await simulator.advance(1);
    expect(paths()).toContain('/silent');
  });

  it('hears the fallback when the document fails, and an error of the provider when that fails too', async () => {
    await simulator.close();
    simulator = await start({ fallbackUrl: `${base}/fallback` });
    script['/voice'] = () => 503;
    script['/fallback'] = '<Response><Say language="it-IT">Richiami</Say></Response>';
    const call = simulator.placeCall({ from: ANNA });
    await simulator.idle();
    expect(words(call)).toEqual(['system: Richiami']);
    expect(at('/fallback')[0]).toMatchObject({ ErrorCode: '11200', ErrorUrl: `${base}/voice` });
    expect(paths().filter(path => path === '/voice')).toHaveLength(1);

    script['/fallback'] = '<Response><Say>';
    const second = simulator.placeCall({ from: ANNA });
    await simulator.idle();
    expect(words(second)).toEqual(['system: We are sorry, an application error has occurred. Goodbye.']);
    expect(simulator.errors.map(error => error.code)).toEqual([11200, 11200, 12100]);
  });

  it('asks again as the fragment of the address says, with the same token', async () => {
    await simulator.close();
    simulator = await start({ voiceUrl: `${base}/voice#rc=2&rp=5xx` });
    let times = 0;
    script['/voice'] = () => ((times += 1) < 3 ? 500 : '<Response><Say>Eccoci</Say></Response>');
    const call = simulator.placeCall({ from: ANNA });
    await simulator.idle();
    expect(words(call)).toEqual(['system: Eccoci']);
    expect(new Set(heard.filter(one => one.path === '/voice').map(one => one.token)).size).toBe(1);
    expect(simulator.deliveries[0]).toMatchObject({ attempts: 3, status: 200 });
  });

  it('is recorded until the caller hangs up, and the sound is behind the account’s password until deleted', async () => {
    script['/voice'] = '<Response><Record action="/done" recordingStatusCallback="/recording"/></Response>';
    const call = simulator.placeCall({ from: ANNA });
    await simulator.idle();
    call.speak('Il lampione è spento');
    call.hangUp();
    await simulator.idle();
    const url = at('/done')[0]?.RecordingUrl ?? '';
    expect(at('/done')[0]).toMatchObject({ Digits: 'hangup', CallSid: call.sid });
    expect(at('/recording')[0]).toMatchObject({
      RecordingStatus: 'completed',
      RecordingSource: 'RecordVerb',
      RecordingUrl: url,
    });
    expect(simulator.recordings.all()[0]?.words).toBe('Il lampione è spento');
    expect((await fetch(`${url}.mp3`)).status).toBe(401);
    const mp3 = await rest('GET', new URL(`${url}.mp3`).pathname);
    expect(mp3.headers.get('content-type')).toBe('audio/mpeg');
    expect(Buffer.from(await mp3.arrayBuffer()).readUInt16BE(0)).toBe(0xfffb);
    const wav = Buffer.from(await (await rest('GET', `${new URL(url).pathname}.wav`)).arrayBuffer());
    expect([wav.toString('latin1', 0, 4), wav.readUInt32LE(4)]).toEqual(['RIFF', wav.byteLength - 8]);
    expect((await rest('DELETE', `${new URL(url).pathname}.json`)).status).toBe(204);
    expect((await rest('GET', `${new URL(url).pathname}.mp3`)).status).toBe(404);
  });
});

describe('a queue', () => {
  beforeEach(() => {
    script['/voice'] = '<Response><Enqueue waitUrl="/wait" action="/left">q-1</Enqueue></Response>';
    script['/wait'] =
      '<Response><Gather numDigits="1" timeout="15" action="/key"><Say>Attenda</Say></Gather></Response>';
    script['/key'] = '<Response><Leave/></Response>';
  });

  it('tells each caller their place, and how long they have waited', async () => {
    const first = simulator.placeCall({ from: ANNA });
    await simulator.idle();
    await simulator.advance(5);
    const second = simulator.placeCall({ from: '+393471000002' });
    await simulator.idle();
    expect([first.state, second.state]).toEqual(['waiting', 'waiting']);
    expect(at('/wait').map(form => [form.CallSid, form.QueuePosition, form.QueueTime, form.CurrentQueueSize])).toEqual([
      [first.sid, '1', '0', '1'],
      [second.sid, '2', '0', '2'],
    ]);
    first.press('1');
    await simulator.idle();
    expect(at('/left')[0]).toMatchObject({ CallSid: first.sid, QueueResult: 'leave', QueueTime: '5' });
    await simulator.advance(15);
    expect(at('/wait').at(-1)).toMatchObject({ CallSid: second.sid, QueuePosition: '1', QueueTime: '15' });
  });

  it('joins the caller with an operator who accepts, the caller hearing the whisper first', async () => {
    script['/operator'] = '<Response><Gather numDigits="1" action="/accept"><Say>Prema 1</Say></Gather></Response>';
    script['/accept'] =
      '<Response><Dial record="record-from-answer" recordingStatusCallback="/recording" action="/talked"><Queue url="/whisper">q-1</Queue></Dial></Response>';
    script['/whisper'] = '<Response><Say>La mettiamo in contatto</Say></Response>';
    simulator.phones.set(OPERATOR, {
      answers: 'yes',
      afterSeconds: 2,
      keys: '1',
      says: ['Buongiorno'],
      who: 'operator',
    });
    const caller = simulator.placeCall({ from: ANNA });
    await simulator.idle();
    const { sid } = await client().calls.create({
      to: OPERATOR,
      from: OURS,
      url: `${base}/operator`,
      statusCallback: `${base}/operator-status`,
      statusCallbackEvent: ['initiated', 'ringing', 'answered', 'completed'],
    });
    await simulator.advance(5);
    expect(caller.state).toBe('talking');
    expect(at('/whisper')[0]).toMatchObject({ CallSid: caller.sid, DequeingCallSid: sid, QueueTime: '4' });
    caller.speak('Salve');
    expect(words(caller).slice(-3)).toEqual([
      'system: La mettiamo in contatto',
      'operator: Buongiorno',
      'citizen: Salve',
    ]);
    await simulator.advance(30);
    caller.hangUp();
    await simulator.idle();
    expect(at('/left')[0]).toMatchObject({ CallSid: caller.sid, QueueResult: 'bridged' });
    expect(at('/talked')[0]).toMatchObject({ CallSid: sid, DialCallStatus: 'completed', DialCallSid: caller.sid });
    expect(simulator.recordings.all()).toMatchObject([{ source: 'DialVerb', words: 'Buongiorno Salve', call: sid }]);
    expect(at('/recording')).toHaveLength(1);
    expect(at('/operator-status').map(form => [form.SequenceNumber, form.CallStatus])).toEqual([
      ['0', 'initiated'],
      ['1', 'ringing'],
      ['2', 'in-progress'],
      ['3', 'completed'],
    ]);
  });

  it('keeps who takes from an empty queue waiting until somebody comes', async () => {
    script['/accept'] = '<Response><Dial timeout="20" action="/talked"><Queue>q-1</Queue></Dial></Response>';
    await client().calls.create({ to: OPERATOR, from: OURS, url: `${base}/accept` });
    await simulator.advance(5);
    const caller = simulator.placeCall({ from: ANNA });
    await simulator.idle();
    expect(caller.state).toBe('talking');
    caller.hangUp();
    await client().calls.create({ to: OPERATOR, from: OURS, url: `${base}/accept` });
    await simulator.advance(25);
    expect(at('/talked').map(form => form.DialCallStatus)).toEqual(['completed', 'no-answer']);
  });

  it('tells the action that the caller hung up', async () => {
    const call = simulator.placeCall({ from: ANNA });
    await simulator.idle();
    call.hangUp();
    await simulator.idle();
    expect(at('/left')[0]).toMatchObject({ QueueResult: 'hangup' });
    expect(() => call.press('1')).toThrow('has ended');
  });
});

describe('a dialled number', () => {
  it.each([
    ['busy', 'busy'],
    ['no-answer', 'no-answer'],
    ['failed', 'failed'],
  ] as const)('that is %s is told as %s', async (answers, told) => {
    script['/voice'] =
      `<Response><Dial action="/dialled" timeout="20"><Number statusCallback="/leg">${OPERATOR}</Number></Dial></Response>`;
    simulator.phones.set(OPERATOR, { ...simulator.phones.ordinary, answers });
    simulator.placeCall({ from: ANNA });
    await simulator.advance(21);
    expect(at('/dialled')[0]).toMatchObject({ DialCallStatus: told });
    expect(at('/leg')[0]).toMatchObject({ CallStatus: told, Direction: 'outbound-dial' });
  });

  it('goes silent when the caller gives up while it rings', async () => {
    script['/voice'] =
      `<Response><Dial action="/dialled"><Number statusCallback="/leg">${OPERATOR}</Number></Dial></Response>`;
    const call = simulator.placeCall({ from: ANNA });
    await simulator.idle();
    call.hangUp();
    await simulator.advance(60);
    expect(at('/dialled')[0]).toMatchObject({ DialCallStatus: 'canceled' });
    expect(at('/leg').map(form => form.CallStatus)).toEqual(['canceled']);
  });
});

describe('text messages', () => {
  it('arrive with their media, which are behind the password', async () => {
    simulator.text({ from: ANNA, body: 'La buca', media: [{ bytes: Buffer.from('jpeg'), mediaType: 'image/jpeg' }] });
    await simulator.idle();
    const form = at('/sms')[0] ?? {};
    expect(form).toMatchObject({
      From: ANNA,
      To: TEXTS,
      Body: 'La buca',
      NumMedia: '1',
      MediaContentType0: 'image/jpeg',
    });
    expect((await fetch(form.MediaUrl0 ?? '')).status).toBe(401);
    expect(await (await rest('GET', new URL(form.MediaUrl0 ?? '').pathname)).text()).toBe('jpeg');
  });

  it('are sent, delivered, and told at each step', async () => {
    const sent = await client().messages.create({
      to: ANNA,
      from: TEXTS,
      body: 'Pronto',
      statusCallback: `${base}/st`,
    });
    expect([sent.status, sent.numSegments]).toEqual(['queued', '1']);
    await simulator.advance(1);
    expect(at('/st').map(form => form.MessageStatus)).toEqual(['queued', 'sent', 'delivered']);
    expect(simulator.texts(ANNA)).toMatchObject([{ body: 'Pronto', status: 'delivered' }]);
  });

  it('do not arrive at a telephone that is off', async () => {
    simulator.unreachable.set(ANNA, 30003);
    await client().messages.create({ to: ANNA, from: TEXTS, body: 'x', statusCallback: `${base}/st` });
    await simulator.advance(1);
    expect(at('/st').at(-1)).toMatchObject({ MessageStatus: 'undelivered', ErrorCode: '30003' });
  });

  it('are refused to who said STOP until they say START', async () => {
    simulator.text({ from: ANNA, body: ' stop ' });
    await simulator.idle();
    expect(at('/sms')[0]).toMatchObject({ OptOutType: 'STOP' });
    await expect(client().messages.create({ to: ANNA, from: TEXTS, body: 'x' })).rejects.toMatchObject({ code: 21610 });
    simulator.text({ from: ANNA, body: 'START' });
    await expect(client().messages.create({ to: ANNA, from: TEXTS, body: 'x' })).resolves.toBeDefined();
  });
});

describe('the REST API', () => {
  it.each([
    ['Messages', { To: 'pippo', From: TEXTS, Body: 'x' }, 21211],
    ['Messages', { To: '+390550000555', From: TEXTS, Body: 'x' }, 21614],
    ['Messages', { To: ANNA, From: TEXTS, Body: 'x'.repeat(1_601) }, 21617],
    ['Messages', { To: ANNA, From: OURS, Body: 'x' }, 21606],
    ['Messages', { To: ANNA, Body: 'x' }, 21603],
    ['Messages', { To: ANNA, From: TEXTS }, 21602],
    ['Messages', { To: ANNA, From: TEXTS, Body: 'x', StatusCalback: 'http://x' }, 20001],
    ['Calls', { From: OURS, Url: 'http://x/' }, 21201],
    ['Calls', { To: ANNA, From: ANNA, Url: 'http://x/' }, 21210],
    ['Calls', { To: ANNA, From: OURS }, 21205],
    ['Calls', { To: ANNA, From: OURS, Url: 'http://x/', StatusCallbackEvent: 'ended' }, 21626],
    ['Calls', { To: ANNA, From: OURS, Twiml: '<Response><Boh/></Response>' }, 12100],
  ])('refuses %s %j with %i and does nothing', async (noun, form, code) => {
    const answer = await rest('POST', `/2010-04-01/Accounts/${ACCOUNT}/${noun}.json`, form);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ code, status: 400, more_info: expect.stringContaining(String(code)) });
    expect([simulator.calls(), simulator.texts(ANNA)]).toEqual([[], []]);
  });

  it('opens to both tokens and to nobody else', async () => {
    const path = `/2010-04-01/Accounts/${ACCOUNT}/Calls.json`;
    expect((await rest('GET', path, undefined, OLD)).status).toBe(200);
    const refused = await rest('GET', path, undefined, 'wrong');
    expect([refused.status, ((await refused.json()) as { code: number }).code]).toEqual([401, 20003]);
    expect((await rest('GET', path.replace(ACCOUNT, `AC${'1'.repeat(32)}`))).status).toBe(404);
  });

  it('lists what was made for a number since an instant, newest first, through the SDK', async () => {
    const api = client();
    const one = await api.messages.create({ to: ANNA, from: TEXTS, body: 'uno' });
    await simulator.advance(120);
    const two = await api.messages.create({ to: ANNA, from: TEXTS, body: 'due' });
    await api.messages.create({ to: '+393471000002', from: TEXTS, body: 'altro' });
    const sids = async (since: number) =>
      (await api.messages.list({ to: ANNA, dateSentAfter: new Date(since) })).map(({ sid }) => sid);
    const now = simulator.clock.now();
    expect(await sids(now - 300_000)).toEqual([two.sid, one.sid]);
    expect(await sids(now - 60_000)).toEqual([two.sid]);
    const call = await api.calls.create({ to: ANNA, from: OURS, twiml: '<Response><Say>Ciao</Say></Response>' });
    const calls = await api.calls.list({ to: ANNA, from: OURS, startTimeAfter: new Date(now - 60_000) });
    expect(calls.map(({ sid }) => sid)).toEqual([call.sid]);
  });

  it('gives a list page by page', async () => {
    const api = client();
    for (let count = 0; count < 5; count += 1) await api.messages.create({ to: ANNA, from: TEXTS, body: `${count}` });
    const all = await api.messages.list({ to: ANNA, pageSize: 2 });
    expect(all.map(({ body }) => body)).toEqual(['4', '3', '2', '1', '0']);
  });

  it('cancels a call that rings, ends one that goes on, and changes neither afterwards', async () => {
    const api = client();
    const make = () =>
      api.calls.create({ to: OPERATOR, from: OURS, url: `${base}/long`, statusCallback: `${base}/st` });
    script['/long'] = '<Response><Pause length="100"/></Response>';
    const ringing = await make();
    await simulator.idle();
    expect((await api.calls(ringing.sid).update({ status: 'completed' })).status).toBe('canceled');
    const going = await make();
    await simulator.advance(10);
    expect((await api.calls(going.sid).fetch()).status).toBe('in-progress');
    expect((await api.calls(going.sid).update({ status: 'completed' })).status).toBe('completed');
    await simulator.advance(200);
    expect(at('/st').map(form => form.CallStatus)).toEqual(['canceled', 'completed']);
    await expect(api.calls(going.sid).update({ status: 'completed' })).rejects.toMatchObject({ code: 21220 });
  });

  it('refuses in bursts, and answers 502 for what it did do', async () => {
    const api = client();
    simulator.faults.add({ on: 'messages', kind: 'error', status: 429, times: 2 });
    for (let time = 0; time < 2; time += 1)
      await expect(api.messages.create({ to: ANNA, from: TEXTS, body: 'x' })).rejects.toMatchObject({ code: 20429 });
    simulator.faults.add({ on: 'messages', kind: 'bad_gateway' });
    await expect(api.messages.create({ to: ANNA, from: TEXTS, body: 'fatto' })).rejects.toMatchObject({ status: 502 });
    expect(simulator.texts(ANNA).map(({ body }) => body)).toEqual(['fatto']);
  });

  it('never answers what it did do when told so', async () => {
    simulator.faults.add({ on: 'calls', kind: 'no_answer' });
    const stop = new AbortController();
    const asked = rest(
      'POST',
      `/2010-04-01/Accounts/${ACCOUNT}/Calls.json`,
      { To: ANNA, From: OURS, Url: `${base}/x` },
      TOKEN,
      stop.signal,
    );
    const failed = expect(asked).rejects.toThrow();
    while (simulator.calls().length === 0) await new Promise(resolve => setImmediate(resolve));
    stop.abort();
    await failed;
    expect(simulator.calls()).toHaveLength(1);
  });
});

describe('the knobs', () => {
  it('send each webhook more than once, with one token', async () => {
    simulator.knobs.duplicate = 2;
    simulator.text({ from: ANNA, body: 'x' });
    await simulator.idle();
    expect([paths(), new Set(heard.map(one => one.token)).size]).toEqual([['/sms', '/sms', '/sms'], 1]);
  });

  it('forge signatures, lose callbacks, and sign with the old token', async () => {
    simulator.knobs.badSignature = 1;
    simulator.text({ from: ANNA, body: 'forged' });
    await simulator.idle();
    simulator.knobs.drop = 1;
    simulator.text({ from: ANNA, body: 'lost' });
    simulator.knobs.oldToken = true;
    simulator.text({ from: ANNA, body: 'old' });
    await simulator.idle();
    expect(heard.map(one => [one.form.Body, one.valid])).toEqual([
      ['forged', false],
      ['old', true],
    ]);
    expect(simulator.deliveries.map(one => one.status)).toEqual([200, 'lost', 200]);
  });

  it('turn the order of callbacks around', async () => {
    simulator.knobs.reorder = true;
    await client().messages.create({ to: ANNA, from: TEXTS, body: 'x', statusCallback: `${base}/st` });
    simulator.clock.skip(100);
    simulator.clock.skip(100);
    await simulator.idle();
    expect(simulator.deliveries.map(one => one.parameters.MessageStatus)).toEqual(['delivered', 'sent', 'queued']);
  });

  it('make the caller hang up at a document', async () => {
    script['/voice'] = '<Response><Redirect>/two</Redirect></Response>';
    script['/two'] = '<Response><Say>Due</Say></Response>';
    simulator.knobs.hangUpAt = 2;
    const call = simulator.placeCall({ from: ANNA });
    await simulator.idle();
    expect([call.state, call.transcript]).toEqual(['ended', []]);
  });
});

describe('the control API', () => {
  const control = async (method: string, path: string, body?: object) => {
    const answer = await fetch(`${simulator.url}/_control/${path}`, {
      method,
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    return { status: answer.status, json: await answer.json() };
  };

  it('places a call, presses, waits and looks', async () => {
    script['/voice'] = '<Response><Gather numDigits="1" action="/m" timeout="6"/><Say>Silenzio</Say></Response>';
    const placed = (await control('POST', 'calls', { from: ANNA })).json as { sid: string };
    await simulator.idle();
    await control('POST', 'wait', { seconds: 6 });
    const { json } = await control('GET', `calls?number=${encodeURIComponent(ANNA)}`);
    expect(json).toMatchObject([{ sid: placed.sid, state: 'ended', transcript: [{ text: 'Silenzio' }] }]);
    expect((await control('POST', 'calls/press', { call: placed.sid, keys: '1' })).status).toBe(400);
  });

  it('takes only knobs that there are', async () => {
    expect((await control('POST', 'knobs', { duplicate: 1, delayMs: 5 })).json).toMatchObject({
      duplicate: 1,
      delayMs: 5,
    });
    expect((await control('POST', 'knobs', { duplicates: 1 })).json).toEqual({ mistake: 'no knob «duplicates»' });
    expect((await control('POST', 'knobs', { reorder: 'yes' })).status).toBe(400);
    expect((await control('GET', 'nothing')).status).toBe(404);
  });
});

/** The SDK, pointed at the double. */
function client(): InstanceType<typeof twilio.Twilio> {
  const { url } = simulator;
  class Here extends twilio.RequestClient {
    override request: InstanceType<typeof twilio.RequestClient>['request'] = options =>
      twilio.RequestClient.prototype.request.call(this, {
        ...options,
        uri: options.uri.replace('https://api.twilio.com', url),
      }) as never;
  }
  return new twilio.Twilio(ACCOUNT, TOKEN, { httpClient: new Here() });
}

function rest(
  method: string,
  path: string,
  form?: Record<string, string>,
  token = TOKEN,
  signal?: AbortSignal,
): Promise<Response> {
  return fetch(`${simulator.url}${path}`, {
    method,
    headers: { authorization: `Basic ${Buffer.from(`${ACCOUNT}:${token}`).toString('base64')}` },
    ...(form ? { body: new URLSearchParams(form) } : {}),
    ...(signal ? { signal } : {}),
  });
}
