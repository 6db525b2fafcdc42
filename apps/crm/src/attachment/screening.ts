import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { HeldReason, ScanState } from '@filodiretto/contracts';
import {
  BlobMissing,
  inspect,
  Metrics,
  RawStore,
  scannerLives,
  scannerOf,
  type Logger,
  type Scan,
} from '@filodiretto/platform';
import { MachineDataSource } from '../data-source.js';
import { Jobs } from '../job/jobs.js';
import type { Asking } from '../http/operator.js';
import { LOG } from '../log.js';
import { CrmSettings } from '../settings.js';

const JOB = 'screen-files';
const EVERY_MS = 1_000;
const AT_ONCE = 20;
/** One file that a scanner never answers about keeps no other from being seen; a scanner that is away is not asked for all. */
const UNSEEN_IN_A_ROW = 3;
/** Of a file that no scanner answers about for so long a person decides; it is asked about all the same. */
const LONG_UNSEEN = `interval '1 day'`;
/** How far files are looked at: their form alone, or by a scanner too. */
const FORM = 1;
const SCANNED = 2;

/** The original of a message, among what is kept beside it. */
const WHOLE = -1;
/** Whether what is held of a message `m`, by a row `o`, is still kept. */
export const STILL_KEPT = `case when o.part < 0 then m.raw_sha256 is not null
  else coalesce(m.content->o.part->'whole', m.content->o.part->'blob') is not null end`;

/** The original of a message, or the one of its parts that is named. */
export interface KeptBeside {
  readonly message: string;
  readonly part?: number;
  /** Whether it was held when it was last asked for. */
  readonly held: boolean;
}

/** What is known of a file now. `pending`: the scanner has not seen it, it is held until it has. */
export interface Verdict {
  readonly scan: ScanState;
  /** What was found; absent: nothing. */
  readonly because?: HeldReason;
  readonly mediaType: string;
}

export interface Screened {
  readonly id: string;
  readonly sha256: string;
  readonly filename: string | null;
  readonly scan: ScanState;
  readonly screened: number;
}

/**
 * Every file is looked at, whichever way it came in: its form always, its bytes by the scanner where one is configured. What is
 * not clean is held; a scanner that is away holds what it has not seen. Nothing is deleted.
 */
@Injectable()
export class Screening implements OnModuleInit {
  private readonly scan: Scan | undefined;
  private readonly wanted: number;
  private readonly held;

  constructor(
    @Inject(MachineDataSource) private readonly dataSource: MachineDataSource,
    @Inject(RawStore) private readonly store: RawStore,
    @Inject(Jobs) private readonly jobs: Jobs,
    @Inject(CrmSettings) private readonly settings: CrmSettings,
    @Inject(Metrics) metrics: Metrics,
    @Inject(LOG) log: Logger,
  ) {
    this.scan = scannerOf(settings, log);
    this.wanted = this.scan ? SCANNED : FORM;
    this.held = metrics.gauge('attachments_held', 'Files that wait for a person, by what was found', ['because']);
  }

  onModuleInit(): void {
    this.jobs.handle({
      name: JOB,
      run: () => this.lookAtAll(),
      next: now => new Date(now.getTime() + EVERY_MS),
    });
  }

  /** What is found in bytes that are nobody's attachment yet. */
  async look(bytes: Uint8Array, filename: string | null): Promise<Verdict> {
    const { mediaType, held } = await inspect(bytes, filename);
    const scan = this.scan ? await this.scan(bytes) : 'skipped';
    if (scan === 'infected') return { scan, because: 'virus', mediaType };
    if (held) return { scan: 'error', because: held, mediaType };
    return { scan, mediaType, ...(scan === 'error' ? { because: 'unreadable' } : {}) };
  }

  /** Whether there is a scanner. */
  get scans(): boolean {
    return this.scan !== undefined;
  }

  /** Whether it is there now. */
  lives(): Promise<boolean> {
    return scannerLives(this.settings);
  }

  /**
   * What the scanner says of the original of a message as a whole, or of a `part` that is kept beside it. Refused, or unseen although
   * it came long ago, it is held from now on until somebody releases it; what was `held` and is fit now, is so no more.
   */
  async ofKept(
    { administrationId }: Pick<Asking, 'administrationId'>,
    { message, part = WHOLE, held }: KeptBeside,
    bytes: Uint8Array,
  ): Promise<ScanState> {
    const scan = stillHeld(held, await this.ofBytes(bytes));
    if (!isFit(scan))
      await this.dataSource.query(
        `insert into held_original (message_id, part, administration_id, because, held_at)
         select id, $5, administration_id, $3, now() from message
         where administration_id = $1 and id = $2 and ($4 or created_at < now() - ${LONG_UNSEEN}) on conflict do nothing`,
        [administrationId, message, scan === 'infected' ? 'virus' : 'unreadable', scan !== 'pending', part],
      );
    else if (held)
      await this.dataSource.query(
        'delete from held_original where message_id = $1 and part = $2 and released_at is null',
        [message, part],
      );
    return scan;
  }

  /** The same of the original of something that is parked. */
  async ofParked({ id, held }: { readonly id: string; readonly held: boolean }, bytes: Uint8Array): Promise<ScanState> {
    const scan = stillHeld(held, await this.ofBytes(bytes));
    if (!isFit(scan))
      await this.dataSource.query(
        `update parked set held_because = $2, held_at = now()
         where id = $1 and held_because is null and released_at is null and ($3 or created_at < now() - ${LONG_UNSEEN})`,
        [id, scan === 'infected' ? 'virus' : 'unreadable', scan !== 'pending'],
      );
    else if (held)
      await this.dataSource.query(
        'update parked set held_because = null, held_at = null where id = $1 and released_at is null',
        [id],
      );
    return scan;
  }

  /** What the scanner says of bytes that are nobody's attachment; `skipped` where there is none. */
  private ofBytes(bytes: Uint8Array): Promise<ScanState> {
    return this.scan ? this.scan(bytes) : Promise.resolve('skipped');
  }

  /** What an attachment may be now: looked at here and at once when nobody has yet. */
  async ofAttachment(file: Screened): Promise<ScanState> {
    if (file.screened >= this.wanted) return file.scan;
    return (await this.screen(file)).scan;
  }

  /** Of these bytes, those that may leave the house: what no one has looked at yet is looked at now. */
  async fit(administrationId: string, hashes: readonly string[]): Promise<ReadonlySet<string>> {
    const files: Screened[] = await this.dataSource.query(
      `select id, sha256, filename, scan_state as scan, screened from attachment
       where administration_id = $1 and sha256 = any($2) and fetch_state = 'done'`,
      [administrationId, hashes],
    );
    const refused = new Set<string>();
    for (const file of files) if (!isFit(await this.ofAttachment(file))) refused.add(file.sha256);
    return new Set(hashes.filter(hash => !refused.has(hash)));
  }

  private async lookAtAll(): Promise<void> {
    while ((await this.lookAtSome()) === AT_ONCE);
    await this.lookAtUploads();
    await this.holdLongUnseen();
    await this.measure();
  }

  /** Whichever scanner it is that gives no answer, ours or that of the channel. */
  private async holdLongUnseen(): Promise<void> {
    await this.dataSource.query(
      `update attachment set held_because = 'unreadable', held_at = now()
       where scan_state = 'pending' and held_because is null and released_at is null
         and fetch_state = 'done' and sha256 is not null and created_at < now() - ${LONG_UNSEEN}`,
    );
  }

  /**
   * The oldest first, and behind the others what was tried in vain; stops when the scanner sees several in a row not. Gives how many
   * were settled.
   */
  private async lookAtSome(): Promise<number> {
    const files: Screened[] = await this.dataSource.query(
      `select id, sha256, filename, scan_state as scan, screened from attachment
       where fetch_state = 'done' and sha256 is not null and screened < $1 and screened < 2
       order by coalesce(scan_tried_at, created_at) limit ${AT_ONCE}`,
      [this.wanted],
    );
    let settled = 0;
    let unseen = 0;
    for (const file of files) {
      const { scan } = await this.screen(file);
      if (scan !== 'pending' || !this.scan) {
        settled += 1;
        unseen = 0;
      } else if ((unseen += 1) === UNSEEN_IN_A_ROW) break;
    }
    return settled;
  }

  private async screen(file: Screened): Promise<Verdict> {
    const verdict = told(file) ?? (await this.seen(file));
    const { scan, because } = verdict;
    const unseen = this.scan !== undefined && scan === 'pending';
    // What a channel holds because its own scanner was away stays held until it says more, unless ours has seen it.
    const stays = !this.scan && file.scan === 'pending' && !because;
    await this.dataSource.query(
      `update attachment set scan_state = $3, screened = $4,
         held_because = case when $6 then held_because else $5 end, held_at = case when $5::text is null then held_at else now() end,
         scan_tried_at = case when $6 then now() end
       where id = $1 and sha256 = $2 and released_at is null and ((scan_state, screened) <> ($3, $4) or $6)`,
      [
        file.id,
        file.sha256,
        stays ? 'pending' : scan,
        unseen ? file.screened : because ? SCANNED : this.wanted,
        because ?? null,
        unseen,
      ],
    );
    return stays ? { ...verdict, scan: 'pending' } : verdict;
  }

  private async seen({ sha256, filename, scan }: Screened): Promise<Verdict> {
    try {
      const verdict = await this.look(await this.store.open({ sha256 }), filename);
      // Without a scanner of ours, what the channel's found stands.
      return verdict.scan === 'skipped' ? { ...verdict, scan } : verdict;
    } catch (error) {
      if (!(error instanceof BlobMissing)) throw error;
      return { scan: 'error', because: 'unreadable', mediaType: '' };
    }
  }

  /** In no order: few wait, and what the scanner never answers about is not always before the others. */
  private async lookAtUploads(): Promise<void> {
    const files: { id: string; sha256: string; filename: string }[] = await this.dataSource.query(
      `select id, sha256, filename from upload where scan_state = 'pending' order by random() limit ${AT_ONCE}`,
    );
    let unseen = 0;
    for (const { id, sha256, filename } of files) {
      const { scan } = await this.seen({ id, sha256, filename, scan: 'skipped', screened: 0 });
      if (scan === 'pending') {
        if ((unseen += 1) === UNSEEN_IN_A_ROW) return;
        continue;
      }
      unseen = 0;
      await this.dataSource.query('update upload set scan_state = $2 where id = $1', [id, scan]);
    }
  }

  private async measure(): Promise<void> {
    const rows: { because: HeldReason; count: string }[] = await this.dataSource.query(
      `select because, count(*) as count from (
         select held_because as because from attachment where held_because is not null and released_at is null
         union all select o.because from held_original o join message m on m.id = o.message_id
           where o.released_at is null and ${STILL_KEPT}
         union all select held_because from parked where held_because is not null and released_at is null) held
       group by 1`,
    );
    this.held.reset();
    for (const { because, count } of rows) this.held.set({ because }, Number(count));
  }
}

export const isFit = (scan: ScanState): boolean => scan === 'clean' || scan === 'skipped';

/** That there is no scanner any more frees nothing of what one found. */
const stillHeld = (held: boolean, scan: ScanState): ScanState => (held && scan === 'skipped' ? 'error' : scan);

/** What a channel found is not asked again. */
const told = ({ scan }: Screened): Verdict | undefined =>
  scan === 'infected'
    ? { scan, because: 'virus', mediaType: '' }
    : scan === 'error'
      ? { scan, because: 'unreadable', mediaType: '' }
      : undefined;
