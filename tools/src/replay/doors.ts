import { createHmac } from 'node:crypto';
import SMTPConnection from 'nodemailer/lib/smtp-connection/index.js';
import type { Replayed } from './files.js';

/** Where a file goes in, and with which secret. */
export interface ReplayDoors {
  readonly smtp: string;
  readonly mailbox: string;
  /** Webhook address by the `object` of the payload. */
  readonly webhooks: Readonly<Record<string, string>>;
  readonly appSecret: string;
}

/** What the channel said. */
export type Answer = { readonly receptions: readonly string[] } | { readonly refused: string };

/** Puts one file in by the real door of its channel. Resolves to the receptions held, or to the refusal in words. */
export const replay = (doors: ReplayDoors, file: Replayed): Promise<Answer> =>
  file.kind === 'mail' ? mail(doors, file.bytes) : webhook(doors, file.bytes);

/** The sender of the envelope, as the mail itself tells it. */
const senderOf = (bytes: Buffer): string => {
  const head = bytes.subarray(0, 20_000).toString('latin1');
  const line =
    /^Return-Path:[ \t]*<?([^>\s]*)>?/im.exec(head)?.[1] ?? /^From:.*?<([^>\s]+@[^>\s]+)>/im.exec(head)?.[1] ?? '';
  return /^[\w.+=~$%*!#&'{}|/?^-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*$/.test(line) ? line : '';
};

function mail({ smtp, mailbox }: ReplayDoors, bytes: Buffer): Promise<Answer> {
  const { hostname, port } = new URL(smtp);
  const connection = new SMTPConnection({
    host: hostname,
    port: Number(port),
    ignoreTLS: true,
    connectionTimeout: 30_000,
    socketTimeout: 120_000,
  });
  return new Promise<Answer>((resolve, reject) => {
    connection.once('error', reject);
    connection.connect(() => {
      connection.send({ from: senderOf(bytes), to: [mailbox] }, bytes, (error, info) => {
        connection.quit();
        if (error?.responseCode && error.responseCode >= 500) resolve({ refused: error.message });
        else if (error) reject(error);
        else resolve({ receptions: /Held as ([0-9a-f -]+)/.exec(info.response)?.[1]?.trim().split(' ') ?? [] });
      });
    });
  });
}

async function webhook({ webhooks, appSecret }: ReplayDoors, bytes: Buffer): Promise<Answer> {
  const { object } = JSON.parse(bytes.toString('utf8')) as { object: string };
  const url = webhooks[object];
  if (!url) return { refused: `no channel takes ${object}` };
  const answer = await fetch(url, {
    method: 'POST',
    body: new Uint8Array(bytes),
    headers: {
      'content-type': 'application/json',
      'x-hub-signature-256': `sha256=${createHmac('sha256', appSecret).update(bytes).digest('hex')}`,
    },
  });
  const text = await answer.text();
  if (!answer.ok) return { refused: `${answer.status} ${text.slice(0, 200)}` };
  return { receptions: (answer.headers.get('x-filodiretto-receptions') ?? '').split(' ').filter(id => id !== '') };
}
