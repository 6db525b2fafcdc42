import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

const CIPHER = 'aes-256-gcm';
const NONCE = 12;
const TAG = 16;

/** Seals with a key of its own for each purpose: what is read elsewhere is nothing there. */
export class Seal {
  constructor(private readonly key: string) {}

  close(purpose: string, bytes: Uint8Array): Buffer {
    const nonce = randomBytes(NONCE);
    const cipher = createCipheriv(CIPHER, this.keyFor(purpose), nonce);
    const body = Buffer.concat([cipher.update(bytes), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), body]);
  }

  /** What was sealed for this purpose with this key; `undefined` for anything else. */
  open(purpose: string, sealed: Uint8Array): Buffer | undefined {
    if (sealed.byteLength < NONCE + TAG) return undefined;
    try {
      const decipher = createDecipheriv(CIPHER, this.keyFor(purpose), sealed.subarray(0, NONCE));
      decipher.setAuthTag(sealed.subarray(NONCE, NONCE + TAG));
      return Buffer.concat([decipher.update(sealed.subarray(NONCE + TAG)), decipher.final()]);
    } catch {
      return undefined;
    }
  }

  /** A name that only who holds the key can make from another. */
  nameOf(purpose: string, what: string): string {
    return createHmac('sha256', this.key)
      .update(JSON.stringify([purpose, what]))
      .digest('hex');
  }

  private keyFor(purpose: string): Uint8Array {
    return new Uint8Array(hkdfSync('sha256', this.key, '', `filodiretto portal ${purpose}`, 32));
  }
}
