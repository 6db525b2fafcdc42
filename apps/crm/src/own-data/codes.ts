import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Address } from '@filodiretto/contracts';
import { SEND_RANK } from '@filodiretto/domain';
import { newId, type Logger } from '@filodiretto/platform';
import { DataSource, type EntityManager } from 'typeorm';
import { insertAll } from '../bulk.js';
import { Ledger } from '../case/ledger.js';
import { reach } from '../channel/reach.js';
import { ChannelRegistry } from '../channel/registry.js';
import { Conversation } from '../conversation/conversation.entity.js';
import { MachineDataSource } from '../data-source.js';
import { ReplyTokens } from '../intake/reply-token.js';
import { searchText } from '../intake/words.js';
import { Jobs } from '../job/jobs.js';
import { LOG } from '../log.js';
import { insertMessages } from '../message/message-rows.js';
import { announcementOf, orderOf } from '../message/order.js';
import { whyNot } from '../message/reply-rules.js';
import { Relay } from '../outbox/relay.js';
import { Streams } from '../retention/streams.js';
import { Administrations } from '../routing/administrations.js';
import { CrmSettings } from '../settings.js';
import { codeHash, newCode, plainAddress } from './secrets.js';
import { codeLetter, NO_CODE } from './words.js';

const SEND = 'own-data.send-code';
const FORGET = 'own-data.forget';
const CLEAR = 'own-data.clear';
/** How often the bus is asked to forget codes that have left, and how many of them at once. */
const CLEAR_EVERY_MS = 60_000;
const CLEAR_AT_ONCE = 500;
/** The clocks of the database and of the bus are not the same. */
const APART_MS = 60_000;
/** How many are sent to one address in an hour. */
const CODES_PER_HOUR = 3;
const HOUR_MS = 3_600_000;

interface Asked {
  readonly administrationId: string;
  readonly kind: string;
  readonly value: string;
  readonly language: string;
  readonly contact: string | null;
  readonly earlier: number;
}

/**
 * One-time codes for citizens. Whoever asks is told the same, in the same time, of an address that is known and of one that is
 * not: what is asked is written down, and whether a code leaves is decided after the answer.
 */
@Injectable()
export class OwnDataCodes implements OnModuleInit {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(MachineDataSource) private readonly machines: MachineDataSource,
    @Inject(Jobs) private readonly jobs: Jobs,
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(Relay) private readonly relay: Relay,
    @Inject(Streams) private readonly streams: Streams,
    @Inject(ChannelRegistry) private readonly channels: ChannelRegistry,
    @Inject(Administrations) private readonly administrations: Administrations,
    @Inject(ReplyTokens) private readonly tokens: ReplyTokens,
    @Inject(CrmSettings) private readonly settings: CrmSettings,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  onModuleInit(): void {
    this.jobs.handle({ name: SEND, run: payload => this.send((payload as { readonly id: string }).id) });
    this.jobs.handle({
      name: FORGET,
      run: () => this.forget(),
      next: now => new Date(now.getTime() + HOUR_MS),
    });
    this.jobs.handle({
      name: CLEAR,
      run: () => this.clear(),
      next: now => new Date(now.getTime() + CLEAR_EVERY_MS),
    });
  }

  /** Whether codes are sent from here at all. */
  get areSent(): boolean {
    return this.settings.citizenPagesUrl !== undefined;
  }

  /** Notes that a code is asked for an address. `none`: there is no such administration, or it must be said which. */
  ask(said: {
    readonly kind: string;
    readonly value: string;
    readonly language: string;
    readonly administration: string | undefined;
  }): Promise<'noted' | 'none'> {
    return this.dataSource.transaction(async manager => {
      const id = newId();
      const roots: { id: string }[] = await manager.query(
        `select id from office where kind = 'administration' and ($1::uuid is null or id = $1) limit 2`,
        [said.administration ?? null],
      );
      const [root, another] = roots;
      if (!root || another) return 'none';
      await manager.query(
        'insert into citizen_code (id, administration_id, kind, value, language) values ($1, $2, $3, $4, $5)',
        [id, root.id, said.kind, plainAddress(said.value), said.language],
      );
      await this.jobs.add(manager, SEND, { id });
      return 'noted';
    });
  }

  /** Sends the code that was asked for, if the address is somebody's, a channel reaches it and it was not sent too many. */
  private async send(id: string): Promise<void> {
    const pages = this.settings.citizenPagesUrl;
    if (pages === undefined) return;
    const left = await this.machines.transaction(async manager => {
      const asked = await lockedRequest(manager, id);
      if (!asked || asked.contact === null || asked.earlier >= CODES_PER_HOUR) return false;
      const code = newCode();
      const link = `${new URL('/i-miei-dati/entra', pages).href}#${code}`;
      const until = await endOf(manager, this.settings.citizenCodeMinutes);
      const message = await this.write(manager, { ...asked, contact: asked.contact }, { code, link, until });
      if (message === undefined) return false;
      await manager.query(`update citizen_code set secret_hash = $2, expires_at = $3, message_id = $4 where id = $1`, [
        id,
        codeHash(code),
        until,
        message,
      ]);
      return true;
    });
    if (left) this.relay.nudge();
  }

  /** The letter, in no case: of the code only what leaves knows. Gives its message; `undefined`: none can leave. */
  private async write(
    manager: EntityManager,
    { administrationId, kind, value, language, contact }: Asked & { readonly contact: string },
    said: { readonly code: string; readonly link: string; readonly until: Date },
  ): Promise<string | undefined> {
    const address: Address = { kind, value };
    const own = await this.administrations.ownAccounts(this.channels.announcements(), administrationId);
    const way = reach(own, [address], 'reply');
    const manifest = way && (await this.channels.manifestOf(way.channel));
    if (!manifest) {
      this.log.info({ kind }, 'a one-time code is not sent: no channel reaches an address of this kind');
      return undefined;
    }
    const { capabilities } = manifest;
    const { subject, text } = codeLetter(language);
    const words = text(said);
    const thread = await conversationWith(manager, { ...way, administrationId, contactId: contact }, capabilities);
    const now = new Date();
    const no = whyNot(
      { content: [{ type: 'text', text: words }], author: 'automation', visibility: 'parties' },
      capabilities,
      { starts: thread.lastInboundAt === null, lastInboundAt: thread.lastInboundAt, now },
    );
    if (no) {
      this.log.info(
        { channel: way.channel, problem: no.refused },
        'a one-time code is not sent: the channel refuses it',
      );
      await dropIfEmpty(manager, thread);
      return undefined;
    }
    const kept = text({ code: NO_CODE, link: new URL('/i-miei-dati', said.link).href, until: said.until });
    const message = {
      id: newId(),
      administrationId,
      conversationId: thread.id,
      seq: thread.lastSeq,
      caseId: null,
      contactId: contact,
      direction: 'out' as const,
      author: 'automation' as const,
      operatorId: null,
      automatic: 'notification' as const,
      // Whoever asks for codes in somebody's name must not silence what machines have to tell them.
      automaticTo: null,
      channel: way.channel,
      account: way.account,
      address,
      subject: capabilities.subject ? subject : null,
      content: [{ type: 'text' as const, text: kept }],
      text: searchText(subject, [{ type: 'text', text: kept }]),
      visibility: 'parties' as const,
      letterId: null,
      sendState: 'queued' as const,
      sendRank: SEND_RANK.queued,
      attempt: 1,
      queuedAt: now,
      sentAt: now,
      receivedAt: now,
    };
    await insertMessages(manager, [message]);
    const leaving = { ...message, content: [{ type: 'text' as const, text: words }] };
    const order = orderOf(leaving, thread, { token: this.tokens.tokenOf(administrationId, message.id) });
    await this.ledger.announce(manager, [announcementOf(order, thread.id, null)]);
    return message.id;
  }

  /** Overwrites on the bus the orders whose letters have left: what the database keeps of them has no code. */
  async clear(): Promise<void> {
    const left: { id: string; channel: string; account: string; since: Date }[] = await this.machines.query(
      `select m.id, m.channel, m.account, m.queued_at as since from citizen_code c join message m on m.id = c.message_id
       where m.send_state not in ('queued', 'sending') order by m.queued_at limit $1`,
      [CLEAR_AT_ONCE],
    );
    const [first] = left;
    if (!first) return;
    await this.streams.forgetOrders(left, new Date(first.since.getTime() - APART_MS));
    await this.machines.query('update citizen_code set message_id = null where message_id = any($1::uuid[])', [
      left.map(({ id }) => id),
    ]);
  }

  /**
   * Codes and logins of yesterday, sessions that are over: nothing is kept of them. A code whose letter has not left stays, by its hash,
   * as long as the bus keeps the order.
   */
  async forget(): Promise<void> {
    await this.machines.query(
      `delete from citizen_code where asked_at < now() - interval '1 day'
         and (message_id is null or asked_at < now() - interval '15 days')`,
    );
    await this.machines.query('delete from citizen_session where expires_at < now()');
    await this.machines.query(`delete from citizen_login where began_at < now() - interval '1 hour'`);
    // Codes that opened nothing, and people of whom nothing is kept but that they once logged in.
    await this.machines.query(
      `delete from citizen_case q where q.claimed_at < now() - interval '1 day'
         and not exists (select from message m where m.tracking_hash = q.tracking_hash)`,
    );
    await this.machines.query(
      `delete from citizen_identity i where i.contact_id is null and i.last_at < now() - interval '1 day'
         and not exists (select from citizen_case q where q.identity_id = i.id)`,
    );
  }
}

/** A request that was not dealt with, of an address that is locked: two at once are dealt with one after the other. */
async function lockedRequest(manager: EntityManager, id: string): Promise<Asked | undefined> {
  const [row]: Omit<Asked, 'contact' | 'earlier'>[] = await manager.query(
    `select administration_id as "administrationId", kind, value, language from citizen_code
     where id = $1 and secret_hash is null for update`,
    [id],
  );
  if (!row) return undefined;
  await manager.query('select pg_advisory_xact_lock(hashtextextended($1, 280))', [
    JSON.stringify([row.administrationId, row.kind, row.value]),
  ]);
  const [known]: { contact: string | null; earlier: number }[] = await manager.query(
    `select (select coalesce(k.merged_into, k.id) from contact_address a join contact k on k.id = a.contact_id
         where a.administration_id = $1 and a.kind = $2 and a.value = $3 and k.erased_at is null) as contact,
       (select count(*) from citizen_code where administration_id = $1 and kind = $2 and value = $3
         and secret_hash is not null and asked_at > now() - interval '1 hour')::int as earlier`,
    [row.administrationId, row.kind, row.value],
  );
  return known && { ...row, ...known };
}

/** By the clock of the database, as it is looked at again when the code is spent. */
async function endOf(manager: EntityManager, minutes: number): Promise<Date> {
  const rows: { until: Date }[] = await manager.query('select now() + make_interval(mins => $1) as until', [minutes]);
  const [row] = rows;
  if (!row) throw new Error('the database told no time');
  return row.until;
}

interface Way {
  readonly channel: string;
  readonly account: string;
  readonly address: Address;
  readonly administrationId: string;
  readonly contactId: string;
}

/** Where it is written: a thread of its own, or, where a person has one conversation alone, that one. Its next place is taken. */
async function conversationWith(
  manager: EntityManager,
  { channel, account, address, administrationId, contactId }: Way,
  { conversations }: { readonly conversations?: string },
): Promise<Conversation> {
  const isOne = conversations === 'person';
  if (isOne) {
    const [rows]: [Conversation[], number] = await manager.query(
      `update conversation set last_seq = last_seq + 1 where id = (
         select id from conversation where administration_id = $1 and channel = $2 and account = $3
           and address->>'kind' = $4 and address->>'value' = $5 and letter_id is null order by created_at desc limit 1)
       returning id, channel, account, key, last_seq as "lastSeq", last_inbound_at as "lastInboundAt", address,
         administration_id as "administrationId", contact_id as "contactId", case_id as "caseId",
         letter_id as "letterId", created_at as "createdAt"`,
      [administrationId, channel, account, address.kind, address.value],
    );
    if (rows[0]) return rows[0];
  }
  const id = newId();
  const begun: Conversation = {
    id,
    administrationId,
    channel,
    account,
    key: isOne ? address.value : `code:${id}`,
    contactId,
    address,
    caseId: null,
    letterId: null,
    lastSeq: 1,
    lastInboundAt: null,
    createdAt: new Date(),
  };
  await insertAll(manager, 'conversation', [begun]);
  return begun;
}

/** A conversation that was begun for a letter that cannot leave. */
async function dropIfEmpty(manager: EntityManager, { id }: Conversation): Promise<void> {
  await manager.query(
    'delete from conversation where id = $1 and not exists (select from message where conversation_id = $1)',
    [id],
  );
}
