import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import { ForbiddenAddress, guardedFetch, isPublic, TooLarge } from './guarded-fetch.js';

describe('the guarded fetch', () => {
  let server: Server;
  let host = '';
  const seen: { method: string | undefined; type: string | undefined; authorization: string | undefined }[] = [];
  beforeAll(async () => {
    server = createServer((request, response) => {
      const { 'content-type': type, authorization } = request.headers;
      seen.push({ method: request.method, type, authorization });
      if (request.url === '/redirect') response.writeHead(302, { location: 'https://169.254.169.254/latest' }).end();
      else if (request.url === '/moved') response.writeHead(302, { location: '/small' }).end();
      else if (request.url === '/kept') response.writeHead(307, { location: '/small' }).end();
      else if (request.url === '/away')
        response.writeHead(307, { location: `http://localhost:${host.split(':')[1] ?? ''}/small` }).end();
      else if (request.url === '/credentials')
        response.writeHead(302, { location: `http://localhost:${host.split(':')[1] ?? ''}/small` }).end();
      else if (request.url === '/here') response.writeHead(302, { location: '/small' }).end();
      else if (request.url === '/large') response.write(Buffer.alloc(64_000), () => response.end(Buffer.alloc(64_000)));
      else if (request.url === '/slow') response.flushHeaders();
      else response.end('small');
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    host = typeof address === 'object' && address ? `127.0.0.1:${address.port}` : '';
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  it.each([
    'http://example.org/',
    'https://127.0.0.1/',
    'https://0x7f.1/',
    'https://2130706433/',
    'https://0177.0.0.1/',
    'https://127.1/',
    'https://0/',
    'https://１２７.０.０.１/',
    'https://127.0.0.1.:443/',
    'https://[::]/',
    'https://[::7f00:1]/',
    'https://[::ffff:7f00:1]/',
    'https://[::ffff:a9fe:a9fe]/latest/meta-data',
    'https://[2002:7f00:1::]/',
    'https://[fe80::1]/',
    'https://[fc00::1]/',
    'https://127.0.0.1:443@127.0.0.1/',
    'https://example.org@127.0.0.1/',
    'https:127.0.0.1',
    'data:text/plain,secret',
    'blob:https://example.org/1',
    'https://[::1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[64:ff9b::7f00:1]/',
    'https://169.254.169.254/latest/meta-data',
    'https://10.0.0.1/',
    'https://192.168.1.1/',
    'https://100.64.0.1/',
    'https://user@example.org/',
    'https://localhost/',
    'gopher://example.org/',
    'file:///etc/passwd',
  ])('does not reach %s', async url => {
    await expect(guardedFetch([])(url)).rejects.toThrow(ForbiddenAddress);
  });

  it('reaches a private host that the configuration allows, with its redirects', async () => {
    expect(await (await guardedFetch([host])(`http://${host}/here`)).text()).toBe('small');
  });

  it('does not follow a redirect to where it may not go', async () => {
    await expect(guardedFetch([host])(`http://${host}/redirect`)).rejects.toThrow(ForbiddenAddress);
  });

  it('never sends the words and the credentials of a request to a host they were not meant for', async () => {
    const local = host.replace('127.0.0.1', 'localhost');
    const fetching = guardedFetch([host, local]);
    const secret = {
      method: 'POST',
      body: 'client_secret=1',
      headers: { 'content-type': 'application/x-www-form-urlencoded', authorization: 'Bearer 1' },
    };
    const told = async (path: string, options: object): Promise<unknown> => {
      await fetching(`http://${host}${path}`, options);
      return seen.at(-1);
    };
    expect(await told('/moved', secret)).toEqual({ method: 'GET', type: undefined, authorization: 'Bearer 1' });
    expect(await told('/kept', secret)).toMatchObject({ method: 'POST', authorization: 'Bearer 1' });
    const asked = { headers: { authorization: 'Bearer 1' } };
    expect(await told('/credentials', asked)).toMatchObject({ method: 'GET', authorization: undefined });
    await expect(fetching(`http://${host}/away`, secret)).rejects.toThrow(ForbiddenAddress);
  });

  it('reaches only the hosts a caller names', async () => {
    await expect(guardedFetch([host])(`http://${host}/small`, { onlyHosts: ['.fbcdn.example'] })).rejects.toThrow(
      ForbiddenAddress,
    );
  });

  it('stops at the size and at the time it was given', async () => {
    const answer = await guardedFetch([host])(`http://${host}/large`, { maxBytes: 1_000 });
    await expect(answer.arrayBuffer()).rejects.toThrow(TooLarge);
    await expect(
      guardedFetch([host])(`http://${host}/slow`, { timeoutMs: 100 }).then(slow => slow.text()),
    ).rejects.toThrow();
  });

  it('knows the public network from all others', () => {
    expect(['1.1.1.1', '2606:4700:4700::1111'].every(isPublic)).toBe(true);
    expect(
      ['127.0.0.1', '::1', '::7f00:1', '4000::1', 'fd00::1', '224.0.0.1', '0.0.0.0', 'nonsense'].some(isPublic),
    ).toBe(false);
  });
});
