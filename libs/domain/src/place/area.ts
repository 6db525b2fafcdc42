import { isPoint, type Box, type Point } from './point.js';

/** Longitude and latitude, in this order, as GeoJSON (RFC 7946) writes them. */
export type Position = readonly [longitude: number, latitude: number];
/** A closed line: its last position is its first. */
export type Outline = readonly Position[];
/** A border, and the holes in it. */
export type Polygon = readonly Outline[];

/** Most positions of one area. */
export const MAX_POSITIONS = 2_000;
const ENOUGH = 4;

const same = (a: Position, b: Position): boolean => a[0] === b[0] && a[1] === b[1];

/** Whether a point is in an area; its border belongs to it, the inside of its holes does not. */
export function contains(polygon: Polygon, point: Point): boolean {
  const at: Position = [point.longitude, point.latitude];
  const [border, ...holes] = polygon;
  if (!border) return false;
  if (polygon.some(ring => isOnLine(ring, at))) return true;
  return isInside(border, at) && !holes.some(hole => isInside(hole, at));
}

/** By how often a line from the point eastwards crosses the ring. */
function isInside(ring: Outline, [x, y]: Position): boolean {
  let inside = false;
  for (const [[ax, ay], [bx, by]] of sidesOf(ring))
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  return inside;
}

const isOnLine = (ring: Outline, at: Position): boolean =>
  sidesOf(ring).some(([a, b]) => turn(a, b, at) === 0 && isBetween(a, b, at));

const sidesOf = (ring: Outline): (readonly [Position, Position])[] =>
  ring.slice(1).map((end, index) => [ring[index] ?? end, end] as const);

/** Positive when `c` is to the left of the way from `a` to `b`, zero when it is on it. */
const turn = ([ax, ay]: Position, [bx, by]: Position, [cx, cy]: Position): number =>
  Math.sign((bx - ax) * (cy - ay) - (by - ay) * (cx - ax));

const isBetween = ([ax, ay]: Position, [bx, by]: Position, [x, y]: Position): boolean =>
  Math.min(ax, bx) <= x && x <= Math.max(ax, bx) && Math.min(ay, by) <= y && y <= Math.max(ay, by);

/** Twice the surface inside a ring, in square degrees: to compare areas with each other. */
const surface = (ring: Outline): number =>
  Math.abs(sidesOf(ring).reduce((sum, [[ax, ay], [bx, by]]) => sum + ax * by - bx * ay, 0));

/** The box around an area. */
export function boxOf(polygon: Polygon): Box {
  const [xs, ys] = [polygon.flatMap(ring => ring.map(([x]) => x)), polygon.flatMap(ring => ring.map(([, y]) => y))];
  return { west: Math.min(...xs), east: Math.max(...xs), south: Math.min(...ys), north: Math.max(...ys) };
}

/** Of the areas that have a point in them, the smallest: a quarter before its district. */
export function areaOf<T extends { readonly polygon: Polygon }>(areas: readonly T[], point: Point): T | undefined {
  return areas
    .filter(({ polygon }) => contains(polygon, point))
    .toSorted((a, b) => surface(a.polygon[0] ?? []) - surface(b.polygon[0] ?? []))[0];
}

/** What is wrong with a polygon, in words; empty: nothing. */
export function mistakesOf(polygon: Polygon): string[] {
  if (polygon.length === 0) return ['must have a border'];
  const positions = polygon.reduce((sum, ring) => sum + ring.length, 0);
  if (positions > MAX_POSITIONS) return [`must have at most ${MAX_POSITIONS} positions`];
  return polygon.flatMap((ring, index) => mistakesOfRing(ring).map(mistake => `ring ${index}: ${mistake}`));
}

function mistakesOfRing(ring: Outline): string[] {
  const [first] = ring;
  const last = ring.at(-1);
  if (ring.some(at => at.length !== 2 || !isPoint({ longitude: at[0], latitude: at[1] })))
    return ['every position must be a longitude and a latitude, in degrees'];
  if (!first || !last || ring.length < ENOUGH) return [`must have at least ${ENOUGH} positions`];
  if (!same(first, last)) return ['must end where it begins'];
  if (surface(ring) === 0) return ['must have something inside'];
  return crosses(ring) ? ['must not cross itself'] : [];
}

/** Whether two sides that are no neighbours meet. */
function crosses(ring: Outline): boolean {
  const sides = sidesOf(ring);
  return sides.some(([a, b], i) =>
    sides.some(([c, d], j) => {
      if (j <= i + 1 || (i === 0 && j === sides.length - 1)) return false;
      const [p, q, r, s] = [turn(a, b, c), turn(a, b, d), turn(c, d, a), turn(c, d, b)];
      if (p !== q && r !== s) return true;
      return (
        (p === 0 && isBetween(a, b, c)) ||
        (q === 0 && isBetween(a, b, d)) ||
        (r === 0 && isBetween(c, d, a)) ||
        (s === 0 && isBetween(c, d, b))
      );
    }),
  );
}
