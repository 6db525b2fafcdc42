import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Keys } from '@filodiretto/platform';

const TOKEN = /^([cl])-([0-9a-f]{32})-([0-9a-f]{20})$/;

/**
 * Proof that an answer belongs to a case, or to a letter: made here, carried by channels, verified here. Safe in addresses
 * and URLs. A letter's token proves nothing of the case, so that what an office answers never passes for the citizen's words.
 */
export class ReplyTokens {
  /** The first key signs; all of them verify. */
  constructor(private readonly keys: Keys) {}

  tokenOf(administrationId: string, caseId: string): string {
    return this.make(CASE, administrationId, caseId);
  }

  letterTokenOf(administrationId: string, letterId: string): string {
    return this.make(LETTER, administrationId, letterId);
  }

  /** The case that a token proves, within one administration; `undefined` when it proves nothing. */
  caseOf(administrationId: string, token: string): string | undefined {
    return this.proven(CASE, administrationId, token);
  }

  /** The letter that a token proves, within one administration; `undefined` when it proves nothing. */
  letterOf(administrationId: string, token: string): string | undefined {
    return this.proven(LETTER, administrationId, token);
  }

  private make(what: Provable, administrationId: string, id: string): string {
    return `${what.mark}-${id.replaceAll('-', '')}-${sign(this.keys[0], what, administrationId, id)}`;
  }

  private proven(what: Provable, administrationId: string, token: string): string | undefined {
    const [, mark, hex = '', signature = ''] = TOKEN.exec(token.trim().toLowerCase()) ?? [];
    if (mark !== what.mark) return undefined;
    const id = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
    const given = Buffer.from(signature);
    const proven = this.keys.some(key => timingSafeEqual(given, Buffer.from(sign(key, what, administrationId, id))));
    return proven ? id : undefined;
  }
}

interface Provable {
  readonly mark: 'c' | 'l';
  readonly word: string;
}
const CASE: Provable = { mark: 'c', word: 'reply' };
const LETTER: Provable = { mark: 'l', word: 'letter' };

const sign = (key: string, { word }: Provable, administrationId: string, id: string): string =>
  createHmac('sha256', key).update(`${word}\n${administrationId}\n${id}`).digest('hex').slice(0, 20);
