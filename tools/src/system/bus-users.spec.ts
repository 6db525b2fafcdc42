import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { busUser, writeBusUsers } from './bus-users.js';

const KEY = 'a'.repeat(64);
let folder: string;
let path: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bus-users-'));
  path = writeBusUsers(folder, ['crm', 'email', 'loopback'], KEY);
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('the users of a demonstration’s bus', () => {
  it.each(['crm', 'email', 'webform'])('are those that are deployed: %s', service => {
    const { user, password } = busUser(service, KEY);
    expect(readFileSync(path, 'utf8')).toContain(`user: ${user}, password: ${password}\n`);
  });

  it('include a service that is not deployed, which may do what a channel may, under its own name', () => {
    const text = readFileSync(path, 'utf8');
    const of = (user: string): string | undefined =>
      new RegExp(`^ {2}\\{\n {4}user: ${user},[^]*?\n {2}\\}\n`, 'm').exec(text)?.[0];
    const loopback = of('loopback');
    expect(loopback).toContain('"crm.in.*.loopback.>"');
    expect(loopback?.replaceAll('loopback', 'webform').split('\n').slice(2)).toEqual(
      of('webform')?.split('\n').slice(2),
    );
  });

  it('have passwords that a server takes for words, and that nobody else reads', () => {
    const text = readFileSync(path, 'utf8');
    expect(text).not.toMatch(/_NATS_PASSWORD/);
    for (const [, password = ''] of text.matchAll(/password: (\S+)/g)) expect(password).toMatch(/^p[0-9a-f]{64}$/);
    expect(statSync(path).mode & 0o077).toBe(0);
  });

  it('are another for each service, and the same at the next start', () => {
    expect(busUser('email', KEY)).toEqual(busUser('email', KEY));
    expect(busUser('email', KEY).password).not.toBe(busUser('phone', KEY).password);
  });
});
