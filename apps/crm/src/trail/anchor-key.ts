import { createPrivateKey, createPublicKey, sign, type KeyObject } from 'node:crypto';
import { statementOf, type AnchorStatement } from './seal.js';

/** What stands before the 32 bytes of an Ed25519 key in PKCS #8 (RFC 8410, section 7) and in SubjectPublicKeyInfo (section 4). */
const PRIVATE = Buffer.from('302e020100300506032b657004220420', 'hex');
const PUBLIC = Buffer.from('302a300506032b6570032100', 'hex');

/** Signs what is anchored. The secret is 32 random bytes in hexadecimal. */
export class AnchorKey {
  private readonly secret: KeyObject;
  /** The public half, in base64: whoever verifies has it from elsewhere than the database. */
  readonly shown: string;

  constructor(hex: string) {
    this.secret = createPrivateKey({
      key: Buffer.concat([PRIVATE, Buffer.from(hex, 'hex')]),
      format: 'der',
      type: 'pkcs8',
    });
    const der = createPublicKey(this.secret).export({ format: 'der', type: 'spki' });
    this.shown = der.subarray(PUBLIC.length).toString('base64');
  }

  sign(anchor: AnchorStatement): Buffer {
    return sign(null, Buffer.from(statementOf(anchor)), this.secret);
  }
}

/** A public key as it is shown. */
export const publicKeyOf = (shown: string): KeyObject =>
  createPublicKey({ key: Buffer.concat([PUBLIC, Buffer.from(shown, 'base64')]), format: 'der', type: 'spki' });
