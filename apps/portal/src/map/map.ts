import { ConfigurationError } from '@filodiretto/platform';
import { POGGIOVERDE } from './poggioverde.js';

/** As much of GeoJSON as a map needs to be one. */
interface Features {
  readonly type: 'FeatureCollection';
  readonly features: readonly unknown[];
}

/** What the map in the form shows. */
export interface MapFile {
  readonly outline: Features;
  /** Address of the tiles, with {z}, {x} and {y}; without it, the outline alone. */
  readonly tiles?: string;
  readonly by: string;
}

/** The map as the configuration has it. Throws a `ConfigurationError` when its file holds no GeoJSON. */
export function mapOf(
  said: { readonly portalMapFile?: string; readonly portalTiles?: string; readonly portalTilesBy: string },
  read: (path: string) => string,
): MapFile {
  const outline = said.portalMapFile === undefined ? POGGIOVERDE : featuresIn(said.portalMapFile, read);
  return { outline, by: said.portalTilesBy, ...(said.portalTiles ? { tiles: said.portalTiles } : {}) };
}

function featuresIn(path: string, read: (path: string) => string): Features {
  try {
    const said = JSON.parse(read(path)) as Partial<Features> | null;
    if (said?.type === 'FeatureCollection' && Array.isArray(said.features) && said.features.length > 0)
      return said as Features;
  } catch (error) {
    throw new ConfigurationError([`PORTAL_MAP_FILE: ${error instanceof Error ? error.message : 'cannot be read'}`]);
  }
  throw new ConfigurationError(['PORTAL_MAP_FILE: is no GeoJSON collection with something in it']);
}
