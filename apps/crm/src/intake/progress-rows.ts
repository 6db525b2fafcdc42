import { newId } from '@filodiretto/platform';
import type { EntityManager } from 'typeorm';
import { insertAll } from '../bulk.js';
import { attachmentsOf } from '../message/message-rows.js';
import type { Message } from '../message/message.entity.js';
import { prepared } from '../prepared.js';
import { writeHeard } from '../privacy/consents-heard.js';
import type { Purposes } from '../privacy/purposes.js';
import type { Settled } from '../reception/fates.js';
import { storable } from '../storable.js';
import type { ProgressItem } from './item.js';
import { isCall } from './progress-content.js';

/** What a delivery brought before its message was known is of that message after all. */
export async function rememberWhose(manager: EntityManager, items: readonly Omit<Settled, 'fate'>[]): Promise<void> {
  const known = items.flatMap(({ from: { reception }, messageId, caseId }) =>
    reception && messageId ? [{ ...reception, messageId, caseId: caseId ?? null }] : [],
  );
  if (known.length === 0) return;
  await manager.query(
    `update reception_item i set message_id = u.message_id, case_id = u.case_id
     from unnest($1::uuid[], $2::int[], $3::uuid[], $4::uuid[]) u(reception_id, item_index, message_id, case_id)
     where i.reception_id = u.reception_id and i.item_index = u.item_index and i.fate = 'progress'`,
    [
      known.map(one => one.reception),
      known.map(one => one.index),
      known.map(one => one.messageId),
      known.map(one => one.caseId),
    ],
  );
}

/** Keys that were pressed since a call began. */
export async function writePressedConsents(
  manager: EntityManager,
  messages: Iterable<Message>,
  purposes: Purposes,
): Promise<void> {
  const calls = [...messages].filter(row => row.direction === 'in' && row.content.some(isCall));
  const heard = calls.flatMap(({ id, contactId, address, flags, ...row }) =>
    contactId === null
      ? []
      : [
          {
            messageId: id,
            administrationId: row.administrationId,
            contactId,
            caseId: row.caseId,
            addressKind: address.kind,
            at: row.receivedAt,
            proven: address.verified === true && !flags.unauthenticated,
            content: row.content.filter(isCall),
          },
        ],
  );
  await writeHeard(manager, heard, purposes);
}

/** The provider's echo of our own message came first: it becomes a copy of ours, which takes its external id. */
export async function giveWayToOurs(manager: EntityManager, accepted: readonly Message[]): Promise<void> {
  for (const row of accepted)
    await prepared(
      manager,
      `update message set external_id = null, copy_of = $4
       where channel = $1 and account = $2 and external_id = $3 and id <> $4`,
      [row.channel, row.account, row.externalId, row.id],
    );
}

/** Of the same bytes, what was found here stands, and so does a release; only a virus that the channel found is news, and what no scanner had seen. */
const SETTLED = `a.sha256 = excluded.sha256 and excluded.scan_state <> 'infected'
  and (a.held_because is not null and a.scan_state <> 'pending' or a.screened = 2)`;

/** Writes the attachments of messages whose content is newer. */
export async function writeAttachments(manager: EntityManager, messages: Iterable<Message>): Promise<void> {
  const now = new Date();
  for (const row of messages)
    for (const attachment of attachmentsOf(row, row.content, now))
      await manager.query(
        `insert into attachment as a (id, administration_id, message_id, part, kind, media_type, filename, inline_id,
           sha256, size, fetch_state, scan_state, source, next_try_at, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
         on conflict (message_id, part) do update set kind = excluded.kind, media_type = excluded.media_type,
           filename = excluded.filename, sha256 = excluded.sha256, size = excluded.size,
           fetch_state = excluded.fetch_state, source = excluded.source,
           scan_state = case when ${SETTLED} then a.scan_state else excluded.scan_state end,
           screened = case when ${SETTLED} then a.screened else 0 end,
           next_try_at = case when excluded.fetch_state = 'pending' then coalesce(a.next_try_at, excluded.next_try_at) end`,
        [
          attachment.id,
          attachment.administrationId,
          attachment.messageId,
          attachment.part,
          attachment.kind,
          attachment.mediaType,
          attachment.filename,
          attachment.inlineId,
          attachment.sha256,
          attachment.size,
          attachment.fetchState,
          attachment.scanState,
          attachment.source,
          attachment.nextTryAt,
          attachment.createdAt,
        ],
      );
}

/** An address that bounced is shown as such, until something is delivered there again. */
export async function markAddresses(manager: EntityManager, messages: Iterable<Message>): Promise<void> {
  for (const row of messages) {
    const bounced =
      row.sendState === 'failed' && ['invalid_recipient', 'undeliverable'].includes(row.refusalReason ?? '');
    const arrived = row.sendState === 'delivered' || row.sendState === 'read';
    if (!bounced && !arrived) continue;
    await prepared(
      manager,
      `update contact_address set undeliverable_at = $4
       where administration_id = $1 and kind = $2 and value = $3 and (undeliverable_at is null) = ($4::timestamptz is not null)`,
      [row.administrationId, row.address.kind, row.address.value, bounced ? (row.failedAt ?? new Date()) : null],
    );
  }
}

/** Keeps news of messages that are not known yet, until they are. */
export async function keepEarly(manager: EntityManager, items: readonly ProgressItem[]): Promise<void> {
  const receivedAt = new Date();
  await insertAll(
    manager,
    'early_progress',
    items.map(({ eventId, data }) =>
      storable({
        id: newId(),
        eventId,
        channel: data.channel,
        account: data.account,
        externalId: data.externalId ?? '',
        progress: data,
        receivedAt,
      }),
    ),
    { ifAbsent: 'event_id' },
  );
}
