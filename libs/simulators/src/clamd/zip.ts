import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib';

export interface ZipFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** What the list says of its size, when it is to lie. */
  readonly saidSize?: number;
  readonly locked?: boolean;
}

const LOCAL = 0x04034b50;
const LISTED = 0x02014b50;
const END = 0x06054b50;

/** A ZIP archive of these files, well made or lying as it is told. */
export function zipOf(files: readonly ZipFile[]): Buffer {
  const bodies: Buffer[] = [];
  const list: Buffer[] = [];
  let at = 0;
  for (const { name, bytes, saidSize = bytes.byteLength, locked } of files) {
    const label = Buffer.from(name);
    const packed = deflateRawSync(bytes);
    const about = Buffer.alloc(26);
    about.writeUInt16LE(20, 0);
    about.writeUInt16LE((locked ? 1 : 0) | 0x800, 2);
    about.writeUInt16LE(8, 4);
    about.writeUInt32LE(crc32(bytes), 10);
    about.writeUInt32LE(packed.length, 14);
    about.writeUInt32LE(saidSize, 18);
    about.writeUInt16LE(label.length, 22);
    const body = Buffer.concat([four(LOCAL), about, label, packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(at, 10);
    list.push(Buffer.concat([four(LISTED), Buffer.from([20, 0]), about, rest, label]));
    bodies.push(body);
    at += body.length;
  }
  const listed = Buffer.concat(list);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(files.length & 0xffff, 4);
  end.writeUInt16LE(files.length & 0xffff, 6);
  end.writeUInt32LE(listed.length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...bodies, listed, four(END), end]);
}

/** What can be unpacked of an archive, file after file; nothing of what is none. */
export function filesWithin(bytes: Buffer): Buffer[] {
  const found: Buffer[] = [];
  for (let at = 0; at + 30 <= bytes.length && bytes.readUInt32LE(at) === LOCAL;) {
    const begin = at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28);
    const end = begin + bytes.readUInt32LE(at + 18);
    try {
      found.push(inflateRawSync(bytes.subarray(begin, end), { maxOutputLength: 10_000_000 }));
    } catch {
      return found;
    }
    at = end;
  }
  return found;
}

const four = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};
