import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { checkedPublications, publicationsOf, type Reception } from '@filodiretto/channel-kit';
import type { Inbound } from '@filodiretto/contracts';
import { visibleWords } from './mail/visible.js';
import { receive, type ReadMail } from './receive.js';

/** Mails made by others, outside the repository: `CORPORA`, or `../shared/corpora` beside it. */
const root = fileURLToPath(new URL('../../../../', import.meta.url));
const folder = process.env.CORPORA ?? resolve(root, '../shared/corpora');
const present = existsSync(folder);
const described = present ? describe : describe.skip;
const where = present ? '' : ` — skipped: ${folder} is missing`;

const filesIn = (path: string): string[] =>
  existsSync(path)
    ? readdirSync(path)
        .sort()
        .flatMap(name => {
          const file = join(path, name);
          return statSync(file).isDirectory() ? filesIn(file) : [file];
        })
    : [];
/** A person forwards a bounce: not a bounce itself. */
const WRITTEN_BY_A_PERSON = new Set(['make-test-36.eml']);
const NOT_MAIL = /SOURCE\.md$|LICENSE$|\.expected\.|golden$|\/addresses\/|\.dtd$|\/parts\//;
const mails = (...kinds: string[]): string[] =>
  kinds.flatMap(kind => filesIn(join(folder, kind))).filter(file => !NOT_MAIL.test(file));

const read = (file: string): Promise<ReadMail> =>
  receive(readFileSync(file), {
    account: 'urp',
    addresses: ['urp@comune.example.it'],
    authservIds: [],
    certified: false,
    receivedAt: '2026-01-15T12:00:00.000Z',
    about: {},
  });

const reception = (file: string): Reception => ({
  id: '019bc14e-7a00-7000-8000-000000000001',
  channel: 'email',
  account: 'urp',
  raw: { sha256: '0'.repeat(64), size: statSync(file).size, mediaType: 'message/rfc822' },
  receivedAt: '2026-01-15T12:00:00.000Z',
  about: {},
});

const messageIn = (file: string, { facts }: ReadMail): Inbound => {
  const published = checkedPublications(reception(file), publicationsOf(reception(file), [...facts]));
  const parked = published.find(one => one.fact === 'unreadable');
  if (parked) throw new Error(`${relative(folder, file)} would be parked: ${JSON.stringify(parked.payload)}`);
  return published[0]?.payload as Inbound;
};

interface Expected {
  readonly fromEmail?: string;
  readonly subject?: string | null;
  readonly bodyHtml?: string;
  readonly attachments?: readonly { readonly name: string; readonly contentAlternative?: boolean }[];
}
type Difference = 'from' | 'subject' | 'body' | 'files';

/** Where we decide otherwise than the software these expectations are of; each explained in docs/mail-corpora.md. */
const EXPLAINED: Readonly<Record<string, readonly Difference[]>> = {
  mail023: ['body'],
  'mail033-undelivered-mail-returned-to-sender': ['files'],
  mail035: ['from'],
  mail053: ['from', 'files'],
  mail055: ['files'],
  mail062: ['files'],
  mail064: ['files'],
  mail072: ['body'],
  mail076: ['from'],
  mail085: ['files'],
  mail087: ['from', 'files'],
};

const plainWords = (text: string): string[] =>
  text
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(?:nbsp|lt|gt|quot|amp|#39);/g, entity => (entity === '&quot;' ? '"' : ' '))
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(word => word.length > 3);

const differences = (expected: Expected, message: Inbound, { blobs }: ReadMail): Difference[] => {
  const found: Difference[] = [];
  if ((expected.fromEmail ?? '').toLowerCase() !== message.from.value) found.push('from');
  if ((expected.subject ?? '').replace(/\s+/g, ' ').trim() !== (message.subject ?? '')) found.push('subject');
  const names = (expected.attachments ?? []).filter(one => !one.contentAlternative).map(one => one.name);
  const ours = message.content.flatMap(part => (part.type === 'media' ? [part.filename ?? ''] : []));
  if (names.sort().join('|') !== ours.sort().join('|')) found.push('files');
  const rich = blobs
    .filter(({ ref }) => ref.mediaType === 'text/html')
    .map(({ bytes }) => Buffer.from(bytes).toString());
  const have = new Set(
    plainWords([...message.content.flatMap(part => (part.type === 'text' ? [part.text] : [])), ...rich].join(' ')),
  );
  const wanted = expected.bodyHtml === 'no visible content' ? [] : plainWords(expected.bodyHtml ?? '');
  if (wanted.filter(word => !have.has(word)).length > wanted.length * 0.05) found.push('body');
  return found;
};

described(`mails made by others${where}`, () => {
  it('none crashes the reader, none breaks the contract, none is parked', async () => {
    const files = mails('mail', 'bounce', 'pec');
    expect(files.length).toBeGreaterThan(600);
    for (const file of files) {
      const message = messageIn(file, await read(file));
      expect(message.externalId).not.toBe('');
      expect(JSON.stringify(message)).not.toContain('\\u0000');
    }
  }, 120_000);

  it('every report of a failed delivery is recognised as written by a machine', async () => {
    const missed: string[] = [];
    for (const file of mails('bounce')) {
      if (/\/not\//.test(file) || WRITTEN_BY_A_PERSON.has(basename(file))) continue;
      const message = messageIn(file, await read(file));
      if (message.flags?.automatic === undefined) missed.push(relative(folder, file));
    }
    expect(missed).toEqual([]);
  }, 120_000);

  it("sender, title, words and files are those of Zammad's expectations, but for the differences explained", async () => {
    const found: Record<string, readonly Difference[]> = {};
    const files = mails('mail/zammad').filter(file => file.endsWith('.box'));
    expect(files.length).toBe(53);
    for (const file of files) {
      const expected = JSON.parse(readFileSync(file.replace(/\.box$/, '.expected.json'), 'utf8')) as Expected;
      const mail = await read(file);
      const differs = differences(expected, messageIn(file, mail), mail);
      if (differs.length > 0) found[basename(file, '.box')] = differs;
    }
    expect(found).toEqual(EXPLAINED);
  }, 60_000);

  it('the view without quoted words never hides everything and never adds a word', () => {
    const texts = mails('reply-trim', 'forward').filter(file => /\.txt$/.test(file));
    expect(texts.length).toBeGreaterThan(150);
    for (const file of texts) {
      const text = readFileSync(file, 'utf8');
      const visible = visibleWords(text);
      if (visible === undefined) continue;
      expect(visible.trim()).not.toBe('');
      for (const line of visible.split('\n')) expect(text).toContain(line.trim());
    }
  }, 60_000);

  it('what the PEC headers say is what is read', async () => {
    const kinds = new Map<string, string | undefined>();
    for (const file of mails('pec').filter(one => /go-pec/.test(one))) {
      const message = messageIn(file, await read(file));
      kinds.set(basename(file), message.content.find(part => part.type === 'system')?.code);
    }
    expect(Object.fromEntries(kinds)).toEqual({
      'accettazione.eml': 'pec.accettazione',
      'consegna.eml': 'pec.errore-consegna',
      'email_2.eml': 'pec.avvenuta-consegna',
      'email_3.eml': 'pec.posta-certificata',
    });
  });
});
