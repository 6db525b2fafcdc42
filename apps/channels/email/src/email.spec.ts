import { createServer, type AddressInfo } from 'node:net';
import { channelContract, notApplicable, type Delivery, type Said } from '@filodiretto/channel-kit/testing';
import { sendMail, startImapServer, startMailSimulator, type MailSimulator } from '@filodiretto/simulators';
import { email } from './channel.js';

/** The citizens' side: their mail server, and a queue that hands over until it is told yes, as mail servers do. */
interface Citizens {
  readonly mail: MailSimulator;
  readonly smtpInPort: number;
  readonly queue: Set<string>;
  readonly closing: (() => Promise<void>)[];
  stopped: boolean;
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

const PEOPLE = { anna: 'Anna Bianchi <anna.bianchi@posta.example>', bruno: 'Bruno Verdi <bruno.verdi@posta.example>' };

const write = ({ id, person, text, at }: Said): Uint8Array =>
  Buffer.from(
    [
      `From: ${PEOPLE[person]}`,
      'To: urp@comune.example.it',
      'Subject: Segnalazione',
      `Date: ${new Date(at).toUTCString()}`,
      `Message-ID: <${id}@posta.example>`,
      'Content-Type: text/plain; charset=utf-8',
      '',
      text,
      '',
    ].join('\r\n'),
  );

channelContract('email', {
  channel: email,
  provider: async (): Promise<Citizens> => ({
    mail: await startMailSimulator(),
    smtpInPort: await freePort(),
    queue: new Set(),
    closing: [],
    stopped: false,
  }),
  stop: async citizens => {
    citizens.stopped = true;
    for (const close of citizens.closing) await close();
    await citizens.mail.close();
  },
  env: ({ mail, smtpInPort }) => ({
    EMAIL_MAILBOXES: JSON.stringify([
      {
        account: 'urp',
        address: 'urp@comune.example.it',
        name: 'URP Comune',
        authservIds: ['mx.comune.example.it'],
      },
    ]),
    SMTP_OUT_URL: mail.smtpUrl,
    SMTP_IN_PORT: String(smtpInPort),
  }),
  badConfiguration: {
    env: {
      EMAIL_MAILBOXES: '[{"account":"urp","address":"not an address","imap":{"host":"x","password":"segreto-1"}}]',
      SMTP_OUT_URL: 'http://user:segreto-2@server',
      SMTP_IN_PORT: 'venticinque',
    },
    mistakes: ['EMAIL_MAILBOXES', 'SMTP_OUT_URL', 'SMTP_IN_PORT'],
  },
  fixtures: { folder: new URL('./fixtures', import.meta.url), account: 'urp', mediaType: 'message/rfc822' },
  say: (said): Delivery => {
    const [one] = said;
    if (!one || said.length > 1) throw new Error('a mail carries one thing said');
    return { raw: write(one), account: 'urp', mediaType: 'message/rfc822' };
  },
  batches: notApplicable('one delivery is one mail'),
  oneConversation: notApplicable('a conversation is a thread, not a person'),
  unknownKind: notApplicable('every part of a mail is a text or a file'),
  webhook: notApplicable('mail comes by SMTP or IMAP'),
  listen: {
    put: ({ raw }, citizens) => {
      const id = String(citizens.queue.size);
      citizens.queue.add(id);
      const handOver = async (): Promise<void> => {
        while (!citizens.stopped) {
          try {
            await sendMail(`smtp://127.0.0.1:${citizens.smtpInPort}`, {
              from: 'anna.bianchi@posta.example',
              to: 'urp@comune.example.it',
              rawBase64: Buffer.from(raw).toString('base64'),
            });
            citizens.queue.delete(id);
            return;
          } catch {
            await new Promise(resolve => setTimeout(resolve, 50));
          }
        }
      };
      void handOver();
    },
    waiting: ({ queue }) => queue.size,
  },
  send: {
    order: {
      account: 'urp',
      conversation: 'said-1@posta.example',
      to: { kind: 'email', value: 'anna.bianchi@posta.example' },
    },
    sent: ({ mail }) => mail.mails().length,
    refusal: {
      reason: 'invalid_recipient',
      arrange: (order, { mail }) => {
        mail.misbehave({ stage: 'rcpt', code: 550, message: '5.1.1 no such user' });
        return order;
      },
    },
    unknown: (order, { mail }) => {
      mail.misbehave({ stage: 'accepted', hangUp: true });
      return order;
    },
  },
  connection: {
    refused: {
      side: 'receiving',
      result: 'unauthorized',
      env: async citizens => {
        const server = await startImapServer({ password: 'another' });
        citizens.closing.push(() => server.close());
        const imap = { host: server.host, port: server.port, secure: false, user: 'urp', password: 'segreto-di-prova' };
        return { EMAIL_MAILBOXES: JSON.stringify([{ account: 'urp', address: 'urp@comune.example.it', imap }]) };
      },
    },
    silent: ({ host, port }) => ({ SMTP_OUT_URL: `smtp://user:segreto-di-uscita@${host}:${port}` }),
  },
});
