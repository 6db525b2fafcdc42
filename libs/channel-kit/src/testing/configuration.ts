import { expect } from '@jest/globals';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { ChannelManifest } from '@filodiretto/contracts';
import { ConfigurationError, describeSettings } from '@filodiretto/platform';
import { onBench, type Behaviour } from './behaviour.js';
import type { ChannelHarness } from './harness.js';
import { openChannel } from './open-channel.js';

/** How a channel introduces itself, what it asks to be told, how it leaves. */
export function configuration<Config extends object, Provider>(
  id: string,
  harness: ChannelHarness<Config, Provider>,
): Behaviour[] {
  const { channel, badConfiguration: bad } = harness;
  return [
    {
      name: 'introduces itself by its folder name, with a manifest that the contract allows',
      try: () => {
        expect(channel.manifest.id).toBe(id);
        const faults = validateSync(plainToInstance(ChannelManifest, channel.manifest), {
          whitelist: true,
          forbidNonWhitelisted: true,
        });
        expect(faults.map(String)).toEqual([]);
        return Promise.resolve();
      },
    },
    {
      name: 'refuses a bad configuration, with all its mistakes together and no secret',
      try: async () => {
        expect(bad.mistakes.length).toBeGreaterThan(1);
        const error = await openChannel(channel, bad.env).then(
          () => undefined,
          (fault: unknown) => fault,
        );
        expect(error).toBeInstanceOf(ConfigurationError);
        const mistakes = (error as ConfigurationError).mistakes;
        for (const name of bad.mistakes)
          expect(mistakes).toContainEqual(expect.stringMatching(new RegExp(`^${name}\\b`)));
        const secrets = describeSettings(channel.config).filter(one => one.secret);
        for (const value of secrets.map(one => bad.env[one.name]).filter(one => one !== undefined && one.length > 2))
          expect(mistakes.join('\n')).not.toContain(value);
      },
    },
    {
      name: 'names the accounts it serves',
      try: () =>
        onBench(harness, ({ session }) => {
          expect(session.accounts).not.toHaveLength(0);
          return Promise.resolve();
        }),
    },
    {
      name: 'stops within five seconds',
      try: () =>
        onBench(harness, async ({ session }) => {
          const abort = new AbortController();
          const listening = session.listen?.(abort.signal) ?? Promise.resolve();
          await new Promise(resolve => setTimeout(resolve, 50));
          const began = Date.now();
          abort.abort();
          await Promise.all([listening.catch(() => undefined), session.close?.()]);
          expect(Date.now() - began).toBeLessThan(5_000);
        }),
    },
  ];
}
