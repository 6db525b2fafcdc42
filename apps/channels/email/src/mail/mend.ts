import { charsetOf, decodeText, hasHighBytes, isUtf8 } from './charset.js';

/**
 * A view of a mail that a parser of correct mails can read: the bytes kept are never touched. Mends line ends, undeclared
 * 8-bit headers, missing or false character sets, missing boundaries, uuencoded bodies, endless headers. Pure.
 */

const LF = 0x0a;
const CR = 0x0d;
const DASH = 0x2d;
const MAX_HEADER_LINE = 64_000;
const MAX_HEADER_BLOCK = 256_000;

export interface Mended {
  readonly bytes: Buffer;
  /** Something had to be left out of the view. */
  readonly cut: boolean;
}

interface Line {
  readonly start: number;
  /** Without the line end. */
  readonly end: number;
  readonly next: number;
}

export const mend = (raw: Uint8Array): Mended => {
  const view = lineEnds(withoutPrologue(Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength)));
  return new Mender(view).run();
};

const withoutPrologue = (bytes: Buffer): Buffer => {
  let start = bytes.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf])) ? 3 : 0;
  while (start < bytes.length && (bytes[start] === LF || bytes[start] === CR)) start += 1;
  if (/^>?From /.test(bytes.toString('latin1', start, start + 6))) {
    while (start < bytes.length && bytes[start] !== LF && bytes[start] !== CR) start += 1;
    while (start < bytes.length && (bytes[start] === LF || bytes[start] === CR)) start += 1;
  }
  return start === 0 ? bytes : bytes.subarray(start);
};

/** Line ends of an old Mac are a lone CR: with no LF where there should be many, every CR ends a line. */
const lineEnds = (bytes: Buffer): Buffer => {
  let feeds = 0;
  let lone = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    if (bytes[at] === LF) feeds += 1;
    else if (bytes[at] === CR && bytes[at + 1] !== LF && bytes[at + 1] !== CR) lone += 1;
  }
  if (lone === 0 || feeds > lone / 4) return bytes;
  const mended = Buffer.from(bytes);
  for (let at = 0; at < mended.length; at += 1) if (mended[at] === CR && mended[at + 1] !== LF) mended[at] = LF;
  return mended;
};

interface HeaderBlock {
  readonly fields: Field[];
  readonly type: string;
  readonly multipart: boolean;
  readonly boundary: string | undefined;
  readonly charset: string | undefined;
  readonly encoding: string;
}
interface Field {
  readonly name: string;
  /** Its bytes without the last line end, folded as they came. */
  text: Buffer;
}

class Mender {
  private readonly out: Buffer[] = [];
  private changed = false;
  private cut = false;
  private readonly boundaries: string[] = [];
  /** The first charset that the mail names and that says something: senders write their headers in it too. */
  private readonly known: string | undefined;

  constructor(private readonly bytes: Buffer) {
    const named = bytes.toString('latin1', 0, 100_000).matchAll(/charset\s*=\s*(?:3D)?["']?([\w.:-]+)/gi);
    this.known = [...named].map(([, label = '']) => label).find(label => !/^(?:us-ascii|utf-?8)$/i.test(label));
  }

  run(): Mended {
    let at = 0;
    while (at < this.bytes.length) at = this.part(at);
    return { bytes: this.changed ? Buffer.concat(this.out) : this.bytes, cut: this.cut };
  }

  /** One header block and the body after it, up to and with the next delimiter. Answers where the next part begins. */
  private part(start: number): number {
    const { block, bodyStart, dirty } = this.headers(start);
    let boundary = block.boundary;
    let demoted = false;
    if (block.multipart) {
      if (boundary === undefined || !this.occurs(boundary, bodyStart)) {
        const guessed = this.guessBoundary(bodyStart);
        demoted = guessed === undefined;
        setType(block, guessed === undefined ? 'text/plain' : `${block.type}; boundary="${guessed}"`);
        this.changed = true;
        boundary = guessed;
      }
      if (boundary !== undefined) this.boundaries.push(boundary);
    }
    const { bodyEnd, next } = this.delimiter(bodyStart);
    const leaf = !block.multipart || demoted;
    const body = leaf ? this.body(block, this.bytes.subarray(bodyStart, bodyEnd), demoted) : undefined;
    if (body !== undefined || dirty || this.changed) {
      this.emitHeaders(block, start, bodyStart);
      this.out.push(body ?? this.bytes.subarray(bodyStart, bodyEnd), this.bytes.subarray(bodyEnd, next));
    } else {
      this.out.push(this.bytes.subarray(start, next));
    }
    return next;
  }

  private headers(start: number): { block: HeaderBlock; bodyStart: number; dirty: boolean } {
    const fields: Field[] = [];
    let at = start;
    let fieldStart = start;
    let fieldEnd = start;
    let dirty = false;
    const close = (): void => {
      if (fieldEnd > fieldStart) fields.push(field(this.bytes.subarray(fieldStart, fieldEnd)));
    };
    while (at < this.bytes.length) {
      const line = this.line(at);
      const length = line.end - line.start;
      if (length === 0) {
        at = line.next;
        break;
      }
      // a delimiter before the empty line: this part has no body
      if (this.isDelimiter(line)) break;
      const folded = this.bytes[line.start] === 0x20 || this.bytes[line.start] === 0x09;
      if (!folded) {
        // a line that cannot be a header ends the headers: the empty line was forgotten
        const begun = fields.length > 0 || fieldEnd > fieldStart;
        if (begun && !looksLikeHeader(this.bytes, line) && !this.headersGoOn(line, fields)) break;
        close();
        fieldStart = line.start;
      }
      fieldEnd = line.end;
      at = line.next;
    }
    close();
    let size = 0;
    const kept = fields.filter(one => {
      if (one.text.length > MAX_HEADER_LINE) {
        one.text = one.text.subarray(0, MAX_HEADER_LINE);
        this.cut = dirty = true;
      }
      size += one.text.length;
      if (size > MAX_HEADER_BLOCK && !/^(?:content-|from$|subject$|message-id$|date$|to$)/.test(one.name)) {
        this.cut = dirty = true;
        return false;
      }
      return true;
    });
    const block = describe(kept);
    for (const one of kept) {
      const mended = mendHeader(one.text, block.charset ?? this.known);
      if (mended) {
        one.text = mended;
        dirty = true;
      }
    }
    if (at > start && this.forgotEmptyLine(at)) dirty = true;
    if (dirty) this.changed = true;
    return { block, bodyStart: at, dirty };
  }

  /** Whether a line that is no header only forgot its indent: sender and title are still to come before the empty line. */
  private headersGoOn(line: Line, fields: readonly Field[]): boolean {
    const wanted = ['from', 'subject'].filter(name => !fields.some(one => one.name === name));
    if (wanted.length < 2) return false;
    let at = line.next;
    for (let seen = 0; seen < 200 && at < this.bytes.length; seen += 1) {
      const next = this.line(at);
      if (next.end === next.start) return false;
      if (/^(?:from|subject)[ \t]*:/i.test(this.bytes.toString('latin1', next.start, next.start + 12))) return true;
      at = next.next;
    }
    return false;
  }

  /** Whether the header block ended without an empty line before the body. */
  private forgotEmptyLine(bodyStart: number): boolean {
    if (bodyStart >= this.bytes.length) return false;
    let at = bodyStart - 1;
    if (this.bytes[at] !== LF) return false;
    at -= 1;
    if (at >= 0 && this.bytes[at] === CR) at -= 1;
    return at >= 0 && this.bytes[at] !== LF && !this.isDelimiter(this.line(bodyStart));
  }

  private emitHeaders(block: HeaderBlock, start: number, bodyStart: number): void {
    for (const one of block.fields) this.out.push(one.text, Buffer.from('\n'));
    if (bodyStart > start) this.out.push(Buffer.from('\n'));
    else if (block.fields.length > 0) this.out.push(Buffer.from('\n'));
  }

  /** The body to put in place of the one that came, when it has to be another. */
  private body(block: HeaderBlock, body: Buffer, demoted: boolean): Buffer | undefined {
    if (/^(?:x-)?uu(?:e|encode)/.test(block.encoding)) {
      const decoded = decodeUu(body.toString('latin1'));
      if (decoded) {
        setField(block, 'content-transfer-encoding', 'base64');
        if (
          decoded.name &&
          !/name\s*=/i.test(fieldText(block, 'content-disposition') + fieldText(block, 'content-type'))
        )
          setField(block, 'content-disposition', `attachment; filename="${decoded.name.replace(/["\\]/g, '')}"`);
        this.changed = true;
        return Buffer.from((decoded.bytes.toString('base64').match(/.{1,76}/g) ?? []).join('\n') + '\n');
      }
    }
    if (block.type !== 'text/plain' && block.type !== 'text/html' && !demoted) return undefined;
    const content = transferDecoded(body, block.encoding);
    const declared = block.charset ?? (block.type === 'text/html' ? metaCharset(content) : undefined);
    const charset = charsetOf(content, declared, this.known);
    if (block.charset !== undefined && charset.toLowerCase() === block.charset.toLowerCase()) return undefined;
    if (block.charset === undefined && charset === 'utf-8') return demoted ? body : undefined;
    setType(block, withCharset(block, charset));
    this.changed = true;
    return body;
  }

  private line(start: number): Line {
    let end = this.bytes.indexOf(LF, start);
    const next = end < 0 ? this.bytes.length : end + 1;
    if (end < 0) end = this.bytes.length;
    while (end > start && this.bytes[end - 1] === CR) end -= 1;
    return { start, end, next };
  }

  private isDelimiter(line: Line): boolean {
    if (this.boundaries.length === 0 || this.bytes[line.start] !== DASH || this.bytes[line.start + 1] !== DASH)
      return false;
    const text = this.bytes.toString('latin1', line.start + 2, line.end).trimEnd();
    return this.boundaries.some(boundary => text === boundary || text === `${boundary}--`);
  }

  /** Where the body that begins here ends: at the next delimiter that opens a part, or at the end. */
  private delimiter(start: number): { bodyEnd: number; next: number } {
    if (this.boundaries.length === 0) return { bodyEnd: this.bytes.length, next: this.bytes.length };
    let at = start;
    let bodyEnd: number | undefined;
    while (at < this.bytes.length) {
      const line = this.line(at);
      if (this.isDelimiter(line)) {
        bodyEnd ??= line.start;
        if (!this.bytes.toString('latin1', line.start, line.end).trimEnd().endsWith('--'))
          return { bodyEnd, next: line.next };
      }
      at = line.next;
    }
    return { bodyEnd: bodyEnd ?? this.bytes.length, next: this.bytes.length };
  }

  private occurs(boundary: string, from: number): boolean {
    const wanted = Buffer.from(`--${boundary}`, 'latin1');
    for (let at = this.bytes.indexOf(wanted, from); at >= 0; at = this.bytes.indexOf(wanted, at + 1))
      if (at === from || this.bytes[at - 1] === LF) return true;
    return false;
  }

  private guessBoundary(from: number): string | undefined {
    for (let at = from, seen = 0; at < this.bytes.length && seen < 500; seen += 1) {
      const line = this.line(at);
      if (this.bytes[line.start] === DASH && this.bytes[line.start + 1] === DASH && line.end - line.start > 3) {
        const text = this.bytes.toString('latin1', line.start + 2, line.end).trimEnd();
        const next = this.line(line.next);
        if (!/\s/.test(text) && /^content-/i.test(this.bytes.toString('latin1', next.start, next.start + 8)))
          return text;
      }
      at = line.next;
    }
    return undefined;
  }
}

const looksLikeHeader = (bytes: Buffer, line: Line): boolean =>
  /^[!-9;-~\x80-\xff]+[ \t]*:/.test(bytes.toString('latin1', line.start, Math.min(line.end, line.start + 200)));

const field = (text: Buffer): Field => ({
  name: text
    .toString('latin1', 0, Math.max(0, text.indexOf(0x3a)))
    .trim()
    .toLowerCase(),
  text,
});

const fieldText = (block: HeaderBlock, name: string): string =>
  block.fields
    .find(one => one.name === name)
    ?.text.toString('latin1')
    .replace(/\r?\n/g, '')
    .replace(/^[^:]*:/, '')
    .trim() ?? '';

const describe = (fields: Field[]): HeaderBlock => {
  const of = (name: string): string =>
    fields
      .find(one => one.name === name)
      ?.text.toString('latin1')
      .replace(/\r?\n/g, '')
      .replace(/^[^:]*:/, '')
      .trim() ?? '';
  const type = of('content-type');
  return {
    fields,
    type: /^\s*([^\s;()]+)/.exec(type)?.[1]?.toLowerCase() ?? 'text/plain',
    multipart: /^\s*multipart\//i.test(type),
    boundary: parameter(type, 'boundary'),
    charset: parameter(type, 'charset'),
    encoding: (/[\w-]+/.exec(of('content-transfer-encoding'))?.[0] ?? '').toLowerCase(),
  };
};

const parameter = (value: string, name: string): string | undefined => {
  const found = new RegExp(`;\\s*${name}\\s*=\\s*(?:"((?:[^"\\\\]|\\\\.)*)"|([^;]*))`, 'i').exec(value);
  const text = found?.[1]?.replace(/\\(.)/g, '$1') ?? found?.[2]?.trim();
  return text === '' ? undefined : text;
};

const setField = (block: HeaderBlock, name: string, value: string): void => {
  const index = block.fields.findIndex(one => one.name === name);
  const made = { name, text: Buffer.from(`${name}: ${value}`, 'latin1') };
  if (index < 0) block.fields.push(made);
  else block.fields[index] = made;
};
const setType = (block: HeaderBlock, value: string): void => setField(block, 'content-type', value);

const withCharset = (block: HeaderBlock, charset: string): string => {
  const value = fieldText(block, 'content-type');
  const rest = value.replace(/;\s*charset\s*=\s*(?:"(?:[^"\\]|\\.)*"|[^;]*)/gi, '').replace(/[;\s]+$/, '');
  return `${rest === '' ? 'text/plain' : rest}; charset="${charset}"`;
};

const metaCharset = (html: Buffer): string | undefined =>
  /<meta[^>]+charset\s*=\s*["']?\s*([\w:.-]+)/i.exec(html.toString('latin1', 0, 4_096))?.[1];

const transferDecoded = (body: Buffer, encoding: string): Buffer => {
  if (encoding === 'base64') return Buffer.from(body.toString('latin1'), 'base64');
  if (encoding !== 'quoted-printable') return body;
  const text = body.toString('latin1').replace(/=[ \t]*\r?\n/g, '');
  return Buffer.from(
    text.replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );
};

/** A header that carries undeclared 8-bit letters, or words whose charset is unknown or false. */
const mendHeader = (text: Buffer, known: string | undefined): Buffer | undefined => {
  const eightBit = hasHighBytes(text) && !isUtf8(text);
  const japanese = text.includes('\x1b$') || text.includes('\x1b(');
  let value = eightBit || japanese ? decodeText(text, undefined, known) : undefined;
  if (text.includes('=?')) {
    const words = value ?? text.toString('utf8');
    const mended = mendWords(joinWords(words));
    if (mended !== words) value = mended;
  }
  return value === undefined ? undefined : Buffer.from(value, 'utf8');
};

const ENCODED_WORD = /=\?([^?*\s]+)(\*[^?\s]*)?\?([QqBb])\?([^?]*)\?=/g;

const ADJACENT_WORDS =
  /=\?[^?*\s]+(?:\*[^?\s]*)?\?[QqBb]\?[^?]*\?=(?:[ \t\r\n]+=\?[^?*\s]+(?:\*[^?\s]*)?\?[QqBb]\?[^?]*\?=)+/g;

const wordBytes = (encoding: string, text: string): Buffer =>
  encoding.toUpperCase() === 'B'
    ? Buffer.from(text, 'base64')
    : transferDecoded(Buffer.from(text.replace(/_/g, ' '), 'latin1'), 'quoted-printable');

/** Adjacent words of one charset become one: senders split letters between them, and pad what they split. */
const joinWords = (header: string): string =>
  header.replace(ADJACENT_WORDS, words => {
    const joined: { label: string; bytes: Buffer[] }[] = [];
    for (const [, label = '', , encoding = '', text = ''] of words.matchAll(ENCODED_WORD)) {
      const last = joined.at(-1);
      if (last?.label.toLowerCase() === label.toLowerCase()) last.bytes.push(wordBytes(encoding, text));
      else joined.push({ label, bytes: [wordBytes(encoding, text)] });
    }
    return joined.map(({ label, bytes }) => `=?${label}?B?${Buffer.concat(bytes).toString('base64')}?=`).join(' ');
  });

/** RFC 2047 words of one header under one label are judged together: a letter may be split between two of them. */
const mendWords = (header: string): string => {
  const byLabel = new Map<string, Buffer[]>();
  for (const [, label = '', , encoding = '', text = ''] of header.matchAll(ENCODED_WORD)) {
    const bytes = wordBytes(encoding, text);
    byLabel.set(label, [...(byLabel.get(label) ?? []), bytes]);
  }
  const instead = new Map<string, string>();
  for (const [label, bytes] of byLabel) {
    const charset = charsetOf(Buffer.concat(bytes), label);
    if (charset.toLowerCase() !== label.toLowerCase()) instead.set(label, charset);
  }
  if (instead.size === 0) return header;
  return header.replace(ENCODED_WORD, (word, label: string, _lang, encoding: string, text: string) => {
    const charset = instead.get(label);
    return charset === undefined ? word : `=?${charset}?${encoding}?${text}?=`;
  });
};

/** `begin 644 name … end`. */
const decodeUu = (text: string): { name: string; bytes: Buffer } | undefined => {
  const lines = text.split(/\r?\n/);
  const start = lines.findIndex(line => /^begin [0-7]{3,4} /.test(line));
  if (start < 0) return undefined;
  const bytes: number[] = [];
  for (const line of lines.slice(start + 1)) {
    if (/^end\s*$/.test(line)) break;
    const wanted = (line.charCodeAt(0) - 32) & 63;
    const out: number[] = [];
    for (let at = 1; out.length < wanted && at < line.length; at += 4) {
      const [a = 0, b = 0, c = 0, d = 0] = [0, 1, 2, 3].map(shift => ((line.charCodeAt(at + shift) || 32) - 32) & 63);
      out.push((a << 2) | (b >> 4), ((b & 15) << 4) | (c >> 2), ((c & 3) << 6) | d);
    }
    bytes.push(...out.slice(0, wanted));
  }
  return { name: (lines[start] ?? '').replace(/^begin [0-7]{3,4} /, '').trim(), bytes: Buffer.from(bytes) };
};
