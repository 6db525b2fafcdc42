type Point = readonly [longitude: number, latitude: number];

const line = (kind: string, name: string, ...coordinates: readonly Point[]) => ({
  type: 'Feature',
  properties: { kind, name },
  geometry: { type: 'LineString', coordinates },
});
const area = (kind: string, name: string, ...coordinates: readonly Point[]) => ({
  type: 'Feature',
  properties: { kind, name },
  geometry: { type: 'Polygon', coordinates: [[...coordinates, coordinates[0]]] },
});

/** An invented city: its river, streets, gardens and squares. Nothing of it was taken from a map. */
export const POGGIOVERDE = {
  type: 'FeatureCollection' as const,
  features: [
    area(
      'town',
      'Poggioverde',
      [11.187, 44.607],
      [11.197, 44.6135],
      [11.2095, 44.6125],
      [11.2145, 44.6055],
      [11.217, 44.597],
      [11.2155, 44.5895],
      [11.2075, 44.5885],
      [11.199, 44.5935],
      [11.1895, 44.5978],
    ),
    area('green', 'Parco del Poggio', [11.1905, 44.6062], [11.1945, 44.6095], [11.1978, 44.6082], [11.1955, 44.6048]),
    area('green', 'Giardino dei Tigli', [11.2052, 44.6002], [11.2082, 44.6013], [11.2092, 44.5994], [11.2063, 44.5984]),
    area(
      'square',
      'Piazza del Municipio',
      [11.2002, 44.6018],
      [11.2016, 44.6022],
      [11.202, 44.6012],
      [11.2006, 44.6008],
    ),
    area(
      'square',
      'Piazza della Stazione',
      [11.2078, 44.6072],
      [11.209, 44.6075],
      [11.2093, 44.6066],
      [11.208, 44.6063],
    ),
    line(
      'water',
      'Torrente Verdiana',
      [11.184, 44.6015],
      [11.191, 44.5998],
      [11.197, 44.5972],
      [11.2045, 44.5958],
      [11.217, 44.5975],
    ),
    line(
      'main',
      'Viale della Repubblica',
      [11.1875, 44.6075],
      [11.194, 44.6045],
      [11.201, 44.6015],
      [11.2075, 44.599],
      [11.2125, 44.597],
    ),
    line('main', 'Via della Stazione', [11.2011, 44.6015], [11.204, 44.6042], [11.2086, 44.607], [11.2125, 44.6095]),
    line('main', 'Via del Ponte', [11.2011, 44.6015], [11.1998, 44.598], [11.199, 44.5935]),
    line('street', 'Via dei Tigli', [11.2011, 44.6015], [11.2034, 44.6012], [11.21, 44.6012]),
    line('street', 'Via Roma', [11.1965, 44.6034], [11.1985, 44.607], [11.202, 44.6105]),
    line('street', 'Via Garibaldi', [11.1985, 44.607], [11.204, 44.6042], [11.2095, 44.602]),
    line('street', 'Via dell’Olmo', [11.191, 44.6058], [11.192, 44.602], [11.1945, 44.599]),
    line('street', 'Via della Fonte', [11.1945, 44.6042], [11.1955, 44.601], [11.197, 44.5982]),
    line('street', 'Via del Mercato', [11.1998, 44.599], [11.204, 44.5978], [11.2085, 44.5982]),
    line('street', 'Via delle Rose', [11.2065, 44.5993], [11.21, 44.6035], [11.2086, 44.607]),
    line('street', 'Via Rossini', [11.208, 44.5921], [11.2102, 44.5931], [11.2125, 44.5942]),
    line('street', 'Via Verdi', [11.2075, 44.5948], [11.2102, 44.5931], [11.2125, 44.5909]),
    line('street', 'Via San Martino', [11.2005, 44.6035], [11.2045, 44.6082], [11.208, 44.6115]),
  ],
};
