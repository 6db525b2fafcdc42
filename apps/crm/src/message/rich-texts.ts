import { Inject, Injectable } from '@nestjs/common';
import type { Part, ScanState } from '@filodiretto/contracts';
import { BlobMissing, RawStore } from '@filodiretto/platform';
import { DataSource } from 'typeorm';
import { isFit, Screening } from '../attachment/screening.js';
import type { Asking } from '../http/operator.js';
import { richTextPage } from './rich-text.js';

/** Most bytes of enclosed pictures in one document. */
const MOST = 8_000_000;
const PICTURE = /^image\/(?:png|jpeg|gif|webp)$/;

interface Picture {
  readonly id: string;
  readonly inline_id: string;
  readonly media_type: string;
  readonly sha256: string;
  readonly size: string;
  readonly filename: string | null;
  readonly scan: ScanState;
  readonly screened: number;
}

/** The rich texts of messages, as documents that a console can put into a frame. */
@Injectable()
export class RichTexts {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(RawStore) private readonly store: RawStore,
    @Inject(Screening) private readonly screening: Screening,
  ) {}

  /** The first rich text of a message; `undefined` when there is no such message of the administration, or none in it. */
  async pageOf({ administrationId }: Asking, id: string, remote: boolean): Promise<string | undefined> {
    const rows: { content: readonly Part[] }[] = await this.dataSource.query(
      'select content from message where administration_id = $1 and id = $2',
      [administrationId, id],
    );
    const rich = rows[0]?.content.find(part => part.type === 'html');
    if (rich?.type !== 'html') return undefined;
    const bytes = await this.bytesOf(rich.blob.sha256);
    if (!bytes) return undefined;
    const enclosed = await this.enclosed(id);
    return richTextPage(Buffer.from(bytes).toString('utf8'), { remote, enclosed });
  }

  private async enclosed(message: string): Promise<Map<string, string>> {
    const pictures: Picture[] = await this.dataSource.query(
      `select id, inline_id, media_type, sha256, size, filename, scan_state as scan, screened from attachment
       where message_id = $1 and inline_id is not null and fetch_state = 'done' and sha256 is not null order by part`,
      [message],
    );
    const found = new Map<string, string>();
    let left = MOST;
    for (const picture of pictures) {
      left -= Number(picture.size);
      if (left < 0) break;
      if (!PICTURE.test(picture.media_type) || !isFit(await this.screening.ofAttachment(picture))) continue;
      const bytes = await this.bytesOf(picture.sha256);
      if (bytes)
        found.set(picture.inline_id, `data:${picture.media_type};base64,${Buffer.from(bytes).toString('base64')}`);
    }
    return found;
  }

  private async bytesOf(sha256: string): Promise<Uint8Array | undefined> {
    try {
      return await this.store.open({ sha256 });
    } catch (fault) {
      if (fault instanceof BlobMissing) return undefined;
      throw fault;
    }
  }
}
