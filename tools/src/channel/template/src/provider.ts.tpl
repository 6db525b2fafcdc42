import { NotConnected, type GuardedFetch, type SendOutcome } from '@filodiretto/channel-kit';
import { refused, type ProviderMessage } from './send.js';

/** The provider's API: the only place that talks to it. */
export class {{Pascal}}Provider {
  constructor(
    private readonly fetch: GuardedFetch,
    private readonly url: string,
    private readonly token: string,
  ) {}

  /** What the provider calls an account of ours. Throws `NotConnected` when it says no. */
  async accountName(account: string): Promise<string> {
    const answer = await this.fetch(`${this.url}/accounts/${encodeURIComponent(account)}`, {
      headers: { authorization: `Bearer ${this.token}` },
      // Less than the kit waits for one answer.
      timeoutMs: 7_000,
    });
    const body = await answer.text();
    if (answer.status === 401 || answer.status === 403)
      throw new NotConnected('unauthorized', `the provider said ${answer.status}`);
    if (answer.status === 404) throw new NotConnected('not_found', `the provider knows no account ${account}`);
    if (!answer.ok) throw new Error(`the provider answered ${answer.status}`);
    const { name } = JSON.parse(body) as { name?: unknown };
    return typeof name === 'string' ? name : account;
  }

  /** Asks once. Throws when nobody knows whether the provider took it: a time-out, a broken connection, a fault of its own. */
  async send(message: ProviderMessage): Promise<SendOutcome> {
    const answer = await this.fetch(`${this.url}/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${this.token}` },
      body: JSON.stringify(message),
    });
    const body = await answer.text();
    if (answer.status === 429) return refused('rate_limited', 'the provider asks to go slower');
    if (answer.status === 401 || answer.status === 403) return refused('unauthorized', 'the credential is not accepted');
    if (answer.status >= 400 && answer.status < 500)
      return refused('undeliverable', `the provider said ${answer.status}: ${body.slice(0, 500)}`);
    if (!answer.ok) throw new Error(`the provider answered ${answer.status}`);
    const { id } = JSON.parse(body) as { id?: unknown };
    if (typeof id !== 'string') throw new Error('the provider took the message without giving its id');
    return { kind: 'accepted', externalId: id };
  }
}
