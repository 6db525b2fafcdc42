import type { PlaceSource, PlaceView } from '@filodiretto/contracts';
import { at, present } from '../http/present.js';

/** The place of a case as PostgreSQL's JSON gives it. */
export interface PlaceRow {
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly address: string | null;
  readonly area: { readonly id: string; readonly code: string; readonly name: string } | null;
  readonly source: PlaceSource;
  readonly at: string;
}

/** SQL of the place of the case `c`, as one JSON object. */
export const PLACE_JSON = `(
  select json_build_object('latitude', l.latitude, 'longitude', l.longitude, 'address', l.address, 'source', l.source, 'at', l.at,
    'area', (select json_build_object('id', a.id, 'code', a.code, 'name', a.name) from area a where a.id = l.area_id))
  from case_place l where l.case_id = c.id)`;

export const placeView = (row: PlaceRow): PlaceView => ({
  ...present({ latitude: row.latitude, longitude: row.longitude, address: row.address, area: row.area }),
  source: row.source,
  at: at(row.at),
});
