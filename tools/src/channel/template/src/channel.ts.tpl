import {
  storageOf,
  type AnswersWebhooks,
  type Channel,
  type Connection,
  type Fact,
  type Host,
  type Reception,
  type SendOutcome,
} from '@filodiretto/channel-kit';
import type { Outbound } from '@filodiretto/contracts';
import { {{Pascal}}Provider } from './provider.js';
import { factsOf } from './receive.js';
import { CAPABILITIES, requestOf } from './send.js';
import { {{Pascal}}Settings } from './settings.js';
import { isSigned, SIGNATURE_HEADER } from './signature.js';

export const {{camel}}: Channel<{{Pascal}}Settings> = {
  manifest: { id: '{{id}}', name: {{nameLiteral}}, capabilities: CAPABILITIES },
  config: {{Pascal}}Settings,
  connect: (config, host) =>
    Promise.resolve(
      new {{Pascal}}Session(config, host, new {{Pascal}}Provider(host.fetch, config.{{camel}}ApiUrl, config.{{camel}}Token)),
    ),
};

class {{Pascal}}Session implements AnswersWebhooks {
  readonly accounts: readonly string[];
  constructor(
    private readonly config: {{Pascal}}Settings,
    private readonly host: Host,
    private readonly provider: {{Pascal}}Provider,
  ) {
    this.accounts = config.{{camel}}Accounts;
  }

  read(reception: Reception, raw: Uint8Array): Promise<Fact[]> {
    return Promise.resolve().then(() => factsOf(reception, raw));
  }

  async webhook(request: Request): Promise<Response> {
    if (request.method !== 'POST') return new Response(null, { status: 405, headers: { allow: 'POST' } });
    const raw = new Uint8Array(await request.arrayBuffer());
    if (!isSigned(this.config.{{camel}}Secret, raw, request.headers.get(SIGNATURE_HEADER)))
      return new Response(null, { status: 401 });
    await this.host.receive(raw, { account: this.accounts[0] ?? '', mediaType: 'application/json' });
    return new Response(null, { status: 204 });
  }

  connections(account: string): readonly Connection[] {
    return [{ side: 'account', ask: () => this.provider.accountName(account) }, storageOf(this.host)];
  }

  send(message: Outbound): Promise<SendOutcome> {
    const request = requestOf(message);
    return 'kind' in request ? Promise.resolve(request) : this.provider.send(request);
  }
}
