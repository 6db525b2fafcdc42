/** The mail inside an opaque signed one (CMS SignedData, RFC 8551). The signature is not verified: only the words are taken out. Pure. */

const SIGNED_DATA = Buffer.from('2a864886f70d010702', 'hex');
const SEQUENCE = 0x30;
const OCTET_STRING = 0x04;
const CONSTRUCTED_OCTET_STRING = 0x24;
const EXPLICIT_0 = 0xa0;
const MAX_DEPTH = 12;

interface Element {
  readonly tag: number;
  readonly content: Buffer;
  /** Where the next one begins, from the start of the bytes given. */
  readonly next: number;
}

/** The bytes that were signed; `undefined` when there are none: encrypted, detached or no CMS at all. */
export const signedContent = (bytes: Uint8Array): Buffer | undefined => {
  try {
    const info = childrenOf(element(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), 0, 0), SEQUENCE);
    if (!info[0]?.content.equals(SIGNED_DATA)) return undefined;
    const signed = childrenOf(childrenOf(info[1], EXPLICIT_0)[0], SEQUENCE);
    const encapsulated = childrenOf(
      signed.find(one => one.tag === SEQUENCE),
      SEQUENCE,
    );
    const content = childrenOf(
      encapsulated.find(one => one.tag === EXPLICIT_0),
      EXPLICIT_0,
    )[0];
    return content && octets(content);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
};

const childrenOf = (parent: Element | undefined, tag: number): Element[] => {
  if (parent?.tag !== tag) return [];
  const children: Element[] = [];
  for (let at = 0; at < parent.content.length;) {
    const child = element(parent.content, at, 0);
    children.push(child);
    at = child.next;
  }
  return children;
};

/** A long content is often sent in pieces. */
const octets = (content: Element): Buffer | undefined => {
  if (content.tag === OCTET_STRING) return content.content;
  if (content.tag !== CONSTRUCTED_OCTET_STRING) return undefined;
  return Buffer.concat(childrenOf(content, CONSTRUCTED_OCTET_STRING).flatMap(piece => octets(piece) ?? []));
};

/** One BER element. Throws `RangeError` when the bytes end before it does. */
const element = (bytes: Buffer, at: number, depth: number): Element => {
  if (depth > MAX_DEPTH) throw new RangeError('nested too deep');
  const tag = bytes.readUInt8(at);
  const first = bytes.readUInt8(at + 1);
  if (first === 0x80) {
    let end = at + 2;
    while (bytes.readUInt16BE(end) !== 0) end = element(bytes, end, depth + 1).next;
    return { tag, content: bytes.subarray(at + 2, end), next: end + 2 };
  }
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
  if (lengthBytes > 4) throw new RangeError('longer than any mail');
  const length = lengthBytes === 0 ? first : bytes.readUIntBE(at + 2, lengthBytes);
  const start = at + 2 + lengthBytes;
  if (start + length > bytes.length) throw new RangeError('the bytes end too early');
  return { tag, content: bytes.subarray(start, start + length), next: start + length };
};
