import type { GuardedFetch } from '@filodiretto/channel-kit';
import type { OAuth2 } from './config.js';

/** A token is not used in its last minute. */
const SPARE_MS = 60_000;

interface Token {
  readonly value: string;
  readonly until: number;
}

/** Access tokens of one account: fetched once for all who wait (Microsoft 365, Google), renewed before they end. */
export class AccessTokens {
  private held?: Token;
  private fetching?: Promise<Token>;

  constructor(
    private readonly oauth2: OAuth2,
    private readonly fetch: GuardedFetch,
    private readonly now: () => number = Date.now,
  ) {}

  /** A token that is valid now. Rejects with the provider's words; never with a secret in them. */
  async token(): Promise<string> {
    if (this.held && this.held.until > this.now()) return this.held.value;
    this.fetching ??= this.request().finally(() => {
      this.fetching = undefined;
    });
    this.held = await this.fetching;
    return this.held.value;
  }

  /** The provider refused the token: the next one is fetched. */
  forget(): void {
    this.held = undefined;
  }

  private async request(): Promise<Token> {
    const { tokenUrl, clientId, clientSecret, refreshToken, scope } = this.oauth2;
    const answer = await this.fetch(tokenUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({
        grant_type: refreshToken ? 'refresh_token' : 'client_credentials',
        client_id: clientId,
        ...(clientSecret ? { client_secret: clientSecret } : {}),
        ...(refreshToken ? { refresh_token: refreshToken } : {}),
        ...(scope ? { scope } : {}),
      }).toString(),
    });
    const body: unknown = await answer.json().catch(() => undefined);
    const said = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
    const value = said['access_token'];
    if (!answer.ok || typeof value !== 'string')
      throw new Error(
        `no access token from ${new URL(tokenUrl).host}: ${answer.status} ${words(said['error'])} ${words(said['error_description'])}`.trim(),
      );
    const seconds = Number(said['expires_in']);
    return { value, until: this.now() + Math.max(0, (Number.isFinite(seconds) ? seconds : 300) * 1_000 - SPARE_MS) };
  }
}

const words = (value: unknown): string => (typeof value === 'string' ? value.slice(0, 300) : '');
