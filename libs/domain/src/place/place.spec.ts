import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { areaOf, boxOf, contains, mistakesOf, type Polygon, type Outline } from './area.js';
import { placeIn, type SaidPart } from './place-in.js';
import { boxAround, isPoint, metersBetween, type Point } from './point.js';

const at = (longitude: number, latitude: number): Point => ({ longitude, latitude });
const square = (west: number, south: number, size: number): Outline => [
  [west, south],
  [west + size, south],
  [west + size, south + size],
  [west, south + size],
  [west, south],
];

describe('the distance between two points', () => {
  it.each([
    ['is nothing for the same point', at(9.19, 45.46), at(9.19, 45.46), 0],
    ['is 477 km from Milan to Rome', at(9.19, 45.4642), at(12.4964, 41.9028), 477_000],
    ['is 111 m for a thousandth of a degree northwards', at(11, 43), at(11, 43.001), 111.2],
    ['is less for the same degrees eastwards', at(11, 45), at(11.001, 45), 78.6],
    ['crosses the line of dates', at(179.999, 0), at(-179.999, 0), 222.4],
  ])('%s', (_, a, b, meters) => {
    expect(Math.abs(metersBetween(a, b) - meters)).toBeLessThanOrEqual(meters * 0.005);
  });

  it('is never left out of the box around a point', () => {
    const degrees = (max: number): fc.Arbitrary<number> => fc.double({ min: -max, max, noNaN: true });
    fc.assert(
      fc.property(
        degrees(90),
        degrees(180),
        fc.integer({ min: 1, max: 100_000 }),
        degrees(1),
        degrees(1),
        (y, x, meters, dy, dx) => {
          const [a, b] = [at(x, y), at(x + dx, y + dy)];
          if (!isPoint(b) || metersBetween(a, b) > meters) return;
          const box = boxAround(a, meters * 1.000_001);
          expect(b.latitude).toBeGreaterThanOrEqual(box.south - 1e-9);
          expect(b.latitude).toBeLessThanOrEqual(box.north + 1e-9);
          const [from, to] = [b.longitude >= box.west - 1e-9, b.longitude <= box.east + 1e-9];
          expect(box.west <= box.east ? from && to : from || to).toBe(true);
        },
      ),
    );
  });
});

describe('an area', () => {
  const withHole: Polygon = [square(10, 40, 10), square(14, 44, 2)];
  it.each([
    ['has what is inside its border', withHole, at(12, 42), true],
    ['has not what is outside', withHole, at(9, 42), false],
    ['has not what is in a hole', withHole, at(15, 45), false],
    ['has its border', withHole, at(10, 45), true],
    ['has its corners', withHole, at(20, 50), true],
    ['has the border of a hole', withHole, at(14, 45), true],
    ['has not what is level with a corner, outside', withHole, at(25, 50), false],
    ['is nothing without a border', [], at(0, 0), false],
  ])('%s', (_, polygon, point, expected) => {
    expect(contains(polygon, point)).toBe(expected);
  });

  it('that bends inwards has not what is in the bend', () => {
    const bent: Polygon = [
      [
        [0, 0],
        [4, 0],
        [4, 4],
        [2, 1],
        [0, 4],
        [0, 0],
      ],
    ];
    expect([contains(bent, at(2, 3)), contains(bent, at(0.5, 2)), contains(bent, at(3.5, 2))]).toEqual([
      false,
      true,
      true,
    ]);
  });

  it('that is smaller comes first', () => {
    const areas = [
      { name: 'district', polygon: [square(10, 40, 10)] },
      { name: 'quarter', polygon: [square(11, 41, 2)] },
      { name: 'elsewhere', polygon: [square(0, 0, 1)] },
    ];
    expect(areaOf(areas, at(12, 42))?.name).toBe('quarter');
    expect(areaOf(areas, at(18, 48))?.name).toBe('district');
    expect(areaOf(areas, at(5, 5))).toBeUndefined();
  });

  it('lies in its box', () => {
    expect(boxOf(withHole)).toEqual({ west: 10, east: 20, south: 40, north: 50 });
  });

  it.each([
    ['without a border', [], 'must have a border'],
    [
      'of two points',
      [
        [
          [0, 0],
          [1, 1],
          [0, 0],
        ],
      ],
      'ring 0: must have at least 4 positions',
    ],
    [
      'that stays open',
      [
        [
          [0, 0],
          [1, 0],
          [1, 1],
          [0, 1],
        ],
      ],
      'ring 0: must end where it begins',
    ],
    [
      'without an inside',
      [
        [
          [0, 0],
          [1, 1],
          [2, 2],
          [0, 0],
        ],
      ],
      'ring 0: must have something inside',
    ],
    [
      'that crosses itself',
      [
        [
          [0, 0],
          [2, 2],
          [2, 0],
          [0, 3],
          [0, 0],
        ],
      ],
      'ring 0: must not cross itself',
    ],
    [
      'beyond the poles',
      [
        [
          [0, 0],
          [1, 0],
          [1, 91],
          [0, 0],
        ],
      ],
      'ring 0: every position must be a longitude and a latitude, in degrees',
    ],
    [
      'whose hole is wrong',
      [
        square(0, 0, 9),
        [
          [1, 1],
          [2, 2],
          [1, 1],
        ],
      ],
      'ring 1: must have at least 4 positions',
    ],
    [
      'of too many positions',
      [Array.from({ length: 2_001 }, (_, n) => [n / 100, 0])],
      'must have at most 2000 positions',
    ],
  ] as [string, Polygon, string][])('%s is no area', (_, polygon, mistake) => {
    expect(mistakesOf(polygon)).toEqual([mistake]);
  });

  it('of a border and a hole is one', () => {
    expect(mistakesOf(withHole)).toEqual([]);
  });
});

describe('the place that a message says', () => {
  const form = (fields: Record<string, unknown>): SaidPart => ({ type: 'form', fields });
  it.each([
    [
      'is the position that was sent',
      [{ type: 'text' }, { type: 'location', latitude: 43.8, longitude: 11.2, address: 'Via Roma 1' }],
      'message',
      at(11.2, 43.8),
      'Via Roma 1',
    ],
    [
      'is what the form asks for',
      [form({ luogo: ' Via dei  Tigli 3 ', oggetto: 'x' })],
      'form',
      null,
      'Via dei Tigli 3',
    ],
    [
      'is the point on the map of a form',
      [form({ posizione: { lat: 43.8, lng: 11.2 }, indirizzo: 'Via Roma' })],
      'form',
      at(11.2, 43.8),
      'Via Roma',
    ],
    ['is a pair of numbers in a field', [form({ luogo: '43.8, 11.2' })], 'form', at(11.2, 43.8), null],
    ['is two fields of a form', [form({ latitudine: '43.8', longitudine: '11.2' })], 'form', at(11.2, 43.8), null],
    [
      'is the point rather than the address',
      [form({ luogo: 'Via Roma' }), { type: 'location', latitude: 43.8, longitude: 11.2 }],
      'message',
      at(11.2, 43.8),
      null,
    ],
    [
      'is an address when the position cannot be',
      [{ type: 'location', latitude: 0, longitude: 0, name: 'Casa' }],
      'message',
      null,
      'Casa',
    ],
  ] as [string, SaidPart[], string, Point | null, string | null][])('%s', (_, parts, source, point, address) => {
    expect(placeIn(parts)).toEqual({ source, point, address });
  });

  it.each([
    ['words', [{ type: 'text' }]],
    ['an empty field', [form({ luogo: '  ' })]],
    ['another field', [form({ descrizione: '43.8, 11.2' })]],
    ['numbers that are no place', [form({ luogo: { lat: 143.8, lng: 11.2 } })]],
    ['nothing', []],
  ] as [string, SaidPart[]][])('is none in %s', (_, parts) => {
    expect(placeIn(parts)).toBeUndefined();
  });
});
