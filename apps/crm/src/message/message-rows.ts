import type { Part } from '@filodiretto/contracts';
import { newId } from '@filodiretto/platform';
import type { EntityManager } from 'typeorm';
import { insertAll } from '../bulk.js';
import { automaticTo } from '../intake/recent-traffic.js';
import type { Attachment } from './attachment.entity.js';
import type { Message } from './message.entity.js';

type Optional = {
  [K in keyof Message as null extends Message[K] ? K : never]: Message[K];
};
type Required = Omit<Message, keyof Optional | 'revision' | 'flags' | 'createdAt'>;
/** What a new message must have; the rest is absent unless said. */
export type NewMessage = Required & Partial<Optional> & Partial<Pick<Message, 'revision' | 'flags'>>;

/**
 * Inserts messages and their attachments. A message whose external id is known on its account is left out: the unique key
 * decides, and the ids given are those of the messages that are new.
 */
export async function insertMessages(manager: EntityManager, messages: readonly NewMessage[]): Promise<Set<string>> {
  const createdAt = new Date();
  const rows = messages.map(message => ({
    revision: 0,
    flags: {},
    createdAt,
    ...(message.direction === 'out' && message.automatic ? { automaticTo: automaticTo(message) } : {}),
    ...message,
  }));
  const inserted = new Set(await insertAll(manager, 'message', rows, { ifAbsent: '', returning: 'id' }));
  await insertAll(
    manager,
    'attachment',
    rows.filter(row => inserted.has(row.id)).flatMap(row => attachmentsOf(row, row.content, createdAt)),
  );
  return inserted;
}

/** For how long fetching is left to the channel alone. */
const CHANNEL_FETCHES_MS = 300_000;

/** The attachments of a content: one for each media part, with its own fate. */
export const attachmentsOf = (
  message: Pick<Message, 'id' | 'administrationId'>,
  content: readonly Part[],
  createdAt: Date,
): Attachment[] =>
  content.flatMap((part, index) =>
    part.type === 'media'
      ? [
          {
            id: newId(),
            administrationId: message.administrationId,
            messageId: message.id,
            part: index,
            kind: part.kind,
            mediaType: part.mediaType,
            filename: part.filename ?? null,
            inlineId: part.inlineId ?? null,
            sha256: part.blob?.sha256 ?? null,
            size: part.blob ? String(part.blob.size) : null,
            fetchState: part.fetch,
            scanState: part.scan,
            source: part.source ?? null,
            tries: 0,
            nextTryAt: part.fetch === 'pending' ? new Date(createdAt.getTime() + CHANNEL_FETCHES_MS) : null,
            createdAt,
          },
        ]
      : [],
  );
