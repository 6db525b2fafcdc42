import type { GuardedFetch, SendOutcome } from '@filodiretto/channel-kit';
import { refused, type ProviderMessage } from './send.js';

/** The provider's API: the only place that talks to it. */
export class {{Pascal}}Provider {
  constructor(
    private readonly fetch: GuardedFetch,
    private readonly url: string,
    private readonly token: string,
  ) {}

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
