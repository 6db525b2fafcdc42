import { describe, it } from '@jest/globals';
import type { Behaviour } from './behaviour.js';
import { configuration } from './configuration.js';
import { connecting } from './connecting.js';
import { isNotApplicable, type ChannelHarness } from './harness.js';
import { reading } from './reading.js';
import { receiving } from './receiving.js';
import { sending } from './sending.js';

const TIMEOUT_MS = 30_000;

/** Every law of a channel, in the order a reader wants them. */
export const behavioursOf = <Config extends object, Provider>(
  id: string,
  harness: ChannelHarness<Config, Provider>,
): Behaviour[] => [
  ...configuration(id, harness),
  ...reading(harness),
  ...receiving(harness),
  ...sending(harness),
  ...connecting(harness),
];

/**
 * The suite that every channel runs, under its folder name. What does not apply is shown as skipped, with its reason.
 */
export function channelContract<Config extends object, Provider>(
  id: string,
  harness: ChannelHarness<Config, Provider>,
): void {
  describe(`the channel ${id}`, () => {
    for (const { name, try: attempt } of behavioursOf(id, harness))
      if (isNotApplicable(attempt)) it.skip(`${name} — not here: ${attempt.notApplicable}`, () => undefined);
      else it(name, attempt, TIMEOUT_MS);
  });
}
