import { AnyText, Bag, Decimal, Id, InstantField, ListOf, Numbers, One, OneOf, Text } from '../fields.js';
import { CASE_KINDS, CASE_STATES, PLACE_SOURCES, PRIORITIES, type CaseKind, type CaseState, type PlaceSource, type Priority } from '../model.js';
import { CaseFilter } from './case-filter.js';
import { After, Limit } from './page.js';
import { CategoryRef, OfficeRef } from './refs.js';
import { Within } from './within.js';

/** An area, by name. */
export class AreaRef {
  @Id('Area') readonly id: string;
  @Text('Code', { max: 100, example: 'centro' }) readonly code: string;
  @Text('Its name', { max: 300, example: 'Centro storico' }) readonly name: string;
}

const LATITUDE = { min: -90, max: 90, optional: true, example: 43.8012 } as const;
const LONGITUDE = { min: -180, max: 180, optional: true, example: 11.2034 } as const;

/** Where a case is, as far as it was said. */
export class PlaceView {
  @Decimal('Latitude, WGS 84 degrees', LATITUDE) readonly latitude?: number;
  @Decimal('Longitude, WGS 84 degrees', LONGITUDE) readonly longitude?: number;
  @Text('Address, in the words of who said it', { max: 500, optional: true, example: 'Via dei Tigli 3' })
  readonly address?: string;
  @One('The smallest area that has the point in it', () => AreaRef, { optional: true }) readonly area?: AreaRef;
  @OneOf('Who said it', PLACE_SOURCES, { example: 'message' }) readonly source: PlaceSource;
  @InstantField('When it was said') readonly at: string;
}

/** Says where a case is: a point, an address or both; neither takes back what was said. */
export class SetPlace {
  @Decimal('Latitude, WGS 84 degrees; with `longitude`', LATITUDE) readonly latitude?: number;
  @Decimal('Longitude, WGS 84 degrees; with `latitude`', LONGITUDE) readonly longitude?: number;
  @Text('Address', { max: 500, optional: true, example: 'Via dei Tigli 3' }) readonly address?: string;
}

const DEGREES = '-?\\d{1,3}(\\.\\d{1,12})?';

/** Which cases are shown on a map. */
export class CasesOnMap extends CaseFilter {
  @Text('Around this point, the nearest first: latitude and longitude', {
    max: 60,
    pattern: new RegExp(`^${DEGREES},${DEGREES}$`),
    optional: true,
    example: '43.8012,11.2034',
  })
  readonly near?: string;
  @Within() readonly within?: number;
  @Text('Inside this box: west, south, east, north', {
    max: 120,
    pattern: new RegExp(`^${DEGREES}(,${DEGREES}){3}$`),
    optional: true,
    example: '11.15,43.77,11.25,43.83',
  })
  readonly box?: string;
  @After() readonly after?: string;
  @Limit() readonly limit?: number;
}

/** A point as GeoJSON (RFC 7946) writes it. */
export class PointGeometry {
  @OneOf('What it is', ['Point']) readonly type: 'Point';
  @Numbers('Longitude and latitude', { max: 2, example: [11.2034, 43.8012] }) readonly coordinates: number[];
}

/** What a map tells of a case. No words of the citizen, and nothing of who they are. */
export class CaseOnMap {
  @Text('Number of the case', { max: 40, example: '2026-004217-3' }) readonly number: string;
  @OneOf('State', CASE_STATES, { example: 'assigned' }) readonly state: CaseState;
  @OneOf('Kind', CASE_KINDS, { example: 'report' }) readonly kind: CaseKind;
  @OneOf('Priority', PRIORITIES, { example: 'normal' }) readonly priority: Priority;
  @One('Category', () => CategoryRef, { optional: true }) readonly category?: CategoryRef;
  @One('Office that answers for it', () => OfficeRef, { optional: true }) readonly office?: OfficeRef;
  @One('Area', () => AreaRef, { optional: true }) readonly area?: AreaRef;
  @InstantField('When it was opened') readonly openedAt: string;
  @InstantField('When it ended', { optional: true }) readonly endedAt?: string;
  @Decimal('Metres from the point that was asked for', { min: 0, max: 50_000, optional: true, example: 42 })
  readonly distance?: number;
}
export class CaseFeature {
  @OneOf('What it is', ['Feature']) readonly type: 'Feature';
  @Id('Case') readonly id: string;
  @One('Where', () => PointGeometry) readonly geometry: PointGeometry;
  @One('What is told of it', () => CaseOnMap) readonly properties: CaseOnMap;
}

/** Cases as GeoJSON, ready for a map. */
export class CaseFeatures {
  @OneOf('What it is', ['FeatureCollection']) readonly type: 'FeatureCollection';
  @ListOf('Cases', () => CaseFeature, { max: 200 }) readonly features: CaseFeature[];
  @Text('What to ask `after` for the next page; absent on the last', { max: 500, optional: true })
  readonly next?: string;
}

/** What a map of the territory is drawn from. */
export class MapView {
  @Bag('Outlines as a GeoJSON FeatureCollection (RFC 7946), with `kind` and `name` of each where they have them', {
    example: { type: 'FeatureCollection', features: [] },
  })
  readonly outline: Record<string, unknown>;
  @Text('Address of tiles, with {z}, {x} and {y}; absent: the outline alone', { max: 2_000, optional: true })
  readonly tiles?: string;
  @AnyText('Who made the tiles, to be shown with them', { max: 300 }) readonly by: string;
}
