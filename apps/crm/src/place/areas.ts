import { Inject, Injectable } from '@nestjs/common';
import type { AreaList, AreaView, ChangeArea, DrawArea, PolygonGeometry } from '@filodiretto/contracts';
import { areaOf, boxOf, mistakesOf, type Polygon } from '@filodiretto/domain';
import { DataSource, type EntityManager } from 'typeorm';
import type { Asking } from '../http/operator.js';
import { Jobs } from '../job/jobs.js';
import { refused, type Refused } from '../refused.js';

const MAX_AREAS = 1_000;
const PAGE = 1_000;
const JOB = 'place.areas';

interface Payload {
  readonly administrationId: string;
  /** The last case that was looked at. */
  readonly after?: string;
}
interface Row {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly polygon: number[][][];
}

const NOT_FOUND = refused('not-found', 'There is no such area.');

/** The parts of the territory. Whenever one changes, the cases find theirs again, a page at a time. */
@Injectable()
export class Areas {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(Jobs) private readonly jobs: Jobs,
  ) {
    jobs.handle({ name: JOB, run: payload => this.assign(payload as Payload) });
  }

  async list({ administrationId }: Asking): Promise<AreaList> {
    const rows: Row[] = await this.dataSource.query(
      'select id, code, name, outlines as polygon from area where administration_id = $1 order by name, id',
      [administrationId],
    );
    return { items: rows.map(areaView) };
  }

  /** One area; `undefined` when the administration has none of this id. */
  async one({ administrationId }: Asking, id: string): Promise<AreaView | undefined> {
    const rows: Row[] = await this.dataSource.query(
      'select id, code, name, outlines as polygon from area where administration_id = $1 and id = $2',
      [administrationId, id],
    );
    return rows[0] && areaView(rows[0]);
  }

  async draw(manager: EntityManager, operator: Asking, id: string, asked: DrawArea): Promise<object | Refused> {
    const no = wrong(asked.geometry);
    if (no) return no;
    const inserted: unknown[] = await manager.query(
      `insert into area (id, administration_id, code, name, outlines, west, south, east, north)
       select $1, $2, $3, $4, $5, $6, $7, $8, $9
       where (select count(*) from area where administration_id = $2) < ${MAX_AREAS}
       on conflict (administration_id, code) do nothing returning id`,
      [id, operator.administrationId, asked.code, asked.name, ...drawn(asked.geometry)],
    );
    if (inserted.length === 0)
      return {
        ...refused('invalid-input', `There is an area of this code already, or there are ${MAX_AREAS}.`),
        errors: [{ pointer: '/code', detail: 'must be new' }],
      };
    await this.findAgain(manager, operator);
    return { id };
  }

  async change(manager: EntityManager, operator: Asking, id: string, asked: ChangeArea): Promise<object | Refused> {
    const no = asked.geometry && wrong(asked.geometry);
    if (no) return no;
    const [outlines, west, south, east, north] = asked.geometry
      ? drawn(asked.geometry)
      : [null, null, null, null, null];
    const [changed]: [unknown[], number] = await manager.query(
      `update area set name = coalesce($3, name), outlines = coalesce($4, outlines), west = coalesce($5, west),
         south = coalesce($6, south), east = coalesce($7, east), north = coalesce($8, north)
       where administration_id = $1 and id = $2 returning id`,
      [operator.administrationId, id, asked.name ?? null, outlines, west, south, east, north],
    );
    if (changed.length === 0) return NOT_FOUND;
    if (asked.geometry) await this.findAgain(manager, operator);
    return { id };
  }

  async remove(manager: EntityManager, operator: Asking, id: string): Promise<object | Refused> {
    const found: unknown[] = await manager.query(
      'select from area where administration_id = $1 and id = $2 for update',
      [operator.administrationId, id],
    );
    if (found.length === 0) return NOT_FOUND;
    await manager.query('update case_place set area_id = null where area_id = $1', [id]);
    await manager.query('delete from area where id = $1', [id]);
    await this.findAgain(manager, operator);
    return { id };
  }

  private findAgain(manager: EntityManager, { administrationId }: Asking): Promise<void> {
    return this.jobs.add(manager, JOB, { administrationId }, { key: `${JOB}:${administrationId}` });
  }

  /** Finds the areas of a page of cases again, and goes on with the next. */
  private async assign({ administrationId, after }: Payload): Promise<void> {
    await this.dataSource.transaction(async manager => {
      const areas: { id: string; polygon: Polygon }[] = await manager.query(
        'select id, outlines as polygon from area where administration_id = $1 order by id for share',
        [administrationId],
      );
      const cases: { case_id: string; latitude: number; longitude: number; area_id: string | null }[] =
        await manager.query(
          `select case_id, latitude, longitude, area_id from case_place
           where administration_id = $1 and latitude is not null and ($2::uuid is null or case_id > $2::uuid)
           order by case_id limit ${PAGE} for update`,
          [administrationId, after ?? null],
        );
      const moved = cases
        .map(place => ({ caseId: place.case_id, before: place.area_id, now: areaOf(areas, place)?.id ?? null }))
        .filter(({ before, now }) => before !== now);
      if (moved.length > 0)
        await manager.query(
          `update case_place l set area_id = n.area_id from unnest($1::uuid[], $2::uuid[]) n(case_id, area_id)
           where l.case_id = n.case_id`,
          [moved.map(one => one.caseId), moved.map(one => one.now)],
        );
      const last = cases.at(-1);
      if (last && cases.length === PAGE) await this.jobs.add(manager, JOB, { administrationId, after: last.case_id });
    });
  }
}

const areaView = ({ polygon, ...area }: Row): AreaView => ({
  ...area,
  geometry: { type: 'Polygon', coordinates: polygon },
});

const isPolygon = (value: unknown): value is Polygon =>
  Array.isArray(value) &&
  value.every(
    outline =>
      Array.isArray(outline) &&
      outline.every(at => Array.isArray(at) && at.length === 2 && at.every(number => typeof number === 'number')),
  );

function wrong({ coordinates }: PolygonGeometry): Refused | undefined {
  const given: unknown = coordinates;
  const mistakes = isPolygon(given)
    ? mistakesOf(given)
    : ['must be outlines of positions, each a longitude and a latitude'];
  return mistakes.length === 0
    ? undefined
    : {
        ...refused('invalid-input', 'The border is not one.'),
        errors: mistakes.slice(0, 20).map(detail => ({ pointer: '/geometry/coordinates', detail })),
      };
}

/** The columns of a border. */
function drawn({ coordinates }: PolygonGeometry): (string | number)[] {
  const { west, south, east, north } = boxOf(coordinates as unknown as Polygon);
  return [JSON.stringify(coordinates), west, south, east, north];
}
