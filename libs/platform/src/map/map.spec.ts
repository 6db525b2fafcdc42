import { describe, expect, it } from '@jest/globals';
import { ConfigurationError } from '../settings/settings.js';
import { mapOf, originOfTiles } from './map.js';

describe('the map', () => {
  const said = { tilesBy: '', fileSetting: 'PORTAL_MAP_FILE' };
  it('is of the invented city unless told', () => {
    expect(mapOf(said, () => '').outline.features.length).toBeGreaterThan(10);
  });
  it.each(['', '{}', '{"type":"FeatureCollection","features":[]}'])('is refused when its file holds none: %s', text => {
    const read = (): object => mapOf({ ...said, file: 'x' }, () => text);
    expect(read).toThrow(ConfigurationError);
    expect(read).toThrow(/PORTAL_MAP_FILE/);
  });
  it('has the origin of its tiles allowed, and nothing more', () => {
    expect(originOfTiles('https://tiles.example.org/osm/{z}/{x}/{y}.png')).toBe('https://tiles.example.org');
  });
});
