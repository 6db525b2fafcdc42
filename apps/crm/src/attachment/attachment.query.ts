import { Inject, Injectable } from '@nestjs/common';
import type { BlobRef, FetchState, HeldReason, Part, ScanState } from '@filodiretto/contracts';
import { DataSource } from 'typeorm';
import type { Asking } from '../http/operator.js';

export interface StoredFile {
  readonly sha256: string;
  readonly mediaType: string;
  readonly filename: string;
}
export interface StoredAttachment {
  readonly sha256: string | null;
  readonly mediaType: string;
  readonly filename: string | null;
  readonly fetch: FetchState;
  readonly scan: ScanState;
  /** How far it was looked at. */
  readonly screened: number;
  readonly because: HeldReason | null;
}

/** A file of a message that is here. */
export interface MessageFile {
  readonly id: string;
  readonly sha256: string;
  readonly filename: string | null;
  readonly scan: ScanState;
  readonly screened: number;
}

/** The original of a message, or a part that is kept beside it. */
export interface StoredBeside extends StoredFile {
  /** Whether it was held, as a whole, when it was last asked for. */
  readonly held: boolean;
  /** Whether somebody released it. */
  readonly released: boolean;
}

/** No message has so many parts. */
export const MAX_INDEX = 10_000;

const NAMES: Readonly<Partial<Record<Part['type'], string>>> = {
  text: 'testo.txt',
  html: 'messaggio.html',
  calendar: 'invito.ics',
};

/** The bytes of a part that are kept beside the message and are no attachment; `undefined`: it has none. */
export const keptOf = (part: Part): BlobRef | undefined =>
  part.type === 'text' ? part.whole : part.type === 'html' || part.type === 'calendar' ? part.blob : undefined;

/** Where the bytes of what citizens sent are. Gives nothing of another administration. */
@Injectable()
export class AttachmentQuery {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  async attachment({ administrationId }: Asking, id: string): Promise<StoredAttachment | undefined> {
    const rows: StoredAttachment[] = await this.dataSource.query(
      `select sha256, media_type as "mediaType", filename, fetch_state as fetch, scan_state as scan, screened,
         held_because as because
       from attachment where administration_id = $1 and id = $2`,
      [administrationId, id],
    );
    return rows[0];
  }

  /** The files of a message whose bytes are here. */
  filesOf({ administrationId }: Asking, message: string): Promise<MessageFile[]> {
    return this.dataSource.query(
      `select id, sha256, filename, scan_state as scan, screened from attachment
       where administration_id = $1 and message_id = $2 and fetch_state = 'done' and sha256 is not null order by part`,
      [administrationId, message],
    );
  }

  /** The bytes of a part that are kept beside the message: a whole text, a rich text, an invitation. */
  async part({ administrationId }: Asking, message: string, index: number): Promise<StoredBeside | undefined> {
    if (index < 0 || index > MAX_INDEX) return undefined;
    const rows: { part: Part | null; held: boolean; released: boolean }[] = await this.dataSource.query(
      `select m.content->$3::int as part,
         o.message_id is not null and o.released_at is null as held, o.released_at is not null as released
       from message m left join held_original o on o.message_id = m.id and o.part = $3
       where m.administration_id = $1 and m.id = $2`,
      [administrationId, message, index],
    );
    const [row] = rows;
    if (!row?.part) return undefined;
    const { part, held, released } = row;
    const blob = keptOf(part);
    return (
      blob && { sha256: blob.sha256, mediaType: blob.mediaType, filename: NAMES[part.type] ?? 'parte', held, released }
    );
  }

  /** The original of a message, byte for byte. */
  async original({ administrationId }: Asking, message: string): Promise<StoredBeside | undefined> {
    const rows: { sha256: string; mediaType: string | null; held: boolean; released: boolean }[] =
      await this.dataSource.query(
        `select m.raw_sha256 as sha256, m.raw_media_type as "mediaType",
         o.message_id is not null and o.released_at is null as held, o.released_at is not null as released
       from message m left join held_original o on o.message_id = m.id and o.part = -1
       where m.administration_id = $1 and m.id = $2 and m.raw_sha256 is not null`,
        [administrationId, message],
      );
    const [raw] = rows;
    return (
      raw && {
        ...raw,
        mediaType: raw.mediaType ?? 'application/octet-stream',
        filename: raw.mediaType === 'message/rfc822' ? `${message}.eml` : `${message}.originale`,
      }
    );
  }
}
