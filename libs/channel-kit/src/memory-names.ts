import { createCipheriv, createDecipheriv, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

const IV_BYTES = 16;
/** No name of before has three parts. */
const SEALED = 's';

interface NameKey {
  readonly seal: Buffer;
  readonly proof: Buffer;
}

/**
 * Under which names of the bucket a channel keeps what it remembers. Its own words may hold a telephone number or an address, and the
 * names of all are told to whoever may ask about the bucket: they are sealed, always alike for the same words, so that they are
 * found again, and read by who has the key alone (AES-256-CTR under a synthetic vector, the first 128 bits of an HMAC-SHA-256 of
 * the words). The first secret seals; names of the others, and those in clear of before, are still understood.
 */
export class MemoryNames {
  private readonly keys: readonly NameKey[];

  constructor(
    private readonly channel: string,
    secrets: readonly [string, ...string[]],
  ) {
    this.keys = secrets.map(secret => {
      const made = Buffer.from(hkdfSync('sha256', secret, 'filodiretto', `memory:${channel}`, 64));
      return { seal: made.subarray(0, 32), proof: made.subarray(32) };
    });
  }

  /** Of all names of the channel. */
  get all(): string {
    return `${this.channel}.>`;
  }
  /** The name for some words. */
  name(words: string): string {
    return this.sealedBy(this.keys[0], words);
  }
  /** Under which names the same may have been kept before. */
  earlier(words: string): readonly string[] {
    return [
      ...this.keys.slice(1).map(key => this.sealedBy(key, words)),
      `${this.channel}.${Buffer.from(words).toString('base64url')}`,
    ];
  }
  isSealed(name: string): boolean {
    return name.startsWith(`${this.channel}.${SEALED}.`);
  }
  /** The words of a name; `undefined`: it is sealed by none of our keys. */
  wordsOf(name: string): string | undefined {
    const [own = '', sealed] = name.slice(this.channel.length + 1).split('.');
    if (sealed === undefined) return Buffer.from(own, 'base64url').toString();
    const bytes = Buffer.from(sealed, 'base64url');
    for (const { seal, proof } of this.keys) {
      const vector = bytes.subarray(0, IV_BYTES);
      if (vector.length < IV_BYTES) return undefined;
      const opening = createDecipheriv('aes-256-ctr', seal, vector);
      const words = Buffer.concat([opening.update(bytes.subarray(IV_BYTES)), opening.final()]);
      if (timingSafeEqual(vectorOf(proof, words), vector)) return words.toString();
    }
    return undefined;
  }

  private sealedBy(key: NameKey | undefined, words: string): string {
    if (!key) throw new Error('there is no key for the names');
    const plain = Buffer.from(words);
    const vector = vectorOf(key.proof, plain);
    const sealing = createCipheriv('aes-256-ctr', key.seal, vector);
    const sealed = Buffer.concat([vector, sealing.update(plain), sealing.final()]);
    return `${this.channel}.${SEALED}.${sealed.toString('base64url')}`;
  }
}

const vectorOf = (proof: Buffer, words: Buffer): Buffer =>
  createHmac('sha256', proof).update(words).digest().subarray(0, IV_BYTES);
