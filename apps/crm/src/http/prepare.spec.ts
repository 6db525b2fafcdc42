import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ProblemView } from '@filodiretto/contracts';
import { DataSource } from 'typeorm';
import { RestApplication, type TestOperator } from './rest-testing.js';

let rest: RestApplication;
let anna: TestOperator;

beforeAll(async () => {
  rest = await RestApplication.start();
  anna = await rest.administration('Valdoro');
}, 60_000);
afterAll(() => rest.stop(), 60_000);

describe('when the database is away', () => {
  it('a request is told to come back, and the next one is answered as soon as it is there', async () => {
    const own = new URL(rest.core.database.url);
    const name = own.pathname.slice(1);
    const admin = await new DataSource({ type: 'postgres', url: new URL('/postgres', own).href }).initialize();
    await admin.query(`alter database ${name} with allow_connections false`);
    await admin.query(`select pg_terminate_backend(pid, 10000) from pg_stat_activity where datname = '${name}'`);
    try {
      const away = await rest.ask<ProblemView>('GET', '/api/cases', { as: anna });
      expect([away.status, away.body.type, away.headers['retry-after']]).toEqual([
        503,
        '/problems/temporarily-unavailable',
        '5',
      ]);
      expect(away.text).not.toMatch(/terminat|connection|sql/i);
    } finally {
      await admin.query(`alter database ${name} with allow_connections true`);
      await admin.destroy();
    }
    expect((await rest.ask('GET', '/api/cases', { as: anna })).status).toBe(200);
  }, 30_000);
});
