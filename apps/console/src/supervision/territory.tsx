import 'leaflet/dist/leaflet.css';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TFunction } from 'i18next';
import type { Map as Drawn, Marker } from 'leaflet';
import type Clusters from 'supercluster';
import type { Schemas } from '../api/client.js';

export type Feature = Schemas['CaseFeature'];
type Territory = Schemas['MapView'];
type Leaflet = typeof import('leaflet');
type Index = Clusters<{ readonly at: number }>;

/** In pixels: nearer than this, cases are one mark. */
const NEAR = 56;
const CLOSEST = 18;
const KINDS: ReadonlySet<string> = new Set(['town', 'green', 'square', 'water', 'main', 'street']);

interface TerritoryProps {
  readonly map: Territory;
  readonly cases: readonly Feature[];
  /** What a mark of these cases is called. */
  readonly nameOf: (cases: readonly Feature[]) => string;
  /** Told which cases a mark stands for that was pressed, by mouse or by key. */
  readonly onChoose: (cases: readonly Feature[]) => void;
}

/**
 * Cases on a map: those that are near each other are one mark with their number, and come apart when it is pressed. Every mark is a
 * button. The libraries that draw come when this is first needed.
 */
export function TerritoryMap({ map, cases, nameOf, onChoose }: TerritoryProps) {
  const { t } = useTranslation();
  const at = useRef<HTMLDivElement>(null);
  const chosen = useRef(onChoose);
  const [drawn, setDrawn] = useState<Surface>();
  useEffect(() => {
    chosen.current = onChoose;
  });
  useEffect(() => {
    const place = at.current;
    if (!place) return undefined;
    let surface: Surface | undefined;
    let gone = false;
    void Promise.all([import('leaflet'), import('supercluster')]).then(([leaflet, { default: Groups }]) => {
      if (gone) return;
      surface = { leaflet, Groups, map: draw(leaflet, place, map, t) };
      setDrawn(surface);
    });
    return () => {
      gone = true;
      surface?.map.remove();
    };
  }, [map, t]);
  useEffect(() => {
    if (!drawn) return undefined;
    const index: Index = new drawn.Groups({ radius: NEAR, maxZoom: CLOSEST });
    index.load(cases.map(({ geometry: { coordinates } }, place) => pointOf(coordinates, place)));
    const marks = new Marks(
      drawn,
      place => cases[place],
      nameOf,
      found => chosen.current(found),
    );
    const show = (): void => marks.show(index);
    show();
    drawn.map.on('moveend', show);
    return () => {
      drawn.map.off('moveend', show);
      marks.clear();
    };
  }, [drawn, cases, nameOf]);
  return <div ref={at} className="territory" role="region" aria-label={t('supervision.map.region')} />;
}

const pointOf = (coordinates: readonly number[], at: number) => ({
  type: 'Feature' as const,
  properties: { at },
  geometry: { type: 'Point' as const, coordinates: [...coordinates] },
});

interface Surface {
  readonly leaflet: Leaflet;
  readonly Groups: typeof Clusters;
  readonly map: Drawn;
}

/** The outline or the tiles, as the configuration has them, the whole of it in view. */
function draw(leaflet: Leaflet, place: HTMLElement, { outline, tiles, by }: Territory, t: TFunction): Drawn {
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const map = leaflet.map(place, {
    attributionControl: by !== '',
    zoomControl: false,
    maxZoom: CLOSEST + 1,
    zoomAnimation: !still,
    fadeAnimation: !still,
    markerZoomAnimation: !still,
  });
  leaflet.control
    .zoom({ zoomInTitle: t('supervision.map.zoomIn'), zoomOutTitle: t('supervision.map.zoomOut') })
    .addTo(map);
  const ground = leaflet.geoJSON(outline as never, {
    interactive: false,
    style: feature => {
      const kind = (feature?.properties as { readonly kind?: unknown } | null)?.kind;
      return { className: `ground ${typeof kind === 'string' && KINDS.has(kind) ? kind : ''}` };
    },
  });
  if (tiles === undefined) ground.addTo(map);
  else leaflet.tileLayer(tiles, { attribution: by, maxZoom: CLOSEST + 1 }).addTo(map);
  map.fitBounds(ground.getBounds(), { animate: false });
  return map;
}

/** The marks on a map. One that stays where it was stays the same element, so that who has it in focus does not lose it. */
class Marks {
  private readonly shown = new Map<string, Marker>();

  constructor(
    private readonly surface: Surface,
    private readonly caseAt: (place: number) => Feature | undefined,
    private readonly nameOf: (cases: readonly Feature[]) => string,
    private readonly choose: (cases: readonly Feature[]) => void,
  ) {}

  /** Shows what there is within the map's view. */
  show(index: Index): void {
    const { map } = this.surface;
    const bounds = map.getBounds();
    const box: [number, number, number, number] = [
      bounds.getWest(),
      bounds.getSouth(),
      bounds.getEast(),
      bounds.getNorth(),
    ];
    const now = new Set<string>();
    for (const one of index.getClusters(box, Math.round(map.getZoom()))) {
      const [longitude = 0, latitude = 0] = one.geometry.coordinates;
      const cluster = 'cluster_id' in one.properties ? Number(one.properties['cluster_id']) : undefined;
      const leaves = cluster === undefined ? [one] : index.getLeaves(cluster, Infinity);
      const cases = leaves.flatMap(({ properties }) => this.caseAt(Number(properties['at'])) ?? []);
      const key = `${latitude} ${longitude} ${cases.map(({ id }) => id).join(' ')}`;
      now.add(key);
      if (this.shown.has(key)) continue;
      const press = (): void => {
        this.choose(cases);
        if (cluster !== undefined)
          map.setView([latitude, longitude], Math.min(index.getClusterExpansionZoom(cluster), CLOSEST + 1));
      };
      this.shown.set(key, this.put([latitude, longitude], cases, press));
    }
    for (const [key, marker] of this.shown)
      if (!now.has(key)) {
        marker.remove();
        this.shown.delete(key);
      }
  }

  clear(): void {
    for (const marker of this.shown.values()) marker.remove();
    this.shown.clear();
  }

  private put(at: [number, number], cases: readonly Feature[], press: () => void): Marker {
    const { leaflet, map } = this.surface;
    const open = cases.some(({ properties }) => properties.endedAt === undefined);
    const size = cases.length === 1 ? 28 : cases.length < 10 ? 36 : 44;
    const icon = leaflet.divIcon({
      className: `case-mark ${open ? 'open' : 'ended'} ${cases.length === 1 ? 'one' : 'many'}`,
      html: cases.length === 1 ? '' : String(cases.length),
      iconSize: [size, size],
    });
    const marker = leaflet.marker(at, { icon, keyboard: true, autoPanOnFocus: false }).addTo(map);
    const element = marker.getElement();
    element?.setAttribute('aria-label', this.nameOf(cases));
    element?.setAttribute('role', 'button');
    // Leaflet tells of clicks alone.
    element?.addEventListener('keydown', event => {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      event.stopPropagation();
      press();
    });
    marker.on('click', press);
    return marker;
  }
}
