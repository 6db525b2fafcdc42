import { expect } from '@jest/globals';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import type { ConnectionCheck } from '@filodiretto/contracts';
import { loadSettings } from '@filodiretto/platform';
import { checkConnections, secretsIn } from '../connections.js';
import { onBench, type Behaviour, type Bench } from './behaviour.js';
import { isNotApplicable, notApplicable, type ChannelHarness } from './harness.js';

const PATIENT = { eachMs: 5_000, allMs: 15_000 };
const HASTY = { eachMs: 500, allMs: 2_000 };
const WORKS_WITHIN_MS = 10_000;

/** Asked whether an account is connected, the channel asks the other side, in good time, and tells no secret. */
export function connecting<Config extends object, Provider>(harness: ChannelHarness<Config, Provider>): Behaviour[] {
  const { connection, send, channel } = harness;
  const tried = (
    work: (bench: Bench<Provider>, env: Record<string, string>) => Promise<void>,
    changes?: (provider: Provider) => Record<string, string> | Promise<Record<string, string>>,
  ): (() => Promise<void>) => {
    return () =>
      onBench(
        harness,
        async bench => {
          const abort = new AbortController();
          const listening = bench.session.listen?.(abort.signal).catch(() => undefined);
          try {
            await work(bench, { ...harness.env(bench.provider), ...(await changes?.(bench.provider)) });
          } finally {
            abort.abort();
            await listening;
          }
        },
        changes,
      );
  };
  const checked = ({ session }: Bench<Provider>, limits = PATIENT): Promise<ConnectionCheck[]> =>
    checkConnections(session, session.accounts, limits);
  const tellsNoSecret = (checks: readonly ConnectionCheck[], env: Record<string, string>): void => {
    const told = JSON.stringify(checks);
    for (const secret of secretsIn(channel.config, loadSettings(channel.config, env)))
      expect(told).not.toContain(secret);
  };
  return [
    {
      name: 'asks the other side of every account whether it is connected, and changes nothing there',
      try: tried(async (bench, env) => {
        const { session, host, provider } = bench;
        // Who listens needs a moment until it does.
        let checks = await checked(bench);
        for (const until = Date.now() + WORKS_WITHIN_MS; !checks.every(works) && Date.now() < until;)
          checks = await checked(bench);
        expect(checks.filter(one => !works(one))).toEqual([]);
        expect([...new Set(checks.map(({ account }) => account))]).toEqual([...session.accounts]);
        tellsNoSecret(checks, env);
        expect(host.publications).toEqual([]);
        if (!isNotApplicable(send)) expect(await send.sent(provider)).toBe(0);
      }),
    },
    {
      name: 'says of an account that it does not serve that there is none',
      try: tried(async ({ session }) => {
        expect(await checkConnections(session, ['somebody-else’s'], PATIENT)).toMatchObject([{ result: 'not_found' }]);
      }),
    },
    {
      name: 'says which side of the connection is refused, and tells no secret',
      try: isNotApplicable(connection.refused) ? connection.refused : refusedLaw(connection.refused),
    },
    {
      name: 'does not wait for who takes the call and never answers',
      try: isNotApplicable(connection.silent) ? connection.silent : silentLaw(connection.silent),
    },
  ];

  function refusedLaw(
    refused: Exclude<typeof connection.refused, ReturnType<typeof notApplicable>>,
  ): () => Promise<void> {
    return tried(
      async (bench, env) => {
        const checks = await checked(bench);
        const { side, result } = refused;
        expect(checks).toContainEqual(expect.objectContaining({ side, result }));
        for (const one of checks.filter(check => !works(check))) expect(one.detail).toMatch(/\S/);
        tellsNoSecret(checks, env);
      },
      provider => refused.env(provider),
    );
  }

  function silentLaw(silent: Exclude<typeof connection.silent, ReturnType<typeof notApplicable>>): () => Promise<void> {
    return async () => {
      const mute = await muteServer();
      try {
        await tried(
          async bench => {
            const began = performance.now();
            expect((await checked(bench, HASTY)).map(({ result }) => result)).toContain('silent');
            expect(performance.now() - began).toBeLessThan(HASTY.allMs + HASTY.eachMs);
          },
          provider => silent({ host: '127.0.0.1', port: mute.port }, provider),
        )();
      } finally {
        mute.close();
      }
    };
  }
}

const works = ({ result }: ConnectionCheck): boolean => result === 'works';

/** Takes every call and never says a word. */
async function muteServer(): Promise<{ readonly port: number; close(): void }> {
  const sockets = new Set<Socket>();
  const server = createServer(socket => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
