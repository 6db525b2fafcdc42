import { afterEach, describe, expect, it, jest } from '@jest/globals';
import type { Outbound } from '@filodiretto/contracts';
import { openChannel, type OpenChannel } from '@filodiretto/channel-kit/testing';
import { startMailSimulator, type MailSimulator } from '@filodiretto/simulators';
import { email } from './channel.js';
import { mailOf, type Mail } from './send.js';
import { outcomeOf } from './smtp-out.js';

jest.setTimeout(60_000);
const ID = '0199f0a2-6c1e-7d3b-8a44-5e6f70819203';
const TOKEN = 'c-0199f0a26c1e7d3b-a1b2c3d4';
const order = (changes: Partial<Outbound> = {}): Outbound => ({
  id: ID,
  attempt: 1,
  channel: 'email',
  account: 'urp',
  conversation: 'm1@posta.example',
  to: { kind: 'email', value: 'anna.bianchi@posta.example', displayName: 'Anna Bianchi' },
  author: 'operator',
  visibility: 'parties',
  subject: 'Re: Il cassonetto è pieno [#2026-004217-3]',
  content: [
    { type: 'text', text: 'Gentile Anna,\n\nla squadra passa domani: https://comune.example.it/rifiuti?a=1&b=2.' },
  ],
  thread: {
    token: TOKEN,
    inReplyTo: `m2@posta.example#${'a'.repeat(32)}`,
    references: [`m1@posta.example#${'b'.repeat(32)}`, `out.${ID}.${TOKEN}@comune.example.it`],
  },
  queuedAt: '2026-01-14T09:30:00.000Z',
  ...changes,
});
const sender = { address: 'urp@comune.example.it', name: 'URP Comune', plusAddresses: true };
const mailFor = (changes: Partial<Outbound> = {}): Mail => {
  const mail = mailOf(order(changes), sender);
  if ('kind' in mail) throw new Error(mail.detail);
  return mail;
};

const opened: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close();
});
const bench = async (): Promise<OpenChannel & { citizens: MailSimulator }> => {
  const citizens = await startMailSimulator();
  opened.push(citizens);
  const channel = await openChannel(email, {
    EMAIL_MAILBOXES: JSON.stringify([{ account: 'urp', address: 'urp@comune.example.it', name: 'URP Comune' }]),
    SMTP_OUT_URL: citizens.smtpUrl,
    SMTP_IN_PORT: '0',
  });
  opened.push({ close: async () => channel.session.close?.() });
  return { ...channel, citizens };
};

describe('a mail that answers', () => {
  it('is shown in the same thread: it names the mail answered and the chain before it', () => {
    const mail = mailFor();
    expect(mail.messageId).toBe(`<out.${ID}.${TOKEN}@comune.example.it>`);
    expect(mail.inReplyTo).toBe('<m2@posta.example>');
    expect(mail.references).toEqual(['<m1@posta.example>', mail.messageId, '<m2@posta.example>']);
  });

  it('cites no mail that came without an id', () => {
    const mail = mailFor({ thread: { token: TOKEN, inReplyTo: 'a'.repeat(32) } });
    expect(mail.inReplyTo).toBeUndefined();
    expect(mail.references).toEqual([]);
  });

  it('keeps the first and the last twenty of a long chain', () => {
    const references = Array.from({ length: 30 }, (_, index) => `m${index}@posta.example`);
    const { references: chain } = mailFor({ thread: { token: TOKEN, inReplyTo: 'last@posta.example', references } });
    expect(chain).toHaveLength(21);
    expect([chain[0], chain.at(-1)]).toEqual(['<m0@posta.example>', '<last@posta.example>']);
  });

  it('comes back with its token, and bounces with its id', () => {
    const mail = mailFor();
    expect(mail.replyTo).toBe(`urp+${TOKEN}@comune.example.it`);
    expect(mail.envelope.from).toBe(`urp+b.${ID.replace(/-/g, '')}@comune.example.it`);
  });

  it('has no plus in its addresses where the mailbox does not know them, nor a local part longer than allowed', () => {
    const plain = mailOf(order(), { ...sender, plusAddresses: false });
    expect(plain).toMatchObject({ replyTo: undefined, envelope: { from: 'urp@comune.example.it' } });
    expect(mailFor({ thread: { token: 'c'.repeat(90) } }).replyTo).toBeUndefined();
  });

  it.each([
    { automatic: 'acknowledgement' as const, said: 'auto-replied' },
    { automatic: 'notification' as const, said: 'auto-generated' },
  ])('says that a machine wrote an $automatic, so that no machine answers', ({ automatic, said }) => {
    expect(mailFor({ automatic, author: 'automation' }).headers).toEqual({
      'Auto-Submitted': said,
      'X-Auto-Response-Suppress': 'All',
      'X-Filodiretto-Loop': 'comune.example.it',
    });
    expect(mailFor().headers).toEqual({});
  });

  it.each([
    { to: { kind: 'phone', value: '+39055000000' } },
    { to: { kind: 'email', value: 'anna@posta.example\r\nBcc: tutti@posta.example' } },
    { to: { kind: 'email', value: 'anna' } },
  ])('is refused when $to.value is no address', changes => {
    expect(mailOf(order(changes), sender)).toMatchObject({ kind: 'refused', reason: 'invalid_recipient' });
  });

  it('lets nobody write headers through its title', () => {
    expect(mailFor({ subject: 'Ciao\r\nBcc: tutti@posta.example' }).subject).toBe('Ciao Bcc: tutti@posta.example');
  });

  it('is refused, not shortened, when its files are too large or infected', () => {
    const file = {
      type: 'media',
      kind: 'file',
      mediaType: 'application/pdf',
      filename: 'a.pdf',
      fetch: 'done',
    } as const;
    const blob = { sha256: 'a'.repeat(64), size: 19_000_000, mediaType: 'application/pdf' };
    expect(mailOf(order({ content: [{ ...file, scan: 'clean', blob }] }), sender)).toMatchObject({
      reason: 'too_long',
    });
    const infected = { ...file, scan: 'infected' as const, blob: { ...blob, size: 10 } };
    expect(mailOf(order({ content: [infected] }), sender)).toMatchObject({ reason: 'policy' });
  });
});

describe('the citizen', () => {
  it('receives text and rich text, the file with its name, and can answer to the token', async () => {
    const { session, host, citizens } = await bench();
    const blob = await host.keep(Buffer.from('%PDF-1.4 perché'), 'application/pdf');
    const file = {
      type: 'media',
      kind: 'file',
      mediaType: 'application/pdf',
      filename: 'perché no.pdf',
      fetch: 'done',
      scan: 'clean',
      blob,
    } as const;
    const outcome = await session.send(order({ content: [...order().content, file] }));
    expect(outcome).toMatchObject({ kind: 'accepted', externalId: `out.${ID}.${TOKEN}@comune.example.it` });
    const [mail] = citizens.mails('anna.bianchi@posta.example');
    expect(mail).toMatchObject({
      from: 'URP Comune <urp@comune.example.it>',
      replyTo: [`urp+${TOKEN}@comune.example.it`],
      subject: 'Re: Il cassonetto è pieno [#2026-004217-3]',
      attachments: [{ filename: 'perché no.pdf', mediaType: 'application/pdf' }],
    });
    expect(mail?.text).toContain('la squadra passa domani');
    expect(mail?.html).toContain('<a href="https://comune.example.it/rifiuti?a=1&amp;b=2">');
    expect(Object.keys(mail?.headers ?? {}).filter(name => /auto|list-|precedence|loop|mailer/.test(name))).toEqual([]);
  });
});

describe('what became of a mail', () => {
  it('is a certain no with its reason when the server says 5xx', async () => {
    const { session, citizens } = await bench();
    citizens.misbehave({ stage: 'data', code: 554, message: '5.7.1 spam', times: 1 });
    expect(await session.send(order())).toMatchObject({
      kind: 'refused',
      reason: 'policy',
      detail: expect.stringContaining('5.7.1 spam'),
    });
    expect(citizens.mails()).toHaveLength(0);
  });

  it('is "not now" when the server says 4xx, and the same attempt may go on', async () => {
    const { session, citizens } = await bench();
    citizens.misbehave({ stage: 'rcpt', code: 450, message: '4.2.0 greylisted', times: 1 });
    expect(await session.send(order())).toMatchObject({ kind: 'refused', reason: 'rate_limited' });
    expect(await session.send(order())).toMatchObject({ kind: 'accepted' });
    expect(citizens.mails()).toHaveLength(1);
  });

  it('is "not now" when the server cannot be reached: nothing left', async () => {
    const { session, citizens } = await bench();
    await citizens.close();
    opened.splice(0, 1);
    expect(await session.send(order())).toMatchObject({ kind: 'refused', reason: 'rate_limited' });
  });

  it('is unknown when the mail left and the answer is lost', async () => {
    const { session, citizens } = await bench();
    citizens.misbehave({ stage: 'accepted', hangUp: true, times: 1 });
    await expect(session.send(order())).rejects.toThrow();
    expect(citizens.mails()).toHaveLength(1);
  });

  it.each([
    { error: { code: 'EAUTH', responseCode: 535 }, begun: false, then: 'unauthorized' },
    { error: { code: 'EENVELOPE', responseCode: 550, command: 'RCPT TO' }, begun: false, then: 'invalid_recipient' },
    { error: { code: 'EMESSAGE', responseCode: 552, command: 'DATA' }, begun: true, then: 'too_long' },
    { error: { code: 'EMESSAGE', responseCode: 451, command: 'DATA' }, begun: true, then: 'rate_limited' },
    { error: { code: 'EDNS' }, begun: false, then: 'rate_limited' },
    { error: { code: 'ETIMEDOUT' }, begun: false, then: 'rate_limited' },
    { error: { code: 'ETIMEDOUT' }, begun: true, then: undefined },
    { error: { code: 'ECONNECTION' }, begun: true, then: undefined },
  ])('$error.code $error.responseCode, begun to leave: $begun, proves: $then', ({ error, begun, then }) => {
    const outcome = outcomeOf({ message: 'said', ...error }, begun);
    expect(outcome?.kind === 'refused' ? outcome.reason : outcome).toBe(then);
  });
});
