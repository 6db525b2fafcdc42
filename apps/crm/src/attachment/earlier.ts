import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { EarlierScreening, Part, ScanState } from '@filodiretto/contracts';
import { BlobMissing, RawStore, type Logger } from '@filodiretto/platform';
import { MachineDataSource } from '../data-source.js';
import { Jobs } from '../job/jobs.js';
import { LOG } from '../log.js';
import { keptOf } from './attachment.query.js';
import { isFit, Screening } from './screening.js';

const JOB = 'screen-earlier';
const EVERY_MS = 2_000;
/** So that whoever opens something meanwhile is not kept waiting by it. */
const AT_ONCE = 20;
/** After so many one after the other that it does not see, a scanner is asked whether it is there. */
const UNSEEN_IN_A_ROW = 3;
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

interface Row {
  readonly id: string;
  readonly administration_id: string;
  readonly raw_sha256: string | null;
  readonly content: readonly Part[];
}
interface Kept {
  readonly sha256: string;
  /** Absent: the original, as a whole. */
  readonly part?: number;
}

/**
 * Originals of messages, and what is kept beside them, from before there was a scanner: looked at one after the other in the
 * background, in the order of their ids, once. What is refused is held as if somebody had asked for it. What comes later is looked at when
 * it is asked for. Without a scanner it is forgotten how far it came: the next one begins anew.
 */
@Injectable()
export class EarlierOriginals implements OnModuleInit {
  constructor(
    @Inject(MachineDataSource) private readonly dataSource: MachineDataSource,
    @Inject(RawStore) private readonly store: RawStore,
    @Inject(Screening) private readonly screening: Screening,
    @Inject(Jobs) private readonly jobs: Jobs,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  onModuleInit(): void {
    this.jobs.handle({ name: JOB, run: () => this.lookOn(), next: now => new Date(now.getTime() + EVERY_MS) });
  }

  /** Looks at the next of them. */
  async lookOn(): Promise<void> {
    if (!this.screening.scans) {
      await this.dataSource.query('delete from screening_walk');
      return;
    }
    const [walk]: { up_to: string; done: boolean }[] = await this.dataSource.query(
      `insert into screening_walk (id, up_to, begun_at) values (1, $1, now())
       on conflict (id) do update set up_to = screening_walk.up_to
       returning up_to, done_at is not null as done`,
      [BEFORE_ALL],
    );
    if (!walk || walk.done) return;
    const rows: Row[] = await this.dataSource.query(
      `select id, administration_id, raw_sha256, content from message
       where id > $1 and created_at <= (select begun_at from screening_walk where id = 1) order by id limit ${AT_ONCE}`,
      [walk.up_to],
    );
    const upTo = await this.lookAt(rows, walk.up_to);
    await this.dataSource.query(
      'update screening_walk set up_to = $1, done_at = case when $2 then now() end where id = 1 and done_at is null',
      [upTo, rows.length === 0],
    );
  }

  /**
   * How far it has come; `undefined` where there is no scanner. A share alone: how many there are is told to nobody. Ids are spread
   * evenly where channels bring the messages, whose ids are hashes: what was made here comes at the beginning.
   */
  async progress(): Promise<EarlierScreening | undefined> {
    const [walk]: { up_to: string; done_at: Date | null }[] = await this.dataSource.query(
      'select up_to, done_at from screening_walk',
    );
    if (!walk) return undefined;
    const done = walk.done_at !== null;
    return { done, percent: done ? 100 : shareOf(walk.up_to) };
  }

  /**
   * Gives up to which message all were seen. What a scanner that is there does not answer about is held, and keeps no other from
   * being seen; of a scanner that is away nothing is passed over.
   */
  private async lookAt(rows: readonly Row[], from: string): Promise<string> {
    let upTo = from;
    let unseen: Row[] = [];
    for (const row of rows) {
      const isSeen = await this.lookAtOne(row);
      if (!isSeen) unseen.push(row);
      const isEnough = unseen.length === UNSEEN_IN_A_ROW || row === rows.at(-1);
      if (!isSeen && !isEnough) continue;
      if (!isSeen && !(await this.screening.lives())) break;
      for (const one of unseen) await this.holdUnseen(one);
      unseen = [];
      upTo = row.id;
    }
    return upTo;
  }

  /** Whether the scanner answered about all of a message. */
  private async lookAtOne({ id, administration_id: administrationId, ...row }: Row): Promise<boolean> {
    for (const { sha256, part } of keptIn(row)) {
      const bytes = await this.bytesOf(sha256);
      if (!bytes) continue;
      const kept = { message: id, held: false, ...(part === undefined ? {} : { part }) };
      const scan: ScanState = await this.screening.ofKept({ administrationId }, kept, bytes);
      if (scan === 'pending') return false;
      if (!isFit(scan)) this.log.warn({ message: id, part, scan }, 'something kept before there was a scanner is held');
    }
    return true;
  }

  private async holdUnseen(row: Row): Promise<void> {
    for (const { part = -1 } of keptIn(row))
      await this.dataSource.query(
        `insert into held_original (message_id, part, administration_id, because, held_at)
         values ($1, $2, $3, 'unreadable', now()) on conflict do nothing`,
        [row.id, part, row.administration_id],
      );
  }

  private async bytesOf(sha256: string): Promise<Uint8Array | undefined> {
    try {
      return await this.store.open({ sha256 });
    } catch (error) {
      if (error instanceof BlobMissing) return undefined;
      throw error;
    }
  }
}

const keptIn = ({ raw_sha256: whole, content }: Pick<Row, 'raw_sha256' | 'content'>): Kept[] => [
  ...(whole === null ? [] : [{ sha256: whole }]),
  ...content.flatMap((one, part): Kept[] => {
    const blob = keptOf(one);
    return blob ? [{ sha256: blob.sha256, part }] : [];
  }),
];

/** How much of all ids is before one, in per cent. */
const shareOf = (id: string): number =>
  Math.floor((100 * Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)) / 2 ** 48);
