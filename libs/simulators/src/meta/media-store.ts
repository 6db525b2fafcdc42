import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from './clock.js';
import { missing } from './graph-error.js';

export interface StoredMedia {
  readonly id: string;
  readonly owner: string;
  readonly bytes: Uint8Array;
  readonly mediaType: string;
  readonly filename?: string;
}

/** The provider's own store of attachments: those people send, those we upload. Links expire. */
export class MediaStore {
  private readonly held = new Map<string, StoredMedia>();
  private readonly links = new Map<string, { media: StoredMedia; expiresAt: number }>();
  private counter = 700_000_000_000_000;

  constructor(
    private readonly clock: Clock,
    private readonly base: () => string,
  ) {}

  keep(owner: string, bytes: Uint8Array, mediaType: string, filename?: string): StoredMedia {
    const id = String((this.counter += 1));
    const media: StoredMedia = { id, owner, bytes, mediaType, ...(filename === undefined ? {} : { filename }) };
    this.held.set(id, media);
    return media;
  }

  find(id: string): StoredMedia | undefined {
    return this.held.get(id);
  }

  /** Forgets an attachment for ever, as after 30 days. */
  forget(id: string): void {
    this.held.delete(id);
  }
  /** Every link given until now is dead; the attachments are not. */
  expireLinks(): void {
    this.links.clear();
  }

  /** A link that lives for so long. */
  link(media: StoredMedia, liveMs: number, folder: '_media' | '_cdn'): string {
    const token = randomBytes(12).toString('base64url');
    this.links.set(token, { media, expiresAt: this.clock.now() + liveMs });
    return `${this.base()}/${folder}/${token}`;
  }
  /** What a link gives, while it lives. */
  open(token: string): StoredMedia | undefined {
    const link = this.links.get(token);
    return link && link.expiresAt > this.clock.now() ? link.media : undefined;
  }

  /** The answer to `GET /{media-id}`. */
  describe(id: string, liveMs: number): object {
    const media = this.held.get(id);
    if (!media) throw missing(id);
    return {
      messaging_product: 'whatsapp',
      url: this.link(media, liveMs, '_media'),
      mime_type: media.mediaType,
      sha256: digest(media.bytes),
      file_size: media.bytes.byteLength,
      id,
    };
  }
}

/** SHA-256 as the provider writes it: base64. */
export const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('base64');
