import type { Schemas } from '../api/client.js';

export type Spike = Schemas['SpikeView'];

/** Where a spike is, in words. */
export const placeOfSpike = ({ area, office }: Pick<Spike, 'area' | 'office'>): string =>
  area?.name ?? office?.name ?? '';
