/** An entry of an archive, as its list at the end says it. */
export interface ZipEntry {
  readonly name: string;
  readonly packed: number;
  readonly size: number;
  readonly method: number;
  readonly locked: boolean;
  /** Where it begins. */
  readonly at: number;
}

const END = 0x06054b50;
const END_LENGTH = 22;
const LISTED = 0x02014b50;
const LISTED_LENGTH = 46;
const LOCAL = 0x04034b50;
const LOCAL_LENGTH = 30;
const MAX_COMMENT = 65_535;

export const looksZipped = (bytes: Uint8Array): boolean =>
  bytes.length >= 4 && bytes[0] === 0x50 && bytes[1] === 0x4b && [0x03, 0x05, 0x07].includes(bytes[2] ?? 0);

/** The entries of a ZIP archive; `undefined` when its list cannot be read. At most so many are looked at: one more is told. */
export function zipEntries(bytes: Uint8Array, most: number): ZipEntry[] | undefined {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = endOf(view);
  if (end === undefined) return undefined;
  const count = view.readUInt16LE(end + 10);
  let at = view.readUInt32LE(end + 16);
  const entries: ZipEntry[] = [];
  // The count may lie or be that of a larger format: what is listed counts.
  while (at + LISTED_LENGTH <= view.length && view.readUInt32LE(at) === LISTED) {
    const nameLength = view.readUInt16LE(at + 28);
    const next = at + LISTED_LENGTH + nameLength + view.readUInt16LE(at + 30) + view.readUInt16LE(at + 32);
    const flags = view.readUInt16LE(at + 8);
    entries.push({
      name: view.toString('utf8', at + LISTED_LENGTH, at + LISTED_LENGTH + nameLength),
      packed: view.readUInt32LE(at + 20),
      size: view.readUInt32LE(at + 24),
      method: view.readUInt16LE(at + 10),
      locked: (flags & 1) !== 0,
      at: view.readUInt32LE(at + 42),
    });
    if (entries.length > most) return entries;
    at = next;
  }
  return entries.length < count ? undefined : entries;
}

/** The packed bytes of an entry; `undefined` when they are not where the list says. */
export function packedBytes(bytes: Uint8Array, { at, packed }: ZipEntry): Uint8Array | undefined {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (at + LOCAL_LENGTH > view.length || view.readUInt32LE(at) !== LOCAL) return undefined;
  const begin = at + LOCAL_LENGTH + view.readUInt16LE(at + 26) + view.readUInt16LE(at + 28);
  return begin + packed <= view.length ? bytes.subarray(begin, begin + packed) : undefined;
}

function endOf(view: Buffer): number | undefined {
  const first = Math.max(0, view.length - END_LENGTH - MAX_COMMENT);
  for (let at = view.length - END_LENGTH; at >= first; at -= 1) if (view.readUInt32LE(at) === END) return at;
  return undefined;
}
