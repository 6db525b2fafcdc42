/** What the chat asks of a machine before the first message: an ALTCHA v2 challenge. */
export interface Challenge {
  readonly parameters: {
    readonly algorithm: string;
    readonly nonce: string;
    readonly salt: string;
    readonly cost: number;
    readonly keyLength: number;
    readonly keyPrefix: string;
    /** Seconds since the epoch. */
    readonly expiresAt?: number;
  };
  readonly signature?: string;
}

const AT_ONCE = 4;
const COUNTER_BYTES = 4;

/**
 * Solves a challenge a few keys at a time, each derived by the browser off the page's own thread: the page goes on. Nothing in a browser
 * that cannot, and when the signal comes first: then what is said goes without.
 */
export async function proofOf(challenge: Challenge, signal: AbortSignal): Promise<string | undefined> {
  const { algorithm, nonce, salt, cost, keyLength, keyPrefix } = challenge.parameters;
  // Only a page that came by a secure way has it, whatever the types say.
  const subtle = (globalThis.crypto as Partial<Crypto> | undefined)?.subtle;
  if (!subtle || algorithm !== 'PBKDF2/SHA-256') return undefined;
  const [before, salted] = [bytesOf(nonce), bytesOf(salt)];
  const began = performance.now();
  const keyAt = async (counter: number): Promise<string> => {
    const password = new Uint8Array(before.length + COUNTER_BYTES);
    password.set(before);
    new DataView(password.buffer).setUint32(before.length, counter);
    const key = await subtle.importKey('raw', password, 'PBKDF2', false, ['deriveBits']);
    const way = { name: 'PBKDF2', hash: 'SHA-256', salt: salted, iterations: cost };
    return hexOf(new Uint8Array(await subtle.deriveBits(way, key, keyLength * 8)));
  };
  for (let from = 0; !signal.aborted; from += AT_ONCE) {
    const keys = await Promise.all(Array.from({ length: AT_ONCE }, (_, index) => keyAt(from + index)));
    const found = keys.findIndex(key => key.startsWith(keyPrefix));
    if (found < 0) continue;
    const solution = { counter: from + found, derivedKey: keys[found], time: Math.round(performance.now() - began) };
    return btoa(JSON.stringify({ challenge, solution }));
  }
  return undefined;
}

const bytesOf = (hex: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(hex.match(/../g) ?? [], byte => Number.parseInt(byte, 16));
const hexOf = (bytes: Uint8Array): string => [...bytes].map(byte => byte.toString(16).padStart(2, '0')).join('');
