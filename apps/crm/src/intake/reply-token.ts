import { createHmac, timingSafeEqual } from 'node:crypto';

const TOKEN = /^c-([0-9a-f]{32})-([0-9a-f]{20})$/;

/** Proof that an answer belongs to a case: made here, carried by channels, verified here. Safe in addresses and URLs. */
export class ReplyTokens {
  /** The first key signs; all of them verify. */
  constructor(private readonly keys: readonly [string, ...string[]]) {}

  tokenOf(administrationId: string, caseId: string): string {
    return `c-${caseId.replaceAll('-', '')}-${sign(this.keys[0], administrationId, caseId)}`;
  }

  /** The case that a token proves, within one administration; `undefined` when it proves nothing. */
  caseOf(administrationId: string, token: string): string | undefined {
    const [, hex = '', signature = ''] = TOKEN.exec(token.trim().toLowerCase()) ?? [];
    if (hex === '') return undefined;
    const caseId = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
    const given = Buffer.from(signature);
    const proven = this.keys.some(key => timingSafeEqual(given, Buffer.from(sign(key, administrationId, caseId))));
    return proven ? caseId : undefined;
  }
}

const sign = (key: string, administrationId: string, caseId: string): string =>
  createHmac('sha256', key).update(`reply\n${administrationId}\n${caseId}`).digest('hex').slice(0, 20);
