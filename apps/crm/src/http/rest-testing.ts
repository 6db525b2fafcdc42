import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { subjects } from '@filodiretto/bus';
import { eventually } from '@filodiretto/bus/testing';
import type { Capabilities, Inbound, Outbound } from '@filodiretto/contracts';
import { RawStore } from '@filodiretto/platform';
import type { DataSource } from 'typeorm';
import { v7 } from 'uuid';
import { ChannelRegistry } from '../channel/registry.js';
import { Intake } from '../intake/intake.js';
import { CrmSettings } from '../settings.js';
import { aMessage, itemOf, TestCore, tokenFor, type TestEnvironment } from '../testing.js';

const ACCOUNT = 'ufficio';

/** An operator of a test, with what opens the API. */
export interface TestOperator {
  readonly id: string;
  readonly token: string;
  readonly administrationId: string;
  readonly officeId: string;
}
export interface Answer<Body> {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Body;
  readonly text: string;
}
export interface Asked {
  readonly as?: TestOperator | undefined;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Network address it comes from. */
  readonly from?: string;
}

/** The core answering requests on servers of its own; what channels say is handed to its intake by hand. */
export class RestApplication {
  readonly app: NestFastifyApplication;
  readonly dataSource: DataSource;
  readonly store: RawStore;

  private constructor(readonly core: TestCore) {
    this.app = core.running.app;
    this.dataSource = core.database.dataSource;
    this.store = this.app.get(RawStore);
  }

  static async start(said: TestEnvironment = {}, lines?: (line: string) => void): Promise<RestApplication> {
    return new RestApplication(await TestCore.start(said, lines));
  }

  stop(): Promise<void> {
    return this.core.stop();
  }

  async ask<Body>(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    url: string,
    asked: Asked = {},
  ): Promise<Answer<Body>> {
    const response = await this.app.inject({
      method,
      url,
      ...(asked.from === undefined ? {} : { remoteAddress: asked.from }),
      headers: {
        ...(asked.as ? { authorization: `Bearer ${asked.as.token}` } : {}),
        ...asked.headers,
      },
      ...(asked.body === undefined ? {} : { payload: asked.body as object }),
    });
    const json = /json/.test(String(response.headers['content-type']));
    return {
      status: response.statusCode,
      headers: response.headers as Record<string, string | undefined>,
      body: (json && response.body !== '' ? response.json() : undefined) as Body,
      text: response.body,
    };
  }

  /** An administration with an office and an operator of its own. */
  async administration(name: string, role?: string): Promise<TestOperator & { readonly office: string }> {
    const administrationId = v7();
    await this.office(administrationId, name, 'administration', null);
    const office = await this.office(administrationId, `URP ${name}`, 'office', administrationId);
    return { ...(await this.operator(administrationId, office, `Anna ${name}`, role)), office };
  }

  async office(
    administrationId: string,
    name: string,
    kind: 'administration' | 'office' = 'office',
    parent: string | null = administrationId,
  ): Promise<string> {
    const id = kind === 'administration' ? administrationId : v7();
    await this.dataSource.query(
      `insert into office (id, administration_id, parent_id, code, name, kind, tier) values ($1, $2, $3, $4, $5, $6, 1)`,
      [id, administrationId, parent, `code-${id}`, name, kind],
    );
    return id;
  }

  async operator(
    administrationId: string,
    officeId: string,
    name: string,
    role = 'urp_referent',
  ): Promise<TestOperator> {
    const id = v7();
    await this.dataSource.query(
      `with made as (
         insert into operator (id, administration_id, office_id, code, name, role) values ($1, $2, $3, $4, $5, $6)
         returning id, administration_id)
       insert into operator_identity (id, administration_id, operator_id, issuer, subject, linked_by)
       select id, administration_id, id, $7, id, 'administrator' from made`,
      [id, administrationId, officeId, `code-${id}`, name, role, this.app.get(CrmSettings).oidcIssuer],
    );
    return { id, token: await tokenFor(id), administrationId, officeId };
  }

  /** A channel that introduced itself, with one account of the administration. */
  async channel(capabilities: Capabilities, administrationId: string): Promise<{ channel: string; account: string }> {
    const channel = await this.core.channel(capabilities, { accounts: ['main', ACCOUNT] });
    await this.app.get(ChannelRegistry).manifestOf(channel);
    await this.dataSource.query(
      'insert into channel_account (channel, account, administration_id) values ($1, $2, $3)',
      [channel, ACCOUNT, administrationId],
    );
    return { channel, account: ACCOUNT };
  }

  /** Takes in a message as if a channel had said it. Gives the case it went to. */
  async receive(
    { channel, account }: { readonly channel: string; readonly account: string },
    said: Partial<Inbound> & { readonly text?: string },
  ): Promise<{ message: string; caseId: string }> {
    const { text, ...more } = said;
    const externalId = said.externalId ?? `ext-${v7()}`;
    const data = aMessage({
      channel,
      account,
      externalId,
      from: { kind: 'email', value: `${externalId}@example.org`, displayName: 'Mario Bianchi' },
      content: [{ type: 'text', text: text ?? 'Buongiorno, il lampione è spento.' }],
      raw: await this.store.keep(Buffer.from(`the original of ${externalId}`), 'message/rfc822'),
      reception: { reception: v7(), index: 0, count: 1 },
      ...more,
    });
    await this.app.get(Intake).alone(itemOf(data));
    const rows: { id: string; case_id: string | null }[] = await this.dataSource.query(
      'select id, case_id from message where channel = $1 and external_id = $2',
      [channel, data.externalId],
    );
    const [row] = rows;
    if (!row?.case_id) throw new Error('the message opened no case');
    return { message: row.id, caseId: row.case_id };
  }

  /** Resolves when search knows everything that was committed. */
  async searchable(): Promise<void> {
    await eventually(async () => {
      const [row]: { behind: boolean }[] = await this.dataSource.query(
        `select exists (select from search_stale) or exists (
           select from journal j left join journal_reader r on r.name = 'search' and r.administration_id = j.administration_id
           where (j.xid, j.position) > (coalesce(r.xid, '0'::xid8), coalesce(r.position, 0))) as behind`,
      );
      return row?.behind === false || undefined;
    });
  }

  /** The order of a message, once it is the last that its channel was given on the bus. */
  orderOf(
    message: string,
    { channel, account }: { readonly channel: string; readonly account: string },
  ): Promise<Outbound> {
    const { streams } = this.core.bus.manager;
    return eventually(async () => {
      const found = await streams.getMessage('OUT', { last_by_subj: subjects.out(channel, account) });
      const order = found?.json<Outbound>();
      return order?.id === message ? order : undefined;
    });
  }
}
