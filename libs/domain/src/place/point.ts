/** A point of the Earth, WGS 84 degrees. */
export interface Point {
  readonly latitude: number;
  readonly longitude: number;
}

/** Everything between two parallels and two meridians; `west` is greater than `east` when it crosses the line of dates. */
export interface Box {
  readonly south: number;
  readonly west: number;
  readonly north: number;
  readonly east: number;
}

/** Mean radius, in metres. */
const EARTH_METERS = 6_371_008.8;
const DEGREE = Math.PI / 180;

export const isPoint = ({ latitude, longitude }: Point): boolean =>
  Number.isFinite(latitude) && Number.isFinite(longitude) && Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;

/** Metres along the surface between two points, right to half a percent. */
export function metersBetween(a: Point, b: Point): number {
  const [latitude, longitude] = [(b.latitude - a.latitude) * DEGREE, (b.longitude - a.longitude) * DEGREE];
  const half =
    Math.sin(latitude / 2) ** 2 +
    Math.cos(a.latitude * DEGREE) * Math.cos(b.latitude * DEGREE) * Math.sin(longitude / 2) ** 2;
  return 2 * EARTH_METERS * Math.asin(Math.min(1, Math.sqrt(half)));
}

/** The smallest box that holds everything within so many metres. Near a pole it goes all around. */
export function boxAround({ latitude, longitude }: Point, meters: number): Box {
  const angle = meters / EARTH_METERS;
  const [south, north] = [latitude - angle / DEGREE, latitude + angle / DEGREE];
  if (south <= -90 || north >= 90)
    return { south: Math.max(-90, south), north: Math.min(90, north), west: -180, east: 180 };
  const aside = Math.asin(Math.min(1, Math.sin(angle) / Math.cos(latitude * DEGREE))) / DEGREE;
  if (aside >= 180) return { south, north, west: -180, east: 180 };
  return { south, north, west: within(longitude - aside), east: within(longitude + aside) };
}

const within = (longitude: number): number =>
  longitude < -180 ? longitude + 360 : longitude > 180 ? longitude - 360 : longitude;
