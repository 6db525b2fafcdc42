import type { PlaceSource } from '@filodiretto/contracts/model';
import { isPoint, type Point } from './point.js';

/** Where something is, as far as it was said: a point, an address, or both. */
export interface SaidPlace {
  readonly source: Exclude<PlaceSource, 'operator'>;
  readonly point: Point | null;
  readonly address: string | null;
}

/** What a message says, as far as a place may be in it. */
export interface SaidPart {
  readonly type: string;
  readonly latitude?: number;
  readonly longitude?: number;
  readonly name?: string;
  readonly address?: string;
  readonly fields?: Readonly<Record<string, unknown>>;
}

/** Longest address that is kept, in characters. */
export const MAX_ADDRESS = 500;
/** Names of the fields in which forms ask where. */
const WHERE = /^(luogo|indirizzo|dove|via|ubicazione|posizione|place|address|location)(_|-|$)/i;
const PAIR = /^\s*(-?\d{1,2}(?:\.\d+)?)\s*[,;]\s*(-?\d{1,3}(?:\.\d+)?)\s*$/;

/**
 * Where a message says that something is: a position that was sent, else what a form asks for. A point is better than an address
 * alone. `undefined` when it says nothing of the sort.
 */
export function placeIn(parts: readonly SaidPart[]): SaidPlace | undefined {
  const said = parts.flatMap(part =>
    part.type === 'location' ? ofLocation(part) : part.type === 'form' ? ofForm(part) : [],
  );
  return said.find(place => place.point !== null) ?? said[0];
}

function ofLocation({ latitude, longitude, address, name }: SaidPart): SaidPlace[] {
  const point = pointOf(latitude, longitude);
  const where = words([name, address].filter(one => one !== undefined).join(', '));
  return point || where !== null ? [{ source: 'message', point, address: where }] : [];
}

function ofForm({ fields }: SaidPart): SaidPlace[] {
  const asked = Object.entries(fields ?? {}).filter(([name]) => WHERE.test(name));
  const values = asked.map(([, value]) => value);
  const point =
    values.map(pointIn).find(found => found !== null) ??
    pointOf(fields?.['latitudine'] ?? fields?.['latitude'], fields?.['longitudine'] ?? fields?.['longitude']);
  const address = words(values.filter(value => typeof value === 'string' && !PAIR.test(value)).join(', '));
  return point || address !== null ? [{ source: 'form', point, address }] : [];
}

/** A point as a map of a form gives it: two numbers in an object, or in a text. */
function pointIn(value: unknown): Point | null {
  if (typeof value === 'string') {
    const [, latitude, longitude] = PAIR.exec(value) ?? [];
    return pointOf(latitude, longitude);
  }
  if (typeof value !== 'object' || value === null) return null;
  const of = value as Readonly<Record<string, unknown>>;
  return pointOf(of['latitude'] ?? of['lat'], of['longitude'] ?? of['lng'] ?? of['lon']);
}

function pointOf(latitude: unknown, longitude: unknown): Point | null {
  const number = (value: unknown): number =>
    typeof value === 'number' ? value : typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
  const point = { latitude: number(latitude), longitude: number(longitude) };
  // Devices that do not know where they are say that they are in the Gulf of Guinea.
  return isPoint(point) && (point.latitude !== 0 || point.longitude !== 0) ? point : null;
}

const words = (text: string): string | null => text.replaceAll(/\s+/g, ' ').trim().slice(0, MAX_ADDRESS) || null;
