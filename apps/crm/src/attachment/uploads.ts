import { Inject, Injectable } from '@nestjs/common';
import type { MediaKind, MediaPart, UploadView } from '@filodiretto/contracts';
import { RawStore } from '@filodiretto/platform';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import type { Asking } from '../http/operator.js';
import type { Refused } from '../refused.js';
import { storable } from '../storable.js';

interface Row {
  readonly id: string;
  readonly sha256: string;
  readonly size: string;
  readonly media_type: string;
  readonly filename: string;
}

const MAX_NAME = 255;
const MEDIA_TYPE = /^[\w!#$&^.+-]{1,100}\/[\w!#$&^.+-]{1,100}$/;

/** What operators bring to send with a reply: kept first, named by an id until a reply takes it. */
@Injectable()
export class Uploads {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(RawStore) private readonly store: RawStore,
  ) {}

  /** Keeps the bytes and gives them an id. */
  async keep(
    operator: Asking,
    file: { readonly bytes: Uint8Array; readonly mediaType: string; readonly filename: string },
  ): Promise<UploadView> {
    const mediaType = MEDIA_TYPE.test(file.mediaType) ? file.mediaType.toLowerCase() : 'application/octet-stream';
    const filename = storable(file.filename.replaceAll(/[\p{Cc}/\\]/gu, '_').slice(0, MAX_NAME)) || 'allegato';
    const { sha256, size } = await this.store.keep(file.bytes, mediaType);
    const id = v7();
    await this.dataSource.query(
      `insert into upload (id, administration_id, operator_id, sha256, size, media_type, filename)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [id, operator.administrationId, operator.id, sha256, size, mediaType, filename],
    );
    return { id, filename, mediaType, size };
  }

  /** The parts of a message that uploads become, in the order asked; refused when one is not of this administration. */
  async parts(manager: EntityManager, operator: Asking, ids: readonly string[]): Promise<MediaPart[] | Refused> {
    const rows: Row[] = await manager.query(
      'select id, sha256, size, media_type, filename from upload where administration_id = $1 and id = any($2::uuid[])',
      [operator.administrationId, ids],
    );
    const found = new Map(rows.map(row => [row.id, row]));
    const missing = ids.flatMap((id, index) => (found.has(id.toLowerCase()) ? [] : [index]));
    if (missing.length > 0)
      return {
        refused: 'invalid-input',
        detail: 'An attachment was not uploaded.',
        errors: missing.map(index => ({
          pointer: `/attachments/${index}`,
          detail: 'there is no upload of this id here',
        })),
      };
    return ids.flatMap(id => {
      const row = found.get(id.toLowerCase());
      return row ? [partOf(row)] : [];
    });
  }
}

const partOf = (row: Row): MediaPart => ({
  type: 'media',
  kind: kindOf(row.media_type),
  mediaType: row.media_type,
  filename: row.filename,
  blob: { sha256: row.sha256, size: Number(row.size), mediaType: row.media_type },
  fetch: 'done',
  scan: 'skipped',
});

const kindOf = (mediaType: string): MediaKind => {
  const [kind] = mediaType.split('/');
  return kind === 'image' || kind === 'audio' || kind === 'video' ? kind : 'file';
};
