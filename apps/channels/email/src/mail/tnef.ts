import { clean, cleanLine, decodeText } from './charset.js';
import type { MailFile } from './parse.js';

/**
 * Opens a winmail.dat (MS-OXTNEF): the files in it, its plain or rich words. What cannot be opened stays the closed file
 * it is; nothing is ever executed or written. Pure.
 */

/** Larger ones stay closed. Bytes. */
const MAX_TNEF = 25_000_000;
const SIGNATURE = 0x223e9f78;
const MESSAGE_LEVEL = 1;
const ATTACHMENT_LEVEL = 2;
const BODY = 0x800c;
const FILE_DATA = 0x800f;
const FILE_TITLE = 0x8010;
const FILE_BEGINS = 0x9002;
const MESSAGE_PROPERTIES = 0x9003;
const FILE_PROPERTIES = 0x9005;
const PLAIN_BODY = 0x1000;
const HTML_BODY = 0x1013;
const LONG_NAME = 0x3707;
const MEDIA_TYPE = 0x370e;
const CONTENT_ID = 0x3712;

export interface Unpacked {
  readonly text: string | undefined;
  readonly html: string | undefined;
  readonly files: readonly MailFile[];
}

export const isTnef = (file: MailFile): boolean =>
  /^application\/(?:vnd\.)?ms-tnef$/.test(file.mediaType) || /^winmail\.dat$/i.test(file.filename ?? '');

export const unpackTnef = (file: MailFile): Unpacked | undefined => {
  if (file.bytes.length > MAX_TNEF) return undefined;
  try {
    return unpack(Buffer.from(file.bytes.buffer, file.bytes.byteOffset, file.bytes.byteLength));
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
};

interface Opened {
  title?: string;
  data?: Buffer;
  properties?: Map<number, Value>;
}
interface Value {
  readonly bytes: Buffer;
  readonly wide: boolean;
}

const unpack = (bytes: Buffer): Unpacked | undefined => {
  if (bytes.readUInt32LE(0) !== SIGNATURE) return undefined;
  const opened: Opened[] = [];
  let text: string | undefined;
  let html: string | undefined;
  let at = 6;
  while (at + 9 <= bytes.length) {
    const level = bytes.readUInt8(at);
    const attribute = bytes.readUInt16LE(at + 1);
    const length = bytes.readUInt32LE(at + 5);
    if (at + 9 + length > bytes.length) break;
    const value = bytes.subarray(at + 9, at + 9 + length);
    at += 9 + length + 2;
    if (level === MESSAGE_LEVEL && attribute === BODY) text ??= words(decodeText(value));
    if (level === MESSAGE_LEVEL && attribute === MESSAGE_PROPERTIES) {
      const properties = propertiesIn(value);
      text ??= words(textOf(properties.get(PLAIN_BODY)));
      html ??= words(textOf(properties.get(HTML_BODY)));
    }
    if (level !== ATTACHMENT_LEVEL) continue;
    if (attribute === FILE_BEGINS || opened.length === 0) opened.push({});
    const current = opened[opened.length - 1] ?? {};
    if (attribute === FILE_TITLE) current.title = decodeText(value);
    if (attribute === FILE_DATA) current.data = value;
    if (attribute === FILE_PROPERTIES) current.properties = propertiesIn(value);
  }
  const files = opened.flatMap(({ title, data, properties }): MailFile[] => {
    if (!data) return [];
    const filename = cleanLine(textOf(properties?.get(LONG_NAME)) ?? title ?? '', 255) || undefined;
    const contentId = cleanLine(textOf(properties?.get(CONTENT_ID)) ?? '', 500).replace(/^<|>$/g, '') || undefined;
    const declared = cleanLine(textOf(properties?.get(MEDIA_TYPE)) ?? '', 255).toLowerCase();
    const mediaType = /^[\w.+-]+\/[\w.+-]+$/.test(declared) ? declared : typeByName(filename);
    return [{ filename, mediaType, bytes: data, contentId, inline: false, method: undefined }];
  });
  return files.length === 0 && text === undefined && html === undefined ? undefined : { text, html, files };
};

const words = (text: string | undefined): string | undefined => {
  const readable = clean(text ?? '');
  return readable.trim() === '' ? undefined : readable;
};

const textOf = (value: Value | undefined): string | undefined =>
  value === undefined ? undefined : value.wide ? value.bytes.toString('utf16le') : decodeText(value.bytes);

const FIXED: Readonly<Record<number, number>> = {
  0x0002: 4,
  0x0003: 4,
  0x0004: 4,
  0x0005: 8,
  0x0006: 8,
  0x0007: 8,
  0x000a: 4,
  0x000b: 4,
  0x0014: 8,
  0x0040: 8,
  0x0048: 16,
};

const padded = (length: number): number => (length + 3) & ~3;

/** The properties of one block (MS-OXTNEF 2.1.3.4): only texts and binaries are kept. */
const propertiesIn = (block: Buffer): Map<number, Value> => {
  const found = new Map<number, Value>();
  const count = block.readUInt32LE(0);
  let at = 4;
  for (let index = 0; index < count && at + 4 <= block.length; index += 1) {
    const tag = block.readUInt16LE(at);
    const id = block.readUInt16LE(at + 2);
    at += 4;
    if (id >= 0x8000) {
      const named = block.readUInt32LE(at + 16) === 1;
      at += 20 + (named ? 4 + padded(block.readUInt32LE(at + 20)) : 4);
    }
    const type = tag & 0x0fff;
    const many = (tag & 0x1000) !== 0;
    const fixed = FIXED[type];
    if (fixed !== undefined) {
      const values = many ? block.readUInt32LE(at) : 1;
      at += (many ? 4 : 0) + fixed * values;
      continue;
    }
    const values = block.readUInt32LE(at);
    at += 4;
    for (let nth = 0; nth < values; nth += 1) {
      const length = block.readUInt32LE(at);
      if (at + 4 + length > block.length) return found;
      if (nth === 0 && !found.has(id))
        found.set(id, { bytes: block.subarray(at + 4, at + 4 + length), wide: type === 0x001f });
      at += 4 + padded(length);
    }
  }
  return found;
};

const TYPES: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  txt: 'text/plain',
  htm: 'text/html',
  html: 'text/html',
  doc: 'application/msword',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xls: 'application/vnd.ms-excel',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  odt: 'application/vnd.oasis.opendocument.text',
  zip: 'application/zip',
};
const typeByName = (filename: string | undefined): string =>
  TYPES[/\.([a-z0-9]{1,5})$/i.exec(filename ?? '')?.[1]?.toLowerCase() ?? ''] ?? 'application/octet-stream';
