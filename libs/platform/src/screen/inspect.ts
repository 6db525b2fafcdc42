import { promisify } from 'node:util';
import { gunzip, inflateRaw } from 'node:zlib';
import type { HeldReason } from '@filodiretto/contracts';
import { fileTypeFromBuffer } from 'file-type';
import { looksZipped, packedBytes, zipEntries, type ZipEntry } from './zip.js';

/** What the bytes of a file show, whatever it says of itself. */
export interface Inspection {
  readonly mediaType: string;
  /** Why nobody should open it unawares; absent: nothing was found. */
  readonly held?: HeldReason;
}

export interface Bounds {
  readonly entries: number;
  /** Archives within archives. */
  readonly depth: number;
  /** Bytes of everything unpacked. */
  readonly bytes: number;
}
/** More than a letter of any citizen ever needed. */
export const BOUNDS: Bounds = { entries: 2_000, depth: 3, bytes: 200_000_000 };

/** Names of what runs when opened: programs, scripts, links that start them, documents with macros, images of disks. */
const PROGRAM_NAME =
  /\.(?:exe|dll|com|scr|pif|bat|cmd|msi|msp|msc|hta|cpl|jar|js|jse|mjs|vbs|vbe|wsf|wsh|ps1|psm1|lnk|reg|scf|url|iso|img|vhdx?|app|dmg|pkg|apk|deb|rpm|sh|chm|xll|docm|dotm|xlsm|xltm|xlam|pptm|potm|ppam|sldm)$/i;
const PROGRAM_TYPE = new Set([
  'application/x-msdownload',
  'application/x-elf',
  'application/x-mach-binary',
  'application/x-ms-shortcut',
  'application/java-vm',
  'application/java-archive',
  'application/wasm',
  'application/vnd.android.package-archive',
  'application/x-apple-diskimage',
  'application/x-iso9660-image',
  'application/vnd.debian.binary-package',
  'application/x-deb',
  'application/x-rpm',
]);
/** Where office documents keep their macros. */
const MACROS = /(?:^|\/)vbaProject\.bin$/i;

/** The name as a person reads it and as their system does: nothing that turns letters around or hides them. */
export const plainName = (name: string): string => name.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '').replace(/[. ]+$/, '');

/** Looks at bytes without ever running or unpacking them whole. The same bytes give the same answer. */
export async function inspect(bytes: Uint8Array, filename: string | null, bounds = BOUNDS): Promise<Inspection> {
  const mediaType = await mediaTypeOf(bytes, filename);
  const room: Room = { ...bounds };
  const held =
    PROGRAM_TYPE.has(mediaType) || PROGRAM_NAME.test(plainName(filename ?? '')) || isScript(bytes)
      ? 'program'
      : await within(bytes, 0, bounds, room);
  return { mediaType, ...(held === undefined ? {} : { held }) };
}

/** By the signature of the bytes; text, which has none, by its name when it is nothing but text. */
async function mediaTypeOf(bytes: Uint8Array, filename: string | null): Promise<string> {
  const sniffed = await fileTypeFromBuffer(bytes);
  if (sniffed) return sniffed.mime;
  if (!isText(bytes)) return 'application/octet-stream';
  if (MARKUP.test(headOf(bytes))) return 'text/html';
  return TEXT_TYPES[/\.(\w+)$/.exec(plainName(filename ?? ''))?.[1]?.toLowerCase() ?? ''] ?? 'text/plain';
}

const TEXT_TYPES: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  ics: 'text/calendar',
  eml: 'message/rfc822',
  html: 'text/html',
  htm: 'text/html',
  xhtml: 'text/html',
  svg: 'image/svg+xml',
  xml: 'application/xml',
};
const MARKUP =
  /^\s*(?:<\?xml[^>]*>\s*|<!--[^]*?-->\s*)*<(?:!doctype\s+html|html|head|body|script|svg|iframe|object|embed|math|meta)\b/i;

const headOf = (bytes: Uint8Array): string =>
  Buffer.from(bytes.subarray(0, 4_096))
    .toString('utf8')
    .replace(/^\ufeff/, '');
const isScript = (bytes: Uint8Array): boolean => bytes[0] === 0x23 && bytes[1] === 0x21;

function isText(bytes: Uint8Array): boolean {
  try {
    return !/(?![\n\r\t\f])\p{Cc}/u.test(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return false;
  }
}

/** What is left of the bounds for everything in one file together. */
interface Room {
  entries: number;
  bytes: number;
}

async function within(bytes: Uint8Array, depth: number, bounds: Bounds, room: Room): Promise<HeldReason | undefined> {
  const packed = bytes[0] === 0x1f && bytes[1] === 0x8b;
  if (!packed && !looksZipped(bytes)) return undefined;
  if (depth >= bounds.depth) return 'archive-deep';
  if (!packed) return withinZip(bytes, depth, bounds, room);
  const inner = await unpacked(() => promisify(gunzip)(bytes, { ...CHUNKS, maxOutputLength: Math.max(1, room.bytes) }));
  if (typeof inner === 'string') return inner;
  return withinEntry(inner, depth, bounds, room);
}

async function withinZip(
  bytes: Uint8Array,
  depth: number,
  bounds: Bounds,
  room: Room,
): Promise<HeldReason | undefined> {
  const entries = zipEntries(bytes, room.entries);
  if (!entries) return 'archive-broken';
  if (entries.length > room.entries) return 'archive-many';
  Object.assign(room, { entries: room.entries - entries.length });
  const told = firstWrong(entries);
  if (told) return told;
  if (entries.reduce((sum, { size }) => sum + size, 0) > room.bytes) return 'archive-large';
  for (const entry of entries) {
    const inner = await entryBytes(bytes, entry);
    if (typeof inner === 'string') return inner;
    const wrong = await withinEntry(inner, depth, bounds, room);
    if (wrong) return wrong;
  }
  return undefined;
}

/** What the list of the entries already tells. */
function firstWrong(entries: readonly ZipEntry[]): HeldReason | undefined {
  if (entries.some(({ name }) => leadsOut(name))) return 'archive-path';
  if (entries.some(({ name }) => PROGRAM_NAME.test(plainName(name)) || MACROS.test(name))) return 'program';
  return entries.some(({ locked }) => locked) ? 'archive-locked' : undefined;
}

/** Whether an entry would be written outside of the folder that it is unpacked into. */
const leadsOut = (name: string): boolean =>
  /^[/\\]|^[a-z]:|\0/i.test(name) || name.split(/[/\\]/).some(step => step === '..');

const CHUNKS = { chunkSize: 1_000_000 };
const STORED = 0;
const DEFLATED = 8;

/** The bytes of an entry, never more than the list announced: an archive that lies is broken. */
async function entryBytes(bytes: Uint8Array, entry: ZipEntry): Promise<Uint8Array | HeldReason> {
  const packed = packedBytes(bytes, entry);
  if (!packed) return 'archive-broken';
  if (entry.method === STORED) return packed;
  // Other ways to pack are rare: what is in there cannot be seen.
  if (entry.method !== DEFLATED) return 'archive-broken';
  return unpacked(() => promisify(inflateRaw)(packed, { ...CHUNKS, maxOutputLength: Math.max(1, entry.size) }));
}

async function withinEntry(
  bytes: Uint8Array,
  depth: number,
  bounds: Bounds,
  room: Room,
): Promise<HeldReason | undefined> {
  Object.assign(room, { bytes: room.bytes - bytes.byteLength });
  if (room.bytes < 0) return 'archive-large';
  const type = await fileTypeFromBuffer(bytes.subarray(0, 4_100));
  if ((type && PROGRAM_TYPE.has(type.mime)) || isScript(bytes)) return 'program';
  return within(bytes, depth + 1, bounds, room);
}

const isTooLarge = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';

async function unpacked(work: () => Promise<Uint8Array>): Promise<Uint8Array | HeldReason> {
  try {
    return await work();
  } catch (error) {
    return isTooLarge(error) ? 'archive-large' : 'archive-broken';
  }
}
