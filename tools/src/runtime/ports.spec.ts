import { createServer, type Server } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { demandFree, freePort, isTaken } from './ports.js';

const beside = (): Promise<number> => Promise.resolve(2_000);
const servers: Server[] = [];
const listen = (host: string): Promise<number> =>
  new Promise(resolve => {
    const server = createServer().listen(0, host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    });
    servers.push(server);
  });
afterEach(async () => {
  await Promise.all(servers.splice(0).map(server => new Promise(resolve => server.close(resolve))));
});

describe('the ports', () => {
  it.each(['127.0.0.1', '0.0.0.0'])('are taken when somebody listens at %s', async host => {
    expect(await isTaken(await listen(host))).toBe(true);
  });

  it('are free when nobody listens', async () => {
    const port = await freePort();
    expect(await isTaken(port)).toBe(false);
    await expect(demandFree([{ port, who: 'nobody', env: 'NOBODY_PORT' }], beside)).resolves.toBeUndefined();
  });

  it('are told all together when taken: who wants each, and what moves it', async () => {
    const [one, other, free] = [await listen('127.0.0.1'), await listen('127.0.0.1'), await freePort()];
    const refusal = await demandFree(
      [
        { port: one, who: 'the core', env: 'CRM_PORT' },
        { port: free, who: 'the free one', env: 'FREE_PORT' },
        { port: other, who: 'the bus', env: 'NATS_PORT' },
      ],
      beside,
    ).catch((error: unknown) => (error as Error).message);
    expect(refusal).toContain(`${one}  wanted by the core`);
    expect(refusal).toContain('CRM_PORT=');
    expect(refusal).toContain(`${other}  wanted by the bus`);
    expect(refusal).toContain('NATS_PORT=');
    expect(refusal).not.toContain('FREE_PORT');
    expect(refusal).toContain('--port-offset 2000');
    if (process.platform === 'linux') expect(refusal).toContain(`held by process ${process.pid}`);
  });

  it('are never given twice', async () => {
    const given = await Promise.all(Array.from({ length: 40 }, () => freePort()));
    expect(new Set(given).size).toBe(40);
  });
});
