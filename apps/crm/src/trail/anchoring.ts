import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { faultPoint, Metrics, newId, S3Store, type Logger } from '@filodiretto/platform';
import type { EntityManager } from 'typeorm';
import { insertAll } from '../bulk.js';
import { Clock } from '../clock.js';
import { MachineDataSource } from '../data-source.js';
import { wordsOf } from '../faults.js';
import { Jobs } from '../job/jobs.js';
import { OfficeLetters } from '../letter/office-letters.js';
import { LOG } from '../log.js';
import { Relay } from '../outbox/relay.js';
import { CrmSettings } from '../settings.js';
import { bucketDriver, fileDriver, mailDriver, type AnchorDriver } from './anchor-drivers.js';
import { AnchorKey } from './anchor-key.js';
import { statementOf, type AnchorStatement } from './seal.js';
import { stampedBy } from './time-stamp.js';

const JOB = 'trail.anchor';
const EVERY_MS = 60_000;
const AT_ONCE = 100;
const LONGEST_WAIT_MS = 3_600_000;

interface Head {
  readonly administration_id: string;
  readonly day: string;
  readonly number: number;
  readonly hash: Buffer;
  /** Whether its day is over. */
  readonly over: boolean;
}

/**
 * Gives what the chains have come to, signed, to those who keep it outside: each finished day, and what stands now every so many
 * minutes. What was sealed before an anchor cannot be taken back without somebody seeing it.
 */
@Injectable()
export class Anchoring implements OnModuleInit {
  private readonly drivers: readonly AnchorDriver[];
  private readonly key: AnchorKey | undefined;
  private readonly waiting;

  constructor(
    @Inject(MachineDataSource) private readonly dataSource: MachineDataSource,
    @Inject(CrmSettings) private readonly settings: CrmSettings,
    @Inject(OfficeLetters) letters: OfficeLetters,
    @Inject(Relay) private readonly relay: Relay,
    @Inject(Jobs) private readonly jobs: Jobs,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Metrics) metrics: Metrics,
    @Inject(LOG) private readonly log: Logger,
  ) {
    const { trailKey, trailAnchorFile, trailAnchorMail, trailAnchorBucket, trailAnchorYears } = settings;
    this.key = trailKey === undefined ? undefined : new AnchorKey(trailKey);
    this.drivers = [
      ...(trailAnchorFile === undefined ? [] : [fileDriver(trailAnchorFile)]),
      ...(trailAnchorMail === undefined ? [] : [mailDriver(trailAnchorMail, letters)]),
      ...(trailAnchorBucket === undefined
        ? []
        : [bucketDriver(bucketOf(settings, trailAnchorBucket), trailAnchorYears)]),
    ];
    this.waiting = metrics.gauge('trail_anchors_waiting', 'Anchors of the trail that nobody outside keeps yet', []);
  }

  /** The public key with which anchors are verified; absent: nothing is anchored. */
  get publicKey(): string | undefined {
    return this.key?.shown;
  }

  onModuleInit(): void {
    if (!this.key || this.drivers.length === 0) {
      if (this.settings.nodeEnv === 'production')
        this.log.warn('nobody outside keeps anchors of the trail: that its end was cut off would not be seen');
      return;
    }
    this.jobs.handle({
      name: JOB,
      run: () => this.anchor(),
      next: now => new Date(now.getTime() + EVERY_MS),
    });
  }

  /** Decides what is to be anchored by now, and hands over what waits. */
  async anchor(): Promise<void> {
    const { key } = this;
    if (!key) return;
    await this.dataSource.transaction(manager => this.decide(manager, key));
    const due: { id: string }[] = await this.dataSource.query(
      `select id from trail_anchor where state = 'waiting' and next_try_at <= $1 order by next_try_at, id limit ${AT_ONCE}`,
      [this.clock.now()],
    );
    for (const { id } of due) await this.keep(id, key.shown);
    const [row]: { count: string }[] = await this.dataSource.query(
      `select count(*) as count from trail_anchor where state = 'waiting'`,
    );
    this.waiting.set(Number(row?.count ?? 0));
    this.relay.nudge();
  }

  private async decide(manager: EntityManager, key: AnchorKey): Promise<void> {
    const now = this.clock.now();
    const heads: Head[] = await manager.query(
      `select distinct on (administration_id, day) administration_id, day::text as day, number, hash,
         day < ($1::timestamptz at time zone 'Europe/Rome')::date as over
       from trail_seal s where day >= coalesce((select max(a.day) from trail_anchor a where a.administration_id = s.administration_id),
         '-infinity')
       order by administration_id, day, number desc`,
      [now],
    );
    const last: { administration_id: string; at: Date }[] = await manager.query(
      'select administration_id, max(at) as at from trail_anchor group by administration_id',
    );
    const lastAt = new Map(last.map(one => [one.administration_id, one.at.getTime()]));
    const everyMs = this.settings.trailAnchorMinutes * 60_000;
    const due = heads.filter(head => head.over || now.getTime() - (lastAt.get(head.administration_id) ?? 0) >= everyMs);
    await insertAll(
      manager,
      'trail_anchor',
      due.flatMap(head => {
        const anchor = {
          administrationId: head.administration_id,
          day: head.day,
          number: head.number,
          hash: head.hash,
          at: now,
        };
        const signature = key.sign(anchor);
        return this.drivers
          .filter(driver => head.over || !driver.onlyDays)
          .map(driver => ({
            id: newId(),
            ...anchor,
            key: key.shown,
            signature,
            driver: driver.name,
            state: 'waiting',
            nextTryAt: now,
          }));
      }),
      { ifAbsent: '' },
    );
  }

  /** Has one anchor dated and kept; what does not succeed is tried again later. */
  private async keep(id: string, key: string): Promise<void> {
    try {
      await this.date(id);
      await this.handOver(id, key);
    } catch (error) {
      this.log.warn({ anchor: id, because: wordsOf(error) }, 'an anchor of the trail could not be handed over yet');
      await this.dataSource.query(
        `update trail_anchor set tries = tries + 1, trouble = $2,
           next_try_at = $3::timestamptz + least(interval '1 minute' * power(2, least(tries, 10)), interval '1 millisecond' * $4)
         where id = $1 and state = 'waiting'`,
        [id, wordsOf(error).slice(0, 500), this.clock.now(), LONGEST_WAIT_MS],
      );
    }
  }

  /** Has a finished day's anchor stamped, once for all who keep it, however many look after it. */
  private async date(id: string): Promise<void> {
    const { trailAnchorTsa } = this.settings;
    if (trailAnchorTsa === undefined) return;
    await this.dataSource.transaction(async manager => {
      await manager.query(
        `select pg_advisory_xact_lock(hashtextextended(concat_ws(' ', 'anchor', administration_id, day, number), 0))
         from trail_anchor where id = $1`,
        [id],
      );
      const [row]: (AnchorStatement & { readonly stamped: Buffer | null })[] = await manager.query(
        `select a.administration_id as "administrationId", a.day::text as day, a.number, a.hash, a.at,
           (select s.receipt from trail_anchor s where s.administration_id = a.administration_id and s.day = a.day
              and s.number = a.number and s.hash = a.hash and s.at = a.at and s.receipt is not null limit 1) as stamped
         from trail_anchor a where a.id = $1 and a.state = 'waiting' and a.receipt is null
           and a.day < ($2::timestamptz at time zone 'Europe/Rome')::date`,
        [id, this.clock.now()],
      );
      if (!row) return;
      const receipt = row.stamped ?? (await stampedBy(trailAnchorTsa, statementOf(row)));
      await manager.query('update trail_anchor set receipt = $2 where id = $1', [id, receipt]);
    });
  }

  private async handOver(id: string, key: string): Promise<void> {
    await this.dataSource.transaction(async manager => {
      const [row]: Handed[] = await manager.query(
        `select administration_id as "administrationId", day::text as day, number, hash, at, coalesce(key, $2) as key, signature,
           receipt, driver
         from trail_anchor where id = $1 and state = 'waiting' for update skip locked`,
        [id, key],
      );
      const driver = this.drivers.find(one => one.name === row?.driver);
      if (!row || !driver) return;
      const { receipt, signature, ...anchor } = row;
      await driver.hold(manager, {
        ...anchor,
        signature: signature.toString('base64'),
        ...(receipt ? { timeStamp: receipt.toString('base64') } : {}),
      });
      faultPoint('trail.anchored');
      await manager.query(`update trail_anchor set state = 'held', held_at = $2, trouble = null where id = $1`, [
        id,
        this.clock.now(),
      ]);
    });
  }
}

interface Handed extends AnchorStatement {
  readonly key: string;
  readonly signature: Buffer;
  readonly receipt: Buffer | null;
  readonly driver: string;
}

const bucketOf = ({ s3Region, s3Endpoint, s3AccessKey, s3SecretKey }: CrmSettings, bucket: string): S3Store =>
  new S3Store({
    bucket,
    region: s3Region,
    ...(s3Endpoint === undefined ? {} : { endpoint: s3Endpoint }),
    ...(s3AccessKey === undefined ? {} : { accessKey: s3AccessKey }),
    ...(s3SecretKey === undefined ? {} : { secretKey: s3SecretKey }),
  });
