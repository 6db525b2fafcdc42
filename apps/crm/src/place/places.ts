import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { PlaceSource, SetPlace } from '@filodiretto/contracts';
import { areaOf, placeIn, type Actor, type Point, type Polygon, type SaidPart } from '@filodiretto/domain';
import type { Logger } from '@filodiretto/platform';
import type { EntityManager } from 'typeorm';
import { Background } from '../background.js';
import type { CaseRequest } from '../case/case-request.js';
import { Ledger } from '../case/ledger.js';
import { BusyDataSource } from '../data-source.js';
import { Backlog } from '../intake/backlog.js';
import { LOG } from '../log.js';
import { isRefused, refused, type Refused } from '../refused.js';
import { JournalReader, readersPatience, type Read } from '../stream/journal-reader.js';

interface Said {
  readonly caseId: string;
  readonly administrationId: string;
  readonly point: Point | null;
  readonly address: string | null;
  readonly source: PlaceSource;
  readonly messageId: string | null;
  readonly operatorId: string | null;
}

/**
 * Where cases are. What a citizen's message says is taken from it after it was taken in, so that intake does not wait; what a
 * person said by hand is never replaced by a machine.
 */
@Injectable()
export class Places implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly background: Background;
  private readonly reader: JournalReader;

  constructor(
    @Inject(BusyDataSource) dataSource: BusyDataSource,
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(Backlog) backlog: Backlog,
    @Inject(LOG) log: Logger,
  ) {
    this.reader = new JournalReader(dataSource, 'place', (manager, read) => this.read(manager, read));
    this.background = new Background('the places of cases', () => this.reader.step(), log, readersPatience(backlog));
  }

  onApplicationBootstrap(): void {
    this.background.start();
  }
  beforeApplicationShutdown(): Promise<void> {
    return this.background.stop();
  }

  /** Says by hand where a case is, in the caller's transaction; neither point nor address takes it back. */
  async set(manager: EntityManager, request: CaseRequest, asked: SetPlace): Promise<object | Refused> {
    const { latitude, longitude, address } = asked;
    if ((latitude === undefined) !== (longitude === undefined))
      return {
        ...refused('invalid-input', 'A point is a latitude and a longitude.'),
        errors: [{ pointer: latitude === undefined ? '/latitude' : '/longitude', detail: 'is missing' }],
      };
    const { administrationId, id: operatorId } = request.operator;
    const ours: unknown[] = await manager.query('select from case_file where administration_id = $1 and id = $2', [
      administrationId,
      request.caseId,
    ]);
    if (ours.length === 0) return refused('not-found', 'There is no such case.');
    const point = latitude !== undefined && longitude !== undefined ? { latitude, longitude } : null;
    const said = {
      caseId: request.caseId,
      administrationId,
      point,
      address: address?.trim() ? address.trim() : null,
      source: 'operator' as const,
      messageId: null,
      operatorId,
    };
    return this.write(manager, said, { kind: 'operator', id: operatorId }, request);
  }

  /** Takes the places that new messages of citizens say. */
  private async read(manager: EntityManager, { messageIds }: Read): Promise<void> {
    if (messageIds.length === 0) return;
    const messages: { id: string; case_id: string; administration_id: string; content: SaidPart[] }[] =
      await manager.query(
        `select m.id, m.case_id, m.administration_id, m.content from message m
         where m.id = any($1::uuid[]) and m.direction = 'in' and m.author = 'contact' and m.case_id is not null
           and (m.content @> '[{"type":"location"}]' or m.content @> '[{"type":"form"}]')
         order by m.sent_at, m.seq`,
        [messageIds],
      );
    for (const { id, case_id: caseId, administration_id: administrationId, content } of messages) {
      const place = placeIn(content);
      if (!place || !(await isBetter(manager, caseId, place.point))) continue;
      const said = { ...place, caseId, administrationId, messageId: id, operatorId: null };
      await this.write(manager, said, { kind: 'system' }, { cause: id });
    }
  }

  private async write(
    manager: EntityManager,
    said: Said,
    by: Actor,
    request: Pick<CaseRequest, 'cause' | 'expectedVersion'>,
  ): Promise<object | Refused> {
    const { caseId, administrationId, point, address, source, messageId, operatorId } = said;
    const changed = await this.ledger.execute(manager, {
      caseId,
      ...(request.expectedVersion === undefined ? {} : { expectedVersion: request.expectedVersion }),
      cause: request.cause,
      commands: [{ name: 'locate', source, point: point !== null, address: address !== null, message: messageId, by }],
    });
    if (isRefused(changed)) return changed;
    if (!point && address === null) {
      await manager.query('delete from case_place where case_id = $1', [caseId]);
      return changed;
    }
    const area = point && areaOf(await areasAround(manager, administrationId, point), point);
    await manager.query(
      `insert into case_place (case_id, administration_id, latitude, longitude, address, area_id, source, message_id, operator_id, at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, now())
       on conflict (case_id) do update set latitude = excluded.latitude, longitude = excluded.longitude,
         address = excluded.address, area_id = excluded.area_id, source = excluded.source, message_id = excluded.message_id,
         operator_id = excluded.operator_id, at = excluded.at`,
      [
        caseId,
        administrationId,
        point?.latitude ?? null,
        point?.longitude ?? null,
        address,
        area?.id ?? null,
        source,
        messageId,
        operatorId,
      ],
    );
    return changed;
  }
}

/** Whether what a message says is more than what is known. */
async function isBetter(manager: EntityManager, caseId: string, point: Point | null): Promise<boolean> {
  const known: { source: PlaceSource; located: boolean }[] = await manager.query(
    'select source, latitude is not null as located from case_place where case_id = $1',
    [caseId],
  );
  const [place] = known;
  return !place || (place.source !== 'operator' && !place.located && point !== null);
}

/** The areas whose box has the point in it. */
const areasAround = (
  manager: EntityManager,
  administrationId: string,
  { longitude, latitude }: Point,
): Promise<{ id: string; polygon: Polygon }[]> =>
  manager.query(
    `select id, outlines as polygon from area
     where administration_id = $1 and $2::float8 between west and east and $3::float8 between south and north order by id`,
    [administrationId, longitude, latitude],
  );
