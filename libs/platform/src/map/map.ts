import { readFileSync } from 'node:fs';
import { ConfigurationError } from '../settings/settings.js';
import { POGGIOVERDE } from './poggioverde.js';

/** As much of GeoJSON as a map needs to be one. */
interface Features {
  readonly type: 'FeatureCollection';
  readonly features: readonly unknown[];
}

/** What a map shows. */
export interface MapFile {
  readonly outline: Features;
  /** Address of the tiles, with {z}, {x} and {y}; without it, the outline alone. */
  readonly tiles?: string;
  /** Who made the tiles, to be shown with them. */
  readonly by: string;
}

/** What the configuration says of a map, and which setting names its file. */
export interface MapSettings {
  /** GeoJSON file; absent: the invented city of the demonstration. */
  readonly file?: string | undefined;
  readonly tiles?: string | undefined;
  readonly tilesBy: string;
  readonly fileSetting: string;
}

/** The map as the configuration has it. Throws a `ConfigurationError` when its file holds no GeoJSON. */
export function mapOf(
  { file, tiles, tilesBy, fileSetting }: MapSettings,
  read: (path: string) => string = path => readFileSync(path, 'utf8'),
): MapFile {
  const outline = file === undefined ? POGGIOVERDE : featuresIn(file, fileSetting, read);
  return { outline, by: tilesBy, ...(tiles ? { tiles } : {}) };
}

/** Where tiles come from, for the policy of the page that shows them. */
export const originOfTiles = (tiles: string): string => new URL(tiles.replaceAll(/\{[a-z]\}/g, 'x')).origin;

function featuresIn(file: string, setting: string, read: (path: string) => string): Features {
  try {
    const said = JSON.parse(read(file)) as Partial<Features> | null;
    if (said?.type === 'FeatureCollection' && Array.isArray(said.features) && said.features.length > 0)
      return said as Features;
  } catch (error) {
    throw new ConfigurationError([`${setting}: ${error instanceof Error ? error.message : 'cannot be read'}`]);
  }
  throw new ConfigurationError([`${setting}: is no GeoJSON collection with something in it`]);
}
