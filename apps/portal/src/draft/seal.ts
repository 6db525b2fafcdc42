import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import type { Keys } from '@filodiretto/platform';

const CIPHER = 'aes-256-gcm';
const NONCE = 12;
const TAG = 16;

/** Seals with a key of its own for each purpose: what is read elsewhere is nothing there. The first key seals; all of them open. */
export class Seal {
  constructor(private readonly keys: Keys) {}

  close(purpose: string, bytes: Uint8Array): Buffer {
    const nonce = randomBytes(NONCE);
    const cipher = createCipheriv(CIPHER, keyFor(this.keys[0], purpose), nonce);
    const body = Buffer.concat([cipher.update(bytes), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), body]);
  }

  /** What was sealed for this purpose with one of the keys; `undefined` for anything else. */
  open(purpose: string, sealed: Uint8Array): Buffer | undefined {
    for (const key of this.keys) {
      const opened = openedWith(keyFor(key, purpose), sealed);
      if (opened) return opened;
    }
    return undefined;
  }

  /** The names that only who holds a key can make from another, one for each key: what is named anew has the first. */
  namesOf(purpose: string, what: string): readonly [string, ...string[]] {
    const [first, ...others] = this.keys;
    return [nameWith(first, purpose, what), ...others.map(key => nameWith(key, purpose, what))];
  }
}

function openedWith(key: Uint8Array, sealed: Uint8Array): Buffer | undefined {
  if (sealed.byteLength < NONCE + TAG) return undefined;
  try {
    const decipher = createDecipheriv(CIPHER, key, sealed.subarray(0, NONCE));
    decipher.setAuthTag(sealed.subarray(NONCE, NONCE + TAG));
    return Buffer.concat([decipher.update(sealed.subarray(NONCE + TAG)), decipher.final()]);
  } catch {
    return undefined;
  }
}

const nameWith = (key: string, purpose: string, what: string): string =>
  createHmac('sha256', key)
    .update(JSON.stringify([purpose, what]))
    .digest('hex');

const keyFor = (key: string, purpose: string): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', key, '', `filodiretto portal ${purpose}`, 32));
