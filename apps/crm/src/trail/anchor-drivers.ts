import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { S3Store } from '@filodiretto/platform';
import type { EntityManager } from 'typeorm';
import type { OfficeLetters } from '../letter/office-letters.js';
import { statementOf, type AnchorStatement } from './seal.js';
import type { Anchor } from './verify.js';

/** An anchor as somebody outside keeps it. */
interface SignedAnchor extends AnchorStatement {
  /** Public key, and signature of the statement: Ed25519, both in base64. */
  readonly key: string;
  readonly signature: string;
  /** Token of a time stamping authority over the statement (RFC 3161), in base64. */
  readonly timeStamp?: string;
}

/** Who keeps an anchor where whoever owns the database cannot change it. */
export interface AnchorDriver {
  readonly name: string;
  /** Whether it takes the end of finished days only; else what stands now too. */
  readonly onlyDays: boolean;
  /** Resolves when it is kept; the same anchor twice does no harm. Throws when it must be tried again. */
  hold(manager: EntityManager, anchor: SignedAnchor): Promise<void>;
}

/** One line of JSON for each anchor, at the end of a file: on another machine's disk, or a medium that is written once. */
export const fileDriver = (path: string): AnchorDriver => ({
  name: 'file',
  onlyDays: false,
  hold: async (_, anchor) => {
    await mkdir(dirname(path), { recursive: true });
    const file = await open(path, 'a');
    try {
      await file.appendFile(`${lineOf(anchor)}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
  },
});

/** A letter to a mailbox that others keep: one's own protocol office by certified mail, the auditors. */
export const mailDriver = (address: string, letters: OfficeLetters): AnchorDriver => ({
  name: 'mail',
  onlyDays: true,
  hold: async (manager, anchor) => {
    await letters.write(manager, {
      administrationId: anchor.administrationId,
      to: { address, name: 'Custode del registro' },
      kind: 'trail_anchor',
      subject: `Impronta del registro del ${anchor.day}`,
      text: [
        'Questa impronta prova che il registro di quanto è stato fatto e consultato non è stato alterato dopo questa data.',
        'Va conservata così com’è; non occorre rispondere.',
        '',
        lineOf(anchor),
      ].join('\n'),
      cause: null,
    });
  },
});

/** An object for each anchor, in a bucket from which nobody takes it away for so many years. */
export const bucketDriver = (bucket: S3Store, years: number): AnchorDriver => ({
  name: 'bucket',
  onlyDays: false,
  hold: async (_, anchor) => {
    const until = new Date();
    until.setFullYear(until.getFullYear() + years);
    const { administrationId, day, number } = anchor;
    const name = `trail/${administrationId}/${day}/${String(number).padStart(8, '0')}.jsonl`;
    await bucket.writeLocked(name, Buffer.from(`${lineOf(anchor)}\n`), until);
  },
});

const lineOf = (anchor: SignedAnchor): string =>
  JSON.stringify({
    statement: statementOf(anchor),
    key: anchor.key,
    signature: anchor.signature,
    timeStamp: anchor.timeStamp,
  });

/** Reads anchors back: lines as the file, the letters and the bucket carry them. Other text between them is passed over. */
export function anchorsIn(text: string): (Anchor & { readonly signature: Buffer; readonly key: string })[] {
  return text.split(/\r?\n/).flatMap(line => {
    if (!line.trimStart().startsWith('{"statement":')) return [];
    const { statement, key, signature, timeStamp } = JSON.parse(line) as Line;
    const [, administrationId = '', day = '', number = '', hash = '', at = ''] = statement.split('\n');
    return [
      {
        administrationId,
        day,
        number: Number(number),
        hash: Buffer.from(hash, 'hex'),
        at: new Date(at),
        key,
        signature: Buffer.from(signature, 'base64'),
        ...(timeStamp === undefined ? {} : { timeStamp: Buffer.from(timeStamp, 'base64') }),
      },
    ];
  });
}
type Line = Readonly<Record<'statement' | 'key' | 'signature', string>> & { readonly timeStamp?: string };
