import type { BlobRef, FetchAgain } from '@filodiretto/contracts';
import { MediaGone, type Host } from '@filodiretto/channel-kit';
import { RECORDING_BYTES_MAX } from './limits.js';
import type { Provider } from './provider.js';

interface Kept {
  readonly blob: BlobRef;
  readonly at: string;
  /** Whether the provider still has it though it should not. */
  readonly deleting: boolean;
}

const TIMEOUT_MS = 60_000;
/** A recording may be announced a little before it can be fetched: only after this long is one that is not there gone. */
const GONE_AFTER_MS = 10 * 60_000;
const DELETE_AGAIN_MS = 10 * 60_000;

/** Recordings and pictures of ours at the provider: fetched, kept here, then deleted there when that is configured. */
export class Recordings {
  private readonly missingSince = new Map<string, number>();
  private timer?: NodeJS.Timeout;

  constructor(
    private readonly host: Pick<Host, 'fetch' | 'keep' | 'state' | 'log'>,
    private readonly provider: Pick<Provider, 'authorization' | 'deleteRecording'>,
    private readonly options: { readonly hosts: readonly string[]; readonly deletes: boolean },
  ) {}

  start(): void {
    if (this.options.deletes) this.timer = setInterval(() => void this.deleteKept(), DELETE_AGAIN_MS);
  }
  stop(): void {
    clearInterval(this.timer);
  }

  /**
   * The bytes, as a blob. One that was fetched before is known: it is deleted at the provider only once it is remembered
   * here. Throws `MediaGone` when it will never come.
   */
  async fetch({ source, media }: FetchAgain): Promise<BlobRef> {
    const id = /\/Recordings\/(RE[0-9a-f]{32})/.exec(source)?.[1];
    const kept = id === undefined ? undefined : await this.host.state.get<Kept>(`recording/${id}`);
    if (kept) return kept.blob;
    const blob = await this.download(source, media.mediaType);
    if (id !== undefined) {
      const deleting = this.options.deletes;
      await this.remember(id, { blob, at: new Date().toISOString(), deleting });
      if (deleting) await this.delete(id);
    }
    return blob;
  }

  /** Deletes at the provider what is kept here and could not be deleted before. */
  async deleteKept(): Promise<void> {
    try {
      for (const key of await this.host.state.keys('recording/'))
        if ((await this.host.state.get<Kept>(key))?.deleting) await this.delete(key.slice('recording/'.length));
    } catch (error) {
      this.host.log.warn({ err: error }, 'the recordings to delete could not be looked up');
    }
  }

  private async download(source: string, mediaType: string): Promise<BlobRef> {
    const answer = await this.host.fetch(source, {
      headers: { authorization: this.provider.authorization },
      timeoutMs: TIMEOUT_MS,
      maxBytes: RECORDING_BYTES_MAX,
      onlyHosts: this.options.hosts,
    });
    if (answer.ok) {
      this.missingSince.delete(source);
      return this.host.keep(
        new Uint8Array(await answer.arrayBuffer()),
        answer.headers.get('content-type') ?? mediaType,
      );
    }
    await answer.body?.cancel();
    if (answer.status === 410 || (answer.status === 404 && this.isMissingForLong(source)))
      throw new MediaGone(`the provider no longer has it: ${answer.status}`);
    throw new Error(`it could not be fetched: ${answer.status}`);
  }
  private isMissingForLong(source: string): boolean {
    const since = this.missingSince.get(source) ?? Date.now();
    this.missingSince.set(source, since);
    return Date.now() - since >= GONE_AFTER_MS;
  }

  private async delete(id: string): Promise<void> {
    try {
      await this.provider.deleteRecording(id);
      const kept = await this.host.state.get<Kept>(`recording/${id}`);
      if (kept) await this.remember(id, { ...kept, deleting: false });
    } catch (error) {
      this.host.log.warn(
        { recording: id, err: error },
        'a recording could not be deleted at the provider: later again',
      );
    }
  }
  private remember(id: string, kept: Kept): Promise<void> {
    return this.host.state.set(`recording/${id}`, kept);
  }
}
