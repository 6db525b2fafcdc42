import { Inject, Injectable } from '@nestjs/common';
import type { HeldReason, MediaKind, MediaPart, ScanState, UploadView } from '@filodiretto/contracts';
import { plainName, Problem, RawStore } from '@filodiretto/platform';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import type { Asking } from '../http/operator.js';
import type { Refused } from '../refused.js';
import { CrmSettings } from '../settings.js';
import { storable } from '../storable.js';
import { isFit, Screening } from './screening.js';

interface Row {
  readonly id: string;
  readonly sha256: string;
  readonly size: string;
  readonly media_type: string;
  readonly filename: string;
  readonly scan_state: ScanState;
}

const MAX_NAME = 255;

/** What operators bring to send with a reply: kept first, named by an id until a reply takes it. */
@Injectable()
export class Uploads {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(RawStore) private readonly store: RawStore,
    @Inject(Screening) private readonly screening: Screening,
    @Inject(CrmSettings) private readonly settings: CrmSettings,
  ) {}

  /** Keeps the bytes and gives them an id. Nothing is kept of a file that may not be sent: it ends the request. */
  async keep(operator: Asking, file: { readonly bytes: Uint8Array; readonly filename: string }): Promise<UploadView> {
    if (file.bytes.byteLength === 0) throw new Problem('invalid-input', 'The file is empty.');
    const filename = storable(plainName(file.filename).replaceAll(/[/\\]/g, '_').slice(0, MAX_NAME)) || 'allegato';
    const { mediaType, scan, because } = await this.screening.look(file.bytes, filename);
    if (because) throw new Problem('invalid-input', FOUND[because]);
    if (!this.settings.uploadMediaTypes.includes(mediaType))
      throw new Problem('media-type-not-accepted', `A file of the type ${mediaType} cannot be sent.`);
    const { sha256, size } = await this.store.keep(file.bytes, mediaType);
    const id = v7();
    await this.dataSource.query(
      `insert into upload (id, administration_id, operator_id, sha256, size, media_type, filename, scan_state)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [id, operator.administrationId, operator.id, sha256, size, mediaType, filename, scan],
    );
    return { id, filename, mediaType, size, scan };
  }

  /** The parts of a message that uploads become, in the order asked; refused when one is not of this administration. */
  async parts(manager: EntityManager, operator: Asking, ids: readonly string[]): Promise<MediaPart[] | Refused> {
    const rows: Row[] = await manager.query(
      'select id, sha256, size, media_type, filename, scan_state from upload where administration_id = $1 and id = any($2::uuid[])',
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
    const unfit = ids.flatMap((id, index) => {
      const scan = found.get(id.toLowerCase())?.scan_state ?? 'error';
      return isFit(scan) ? [] : [{ pointer: `/attachments/${index}`, detail: UNFIT[scan] ?? 'it is held' }];
    });
    if (unfit.length > 0)
      return { refused: 'invalid-input', detail: 'An attachment may not be sent now.', errors: unfit };
    return ids.flatMap(id => {
      const row = found.get(id.toLowerCase());
      return row ? [partOf(row)] : [];
    });
  }
}

const UNFIT: Readonly<Partial<Record<ScanState, string>>> = {
  pending: 'the virus check has not seen it yet: try again shortly',
  infected: 'the virus check refused it',
};

const FOUND: Readonly<Record<HeldReason, string>> = {
  virus: 'The virus check refused this file.',
  unreadable: 'The virus check could not read this file.',
  program: 'Programs, scripts and documents with macros cannot be sent.',
  'archive-locked': 'An archive with a password cannot be sent: nobody can look into it.',
  'archive-broken': 'The archive cannot be read.',
  'archive-many': 'The archive holds too many files.',
  'archive-large': 'What the archive holds is too large.',
  'archive-deep': 'The archive holds archives within archives, too many times.',
  'archive-path': 'The archive holds files that would be written outside of their folder.',
};

const partOf = (row: Row): MediaPart => ({
  type: 'media',
  kind: kindOf(row.media_type),
  mediaType: row.media_type,
  filename: row.filename,
  blob: { sha256: row.sha256, size: Number(row.size), mediaType: row.media_type },
  fetch: 'done',
  scan: row.scan_state,
});

const kindOf = (mediaType: string): MediaKind => {
  const [kind] = mediaType.split('/');
  return kind === 'image' || kind === 'audio' || kind === 'video' ? kind : 'file';
};
