import type { Progress, SendState } from '@filodiretto/contracts';
import { advance, SEND_RANK, type Actor, type Command } from '@filodiretto/domain';
import { In, type EntityManager } from 'typeorm';
import { updateAll } from '../bulk.js';
import type { LedgerPages } from '../case/ledger.js';
import { ContactBook } from '../contact/contacts.js';
import { messageChanged } from '../message/message-changed.js';
import { Message } from '../message/message.entity.js';
import { prepared } from '../prepared.js';
import { recordFates, type Settled } from '../reception/fates.js';
import { isRefused } from '../refused.js';
import { searchAgain } from '../search/stale.js';
import { storable } from '../storable.js';
import { callChanged, callStateOf } from './call-changed.js';
import type { ProgressItem } from './item.js';
import { accountKey } from './lookup.js';
import { endedCall, keepingBytes, takingBytes } from './progress-content.js';
import {
  giveWayToOurs,
  keepEarly,
  markAddresses,
  rememberWhose,
  writeAttachments,
  writePressedConsents,
} from './progress-rows.js';
import type { IntakeTools } from './tools.js';
import { searchText } from './words.js';

type ProgressTools = Pick<IntakeTools, 'ledger' | 'administrations' | 'routes' | 'purposes'>;
const SYSTEM: Actor = { kind: 'system' };

/** The instant that each state of a send is remembered by. */
const INSTANT_OF: Partial<Record<SendState, 'acceptedAt' | 'leftAt' | 'deliveredAt' | 'readAt' | 'failedAt'>> = {
  accepted: 'acceptedAt',
  sent: 'leftAt',
  delivered: 'deliveredAt',
  read: 'readAt',
  failed: 'failedAt',
};

/**
 * Takes in what became of messages: outcomes and receipts by rank, watermarks, more content, names that turn out to be one
 * person's. News of a message not known yet waits for it. Runs in the caller's transaction.
 */
export async function takeProgress(
  manager: EntityManager,
  items: readonly ProgressItem[],
  tools: ProgressTools,
): Promise<void> {
  const batch = new ProgressBatch(manager, items, tools);
  await batch.take();
  await recordFates(
    manager,
    items.map(item => ({ from: item.data, fate: 'progress', ...batch.of(item) })),
  );
}

/** Takes in the news that came before the messages of these external ids. */
export async function takeEarlyProgress(
  manager: EntityManager,
  messages: readonly { readonly channel: string; readonly account: string; readonly externalId: string }[],
  tools: ProgressTools,
): Promise<void> {
  if (messages.length === 0) return;
  const { rows } = await prepared<{ event_id: string; progress: Progress }>(
    manager,
    `delete from early_progress e using unnest($1::text[], $2::text[], $3::text[]) k(channel, account, external_id)
     where e.channel = k.channel and e.account = k.account and e.external_id = k.external_id
     returning e.event_id, e.progress, e.id`,
    [messages.map(m => m.channel), messages.map(m => m.account), messages.map(m => m.externalId)],
  );
  if (rows.length === 0) return;
  const items = rows.map(({ event_id, progress }) => ({
    eventId: event_id,
    type: 'message.progressed.v1' as const,
    data: progress,
    correlationId: event_id,
    released: false,
  }));
  const batch = new ProgressBatch(manager, items, tools);
  await batch.take();
  await rememberWhose(
    manager,
    items.map(item => ({ from: item.data, ...batch.of(item) })),
  );
}

class ProgressBatch {
  private readonly rows = new Map<string, Message>();
  private readonly byExternalId = new Map<string, string>();
  private readonly changed = new Set<Message>();
  private readonly newContent = new Set<Message>();
  private readonly accepted: Message[] = [];
  /** Messages whose citizen said meanwhile what it is about. */
  private readonly named = new Map<Message, ProgressItem>();
  /** Those whose words were destroyed: none come back. */
  private readonly erased = new Set<string>();
  private aimedAt: ReadonlyMap<ProgressItem, readonly string[]> = new Map();
  private pages: LedgerPages;

  constructor(
    private readonly manager: EntityManager,
    private readonly items: readonly ProgressItem[],
    private readonly tools: ProgressTools,
  ) {}

  async take(): Promise<void> {
    await this.merge();
    const targets = await this.targets();
    this.aimedAt = targets;
    await this.lock([...new Set([...targets.values()].flat())]);
    for (const item of this.items) this.apply(item, targets.get(item) ?? []);
    for (const [row, item] of this.named) await this.direct(row, item);
    await this.write();
    await keepEarly(
      this.manager,
      this.items.filter(item => item.data.externalId && (targets.get(item) ?? []).length === 0),
    );
    await takeEarlyProgress(
      this.manager,
      this.accepted.flatMap(({ channel, account, externalId }) =>
        externalId ? [{ channel, account, externalId }] : [],
      ),
      this.tools,
    );
  }

  /** The message that an item was news of, once it is taken; of many the first: they are of one conversation. */
  of(item: ProgressItem): Pick<Settled, 'messageId' | 'caseId'> {
    const [id] = this.aimedAt.get(item) ?? [];
    return { messageId: id ?? null, caseId: (id === undefined ? undefined : this.rows.get(id)?.caseId) ?? null };
  }

  /** Two names of one endpoint: the contacts that had them become one. */
  private async merge(): Promise<void> {
    const correspondents = [];
    for (const { data, eventId } of this.items) {
      const [first, ...others] = data.merge ?? [];
      if (!first) continue;
      const aliases = [first, ...others].flatMap(({ kind, value, aliases: more }) => [
        { kind, value },
        ...(more ?? []),
      ]);
      correspondents.push({
        administrationId: await this.tools.administrations.of(data.channel, data.account),
        address: { ...first, verified: true, aliases },
        at: new Date(data.at),
        cause: eventId,
      });
    }
    if (correspondents.length === 0) return;
    const book = await ContactBook.read(this.manager, correspondents);
    for (const one of correspondents) book.contactOf(one);
    await book.write();
  }

  /** The messages that each item speaks of: by our id, by the provider's, or all of a conversation up to an instant. */
  private async targets(): Promise<Map<ProgressItem, string[]>> {
    const ids = this.items.flatMap(({ data }) => data.message ?? []);
    const external = this.items.flatMap(({ data }) => (data.externalId ? [data] : []));
    const { rows } = await prepared<{
      id: string;
      channel: string;
      account: string;
      external_id: string | null;
      erased: boolean;
    }>(
      this.manager,
      `select id, channel, account, external_id, erased_at is not null as erased from message where id = any($1::uuid[])
       union
       select m.id, m.channel, m.account, m.external_id, m.erased_at is not null
       from unnest($2::text[], $3::text[], $4::text[]) k(channel, account, external_id)
       join message m using (channel, account, external_id)`,
      [ids, external.map(d => d.channel), external.map(d => d.account), external.map(d => d.externalId)],
    );
    const known = new Set(rows.map(row => row.id));
    for (const row of rows) if (row.erased) this.erased.add(row.id);
    for (const row of rows)
      if (row.external_id) this.byExternalId.set(accountKey(row.channel, row.account, row.external_id), row.id);
    const targets = new Map<ProgressItem, string[]>();
    for (const item of this.items) {
      const { data } = item;
      const byExternal = data.externalId
        ? this.byExternalId.get(accountKey(data.channel, data.account, data.externalId))
        : undefined;
      const one = data.message && known.has(data.message) ? data.message : byExternal;
      if (one) targets.set(item, [one]);
      else if (data.upTo && data.conversation) targets.set(item, await this.upTo(data.conversation, data.upTo, data));
    }
    return targets;
  }

  private async upTo(conversation: string, upTo: string, { channel, account }: Progress): Promise<string[]> {
    const rows: { id: string }[] = await this.manager.query(
      `select m.id from conversation c join message m on m.conversation_id = c.id
       where c.channel = $1 and c.account = $2 and c.key = $3 and m.direction = 'out'
         and coalesce(m.left_at, m.accepted_at, m.sent_at) <= $4 and m.send_state in ('accepted', 'sent', 'delivered')`,
      [channel, account, conversation, upTo],
    );
    return rows.map(row => row.id);
  }

  /** Cases first, then messages: the order in which everybody locks. */
  private async lock(ids: readonly string[]): Promise<void> {
    const cases: { case_id: string }[] =
      ids.length === 0 || !this.items.some(({ data }) => ['failed', 'unknown', 'content'].includes(data.state))
        ? []
        : await this.manager.query(
            'select distinct case_id from message where id = any($1::uuid[]) and case_id is not null',
            [ids],
          );
    this.pages = await this.tools.ledger.open(
      this.manager,
      cases.map(row => row.case_id),
    );
    if (ids.length === 0) return;
    const rows = await this.manager.find(Message, {
      where: { id: In([...ids]) },
      order: { id: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    });
    for (const row of rows) this.rows.set(row.id, row);
  }

  private apply(item: ProgressItem, ids: readonly string[]): void {
    for (const id of ids) {
      const row = this.rows.get(id);
      if (!row) continue;
      const { state } = item.data;
      if (state === 'content' || state === 'media') {
        if (this.erased.has(id)) continue;
        if (state === 'content') this.takeContent(row, item);
        else this.takeMedia(row, item.data);
      } else this.takeState(row, item, state);
    }
  }

  private takeState(row: Message, item: ProgressItem, next: SendState): void {
    const { data } = item;
    if (row.direction !== 'out' || row.sendState === null) return;
    if (data.attempt !== undefined && data.attempt !== row.attempt) return;
    if (data.externalId && row.externalId === null && data.message === row.id) {
      row.externalId = data.externalId;
      this.changed.add(row);
      this.accepted.push(row);
    }
    const instantOf = INSTANT_OF[next];
    if (instantOf && row[instantOf] === null) {
      row[instantOf] = new Date(data.at);
      this.changed.add(row);
    }
    const state = advance(row.sendState, next);
    if (state === row.sendState) return;
    Object.assign(row, { sendState: state, sendRank: SEND_RANK[state] });
    if (state === 'failed' || state === 'unknown')
      Object.assign(row, {
        refusalReason: data.reason ?? null,
        sendDetail: this.erased.has(row.id) ? null : storable(data.detail ?? null),
      });
    else Object.assign(row, { refusalReason: null });
    this.changed.add(row);
    this.pages.announce({
      ...messageChanged({ ...row, attempt: row.attempt ?? 1, state, at: new Date(data.at) }),
      correlationId: item.correlationId,
    });
    if (state === 'failed' || state === 'unknown')
      this.tell(row, item, {
        name: 'deliveryFailed',
        message: row.id,
        attempt: row.attempt ?? 1,
        reason: state === 'failed' ? (data.reason ?? null) : null,
        by: SYSTEM,
      });
  }

  private takeContent(row: Message, item: ProgressItem): void {
    const { content, revision } = item.data;
    if (!content) return;
    const isNewer = revision === undefined || revision > row.revision;
    const before = row.content;
    row.content = isNewer
      ? content.map((part, i) => keepingBytes(before[i], part))
      : before.map((part, i) => takingBytes(part, content[i]));
    row.content = storable(row.content);
    row.revision = isNewer ? (revision ?? row.revision) : row.revision;
    row.text = searchText(row.subject ?? undefined, row.content);
    this.changed.add(row);
    this.newContent.add(row);
    if (item.data.hints?.category !== undefined) {
      this.named.set(row, item);
      row.evidence = { ...row.evidence, hints: item.data.hints };
    }
    const call = row.direction === 'in' ? callStateOf(row.content) : undefined;
    if (call && isNewer)
      this.pages.announce({
        ...callChanged({ ...row, state: call, at: new Date(item.data.at) }),
        correlationId: item.correlationId,
      });
    if (endedCall(row.content) && !endedCall(before))
      this.tell(row, item, { name: 'callRecorded', message: row.id, by: SYSTEM });
  }

  /**
   * Who called has said what it is about: the matter goes where a message that says so at once would have gone, unless
   * somebody has had it in hand since.
   */
  private async direct(row: Message, item: ProgressItem): Promise<void> {
    const caseFile = row.caseId === null ? undefined : this.pages.caseFile(row.caseId);
    if (!caseFile || caseFile.categoryId !== null || !['received', 'triage', 'assigned'].includes(caseFile.state))
      return;
    const [journal]: { untouched: boolean; known: boolean }[] = await this.manager.query(
      `select bool_or(fact = 'opened' and data->>'message' = $2)
         and bool_and(actor_kind in ('contact', 'system', 'automation')) as untouched,
         exists (select from case_file b where b.contact_id = $3 and b.opened_at < $4) as known from journal where case_id = $1`,
      [caseFile.id, row.id, caseFile.contactId, caseFile.openedAt],
    );
    if (!journal?.untouched) return;
    const { category, office, why } = await this.tools.routes.route(caseFile.administrationId, {
      channel: row.channel,
      account: row.account,
      ...item.data.hints,
      knownContact: journal.known,
      words: () => row.text ?? '',
      parts: row.content,
      at: row.receivedAt,
    });
    if (category === null) return;
    this.tell(row, item, { name: 'changeCategory', category, by: SYSTEM });
    if (office !== null && office !== caseFile.officeId)
      this.tell(row, item, { name: 'assign', office, assignee: null, why, by: SYSTEM });
  }

  /** The bytes of one attachment arrived, or never will. */
  private takeMedia(row: Message, { part, media }: Progress): void {
    const before = part === undefined ? undefined : row.content[part];
    if (part === undefined || !media || before?.type !== 'media') return;
    row.content = row.content.with(part, storable(keepingBytes(before, media)));
    this.changed.add(row);
    this.newContent.add(row);
  }

  private tell(row: Message, item: ProgressItem, command: Command): void {
    if (!row.caseId) return;
    const { eventId, correlationId } = item;
    const result = this.pages.apply({ caseId: row.caseId, commands: [command], cause: eventId, correlationId });
    if (isRefused(result)) throw new Error(`the case refused what became of a message: ${result.detail}`);
  }

  private async write(): Promise<void> {
    await this.pages.write();
    await giveWayToOurs(this.manager, this.accepted);
    await updateAll(
      this.manager,
      'message',
      [...this.changed].map(row => ({
        id: row.id,
        externalId: row.externalId,
        sendState: row.sendState,
        sendRank: row.sendRank,
        refusalReason: row.refusalReason,
        sendDetail: row.sendDetail,
        acceptedAt: row.acceptedAt,
        leftAt: row.leftAt,
        deliveredAt: row.deliveredAt,
        readAt: row.readAt,
        failedAt: row.failedAt,
      })),
    );
    await updateAll(
      this.manager,
      'message',
      [...this.newContent].map(({ id, content, revision, text }) => ({ id, content, revision, text })),
    );
    await updateAll(
      this.manager,
      'message',
      [...this.named.keys()].map(({ id, evidence }) => ({ id, evidence })),
    );
    await searchAgain(
      this.manager,
      [...this.newContent].flatMap(row => row.caseId ?? []),
    );
    await writePressedConsents(this.manager, this.newContent, this.tools.purposes);
    await writeAttachments(this.manager, this.newContent);
    await markAddresses(this.manager, this.changed);
  }
}
