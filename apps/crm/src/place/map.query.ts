import { Inject, Injectable } from '@nestjs/common';
import type { CaseFeature, CaseFeatures, CasesOnMap } from '@filodiretto/contracts';
import { boxAround, isPoint, type Box, type Point } from '@filodiretto/domain';
import { Problem } from '@filodiretto/platform';
import { DataSource } from 'typeorm';
import { filtered, type Viewer } from '../case/case-filter.js';
import { SUMMARY, SUMMARY_JOINS, summaryView, type SummaryRow } from '../case/case-summary.js';
import { cursorOf, distanceCursorOf, distanceNextOf, limitOf, pageOf } from '../http/paging.js';
import { Where } from '../http/where.js';

interface Row extends SummaryRow {
  readonly latitude: number;
  readonly longitude: number;
  readonly distance: number | null;
  readonly area_id: string | null;
  readonly area_code: string | null;
  readonly area_name: string | null;
}

const WITHIN_METERS = 1_000;
/** The first circle that is looked at around a point; each following one is so many times wider. */
const FIRST_METERS = 100;
const WIDER = 3;

const PLACE = `l.latitude, l.longitude, a.id as area_id, a.code as area_code, a.name as area_name`;
const JOINS = `${SUMMARY_JOINS} left join area a on a.id = l.area_id`;

/** Cases for maps: where they are, and nothing of whose they are. A confidential case is on none, not even of who may know of it. */
@Injectable()
export class MapQuery {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  /** The cases with a point for which every filter holds: the newest first, or around a point the nearest first. */
  async features(viewer: Viewer, asked: CasesOnMap): Promise<CaseFeatures> {
    if (asked.text !== undefined) throw wrong('text', 'is not asked of a map');
    if (asked.near === undefined) return this.newest(viewer, asked);
    const [latitude = Number.NaN, longitude = Number.NaN] = asked.near.split(',').map(Number);
    const point = { latitude, longitude };
    if (!isPoint(point)) throw wrong('near', 'must be a latitude and a longitude');
    return this.nearest(viewer, asked, point);
  }

  private async newest(viewer: Viewer, asked: CasesOnMap): Promise<CaseFeatures> {
    const cursor = cursorOf(asked.after);
    const limit = limitOf(asked);
    const where = shown(viewer, asked).and('l.latitude is not null');
    if (asked.box !== undefined) inside(where, boxIn(asked.box));
    where.and('(c.opened_at, c.id) < ($?::timestamptz, $?::uuid)', cursor?.at, cursor?.id);
    const rows: Row[] = await this.dataSource.query(
      `select ${SUMMARY}, ${PLACE}, null as distance from case_file c join case_place l on l.case_id = c.id ${JOINS}
       where ${where.toString()} order by c.opened_at desc, c.id desc limit ${limit + 1}`,
      where.parameters,
    );
    const { items, next } = pageOf(rows, limit, feature);
    return { type: 'FeatureCollection', features: items, ...(next === undefined ? {} : { next }) };
  }

  /** In circles, each wider than the one before, until one holds a page: what is far away is not read. */
  private async nearest(viewer: Viewer, asked: CasesOnMap, point: Point): Promise<CaseFeatures> {
    const limit = limitOf(asked);
    const most = asked.within ?? WITHIN_METERS;
    const cursor = distanceCursorOf(asked.after);
    for (let meters = Math.min(most, Math.max(FIRST_METERS, (cursor?.meters ?? 0) * WIDER)); ; meters *= WIDER) {
      const radius = Math.min(meters, most);
      const rows = await this.circle(viewer, asked, { point, radius, limit, cursor });
      if (rows.length <= limit && radius < most) continue;
      const shown = rows.slice(0, limit);
      const last = shown.at(-1);
      return {
        type: 'FeatureCollection',
        features: shown.map(feature),
        ...(rows.length > limit && last ? { next: distanceNextOf({ meters: last.distance ?? 0, id: last.id }) } : {}),
      };
    }
  }

  private circle(
    viewer: Viewer,
    asked: CasesOnMap,
    circle: {
      readonly point: Point;
      readonly radius: number;
      readonly limit: number;
      readonly cursor: { readonly meters: number; readonly id: string } | undefined;
    },
  ): Promise<Row[]> {
    const { point, radius, limit, cursor } = circle;
    const where = shown(viewer, asked);
    inside(where, boxAround(point, radius));
    if (asked.box !== undefined) inside(where, boxIn(asked.box));
    const distance = `meters_between(${where.parameter(point.latitude)}, ${where.parameter(point.longitude)}, l.latitude, l.longitude)`;
    where
      .and(`${distance} <= $?`, radius)
      .and(`(${distance}, c.id) > ($?::float8, $?::uuid)`, cursor?.meters, cursor?.id);
    return this.dataSource.query(
      `select ${SUMMARY}, ${PLACE}, ${distance} as distance from case_place l join case_file c on c.id = l.case_id ${JOINS}
       where ${where.toString()} order by distance, c.id limit ${limit + 1}`,
      where.parameters,
    );
  }
}

const shown = (viewer: Viewer, asked: CasesOnMap): Where =>
  filtered(new Where(), viewer, { ...asked, confidential: false });

const wrong = (field: string, detail: string): Problem =>
  new Problem('invalid-input', undefined, { errors: [{ pointer: `/${field}`, detail }] });

function boxIn(text: string): Box {
  const [west = Number.NaN, south = Number.NaN, east = Number.NaN, north = Number.NaN] = text.split(',').map(Number);
  if (!isPoint({ latitude: south, longitude: west }) || !isPoint({ latitude: north, longitude: east }) || south > north)
    throw wrong('box', 'must be west, south, east and north');
  return { west, south, east, north };
}

/** By the index of points; a box that crosses the line of dates is two. */
function inside(where: Where, { west, south, east, north }: Box): void {
  const box = (from: number, to: number): string =>
    `point(l.longitude, l.latitude) <@ box(point(${where.parameter(from)}::float8, ${where.parameter(south)}::float8), point(${where.parameter(to)}::float8, ${where.parameter(north)}::float8))`;
  where.and('l.latitude is not null').and(west <= east ? box(west, east) : `${box(west, 180)} or ${box(-180, east)}`);
}

function feature(row: Row): CaseFeature {
  const { number, state, kind, priority, category, office, openedAt, endedAt } = summaryView(row);
  return {
    type: 'Feature',
    id: row.id,
    geometry: { type: 'Point', coordinates: [row.longitude, row.latitude] },
    properties: {
      number,
      state,
      kind,
      priority,
      ...(category ? { category } : {}),
      ...(office ? { office } : {}),
      ...(row.area_id !== null && row.area_code !== null && row.area_name !== null
        ? { area: { id: row.area_id, code: row.area_code, name: row.area_name } }
        : {}),
      openedAt,
      ...(endedAt === undefined ? {} : { endedAt }),
      ...(row.distance === null ? {} : { distance: Math.round(row.distance) }),
    },
  };
}
