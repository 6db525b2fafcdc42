import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { eventually } from '@filodiretto/bus/testing';
import type { ProblemView, RoleList, RoleView } from '@filodiretto/contracts';
import { PERMISSIONS, ROLES } from '@filodiretto/contracts/model';
import { SHIPPED_PERMISSIONS } from '@filodiretto/domain';
import { v7 } from 'uuid';
import { RestApplication, type Answer, type TestOperator } from '../http/rest-testing.js';
import { neededFor } from './operations.js';

// Servers of its own start with the suite, on a machine that may be busy.
jest.setTimeout(120_000);

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
interface Described {
  readonly operationId: string;
  readonly 'x-permission'?: string;
}

/** The API as it is published. */
const api = JSON.parse(readFileSync(new URL('../../../../contracts/openapi.json', import.meta.url), 'utf8')) as {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
};
const ROUTES = Object.entries(api.paths).flatMap(([path, operations]) =>
  Object.entries(operations).map(([method, described]) => ({
    method: method.toUpperCase() as Method,
    path,
    operation: described.operationId,
    needs: described['x-permission'],
  })),
);
/** It answers for as long as somebody listens. */
const ENDLESS = 'follow';

let rest: RestApplication;
let admin: TestOperator & { readonly office: string };

beforeAll(async () => {
  rest = await RestApplication.start();
  admin = await rest.administration('Poggioverde', 'admin');
});
afterAll(() => rest.stop());

const askAs = (as: TestOperator, method: Method, path: string): Promise<Answer<ProblemView>> =>
  rest.ask<ProblemView>(
    method,
    path.replaceAll(/\{\w+\}/g, () => v7()),
    {
      as,
      ...(method === 'GET' || method === 'DELETE' ? {} : { body: {} }),
    },
  );
const isKeptOut = ({ status, body }: Answer<ProblemView>): boolean =>
  status === 403 && body.detail?.startsWith('This needs the permission ') === true;

describe('the matrix of permissions', () => {
  it('has every operation that is published, with what it needs', () => {
    expect(ROUTES.map(one => [one.operation, one.needs])).toEqual(
      ROUTES.map(one => [one.operation, neededFor(one.operation) ?? 'none']),
    );
  });

  it.each(ROLES.map(role => ({ role })))('lets $role do what is shipped for it, and nothing else', async ({ role }) => {
    const who = await rest.operator(admin.administrationId, admin.office, `Chi è ${role}`, role);
    const may = new Set<string>(SHIPPED_PERMISSIONS[role]);
    const wrong: string[] = [];
    for (const { method, path, operation, needs = 'none' } of ROUTES) {
      if (operation === ENDLESS || path.startsWith('/public/')) continue;
      const answer = await askAs(who, method, path);
      const expected = needs !== 'none' && !may.has(needs);
      if (isKeptOut(answer) !== expected || answer.status >= 500 || answer.status === 401)
        wrong.push(`${method} ${path}: ${answer.status}, kept out ${isKeptOut(answer)}, expected ${expected}`);
    }
    expect(wrong).toEqual([]);
  });

  it('keeps out who asks for what is not there as it does for what is: it tells nothing of it', async () => {
    const who = await rest.operator(admin.administrationId, admin.office, 'Marta', 'executive_viewer');
    const there = await rest.ask<{ id: string }>('POST', '/api/cases', { as: admin, body: { subject: 'Riservata' } });
    const answers = [there.body.id, v7()].map(id => rest.ask<ProblemView>('GET', `/api/cases/${id}`, { as: who }));
    const [one, other] = (await Promise.all(answers)).map(({ status, body }) => [status, body.title, body.detail]);
    expect([one, one?.[0]]).toEqual([other, 403]);
  });
});

describe('who takes no work', () => {
  it('is never there for it: nothing of a citizen is offered to an auditor', async () => {
    const who = await rest.operator(admin.administrationId, admin.office, 'Revisore', 'auditor');
    const body = { status: 'available' };
    expect(isKeptOut(await rest.ask('PUT', '/api/operators/me/presence', { as: who, body }))).toBe(true);
    const there: unknown[] = await rest.dataSource.query('select from operator_presence where operator_id = $1', [
      who.id,
    ]);
    expect(there).toEqual([]);
  });

  it('sees no runs of automations, which name cases, without seeing cases', async () => {
    const who = await rest.operator(admin.administrationId, admin.office, 'Chi guarda', 'dpo');
    expect(isKeptOut(await askAs(who, 'GET', '/api/automations/{id}/runs'))).toBe(true);
  });
});

describe('who changes the organisation without deciding about roles', () => {
  let hr: TestOperator;
  beforeAll(async () => {
    const administration = await rest.administration('Colfiorito', 'admin');
    await rest.dataSource.query(
      `insert into role_permission (administration_id, role, permissions, version)
       values ($1, 'office_head', '{case.read,case.work,case.confidential,work.take,organisation.write}', 2)`,
      [administration.administrationId],
    );
    hr = await rest.operator(administration.administrationId, administration.office, 'Ada', 'office_head');
  });
  const etagOf = async (id: string): Promise<string> =>
    (await rest.ask('GET', `/api/operators/${id}`, { as: hr })).headers['etag'] ?? '';
  const roleNow = async (): Promise<string | undefined> => {
    const rows: { role: string }[] = await rest.dataSource.query('select role from operator where id = $1', [hr.id]);
    return rows[0]?.role;
  };

  it('gives nobody, not even themselves, a role that may do more than theirs', async () => {
    const body = { name: 'Ada', role: 'admin', office: hr.officeId };
    const written = await rest.ask('PUT', `/api/operators/${hr.id}`, {
      as: hr,
      body,
      headers: { 'if-match': await etagOf(hr.id) },
    });
    const made = await rest.ask('POST', '/api/operators', { as: hr, body: { ...body, code: 'altra' } });
    const file = await rest.ask<ProblemView>('POST', '/api/imports/operators?mode=apply', {
      as: hr,
      body: 'code;name;role;office;tier\nterza;Terza;admin;',
      headers: { 'content-type': 'text/csv' },
    });
    expect([written.status, made.status, file.status, await roleNow()]).toEqual([403, 403, 422, 'office_head']);
  });

  it('makes nobody known as who may do more, and gives what they have', async () => {
    const boss = await rest.operator(hr.administrationId, hr.officeId, 'Capo', 'admin');
    const link = (id: string): Promise<Answer<ProblemView>> =>
      rest.ask('POST', `/api/operators/${id}/identities`, { as: hr, body: { subject: `nuovo-${v7()}` } });
    expect([(await link(boss.id)).status, (await link(hr.id)).status]).toEqual([403, 201]);
    const body = { name: 'Nuova', role: 'specialist', office: hr.officeId, code: 'nuova' };
    expect((await rest.ask('POST', '/api/operators', { as: hr, body })).status).toBe(201);
  });
});

describe('what an administration decides of a role', () => {
  const roleOf = async (role: string): Promise<Answer<RoleView>> =>
    rest.ask<RoleView>('GET', `/api/roles/${role}`, { as: admin });
  const decide = async (role: string, permissions: unknown, etag?: string): Promise<Answer<RoleView & ProblemView>> =>
    rest.ask('PUT', `/api/roles/${role}`, {
      as: admin,
      body: { permissions },
      headers: { 'if-match': etag ?? (await roleOf(role)).headers['etag'] ?? '"1"' },
    });

  it('holds from the next request on, here and in every other process soon after', async () => {
    const who = await rest.operator(admin.administrationId, admin.office, 'Ugo', 'receptionist');
    const other = await rest.core.another();
    try {
      const there = async (): Promise<number> =>
        (
          await other.app.inject({
            method: 'GET',
            url: '/api/cases',
            headers: { authorization: `Bearer ${who.token}` },
          })
        ).statusCode;
      expect([(await askAs(who, 'GET', '/api/cases')).status, await there()]).toEqual([200, 200]);
      const decided = await decide('receptionist', ['work.take']);
      expect(decided.body).toMatchObject({
        role: 'receptionist',
        permissions: ['work.take'],
        decided: true,
        version: 2,
      });
      expect(isKeptOut(await askAs(who, 'GET', '/api/cases'))).toBe(true);
      expect(await eventually(async () => ((await there()) === 403 ? 403 : undefined))).toBe(403);
    } finally {
      await other.stop();
    }
  });

  it('is of that administration alone', async () => {
    const elsewhere = await rest.administration('Montebruno', 'admin');
    await decide('interpreter', []);
    const { body } = await rest.ask<RoleList>('GET', '/api/roles', { as: elsewhere });
    expect(body.items.find(one => one.role === 'interpreter')).toMatchObject({ decided: false, version: 1 });
    expect(body.items).toHaveLength(ROLES.length);
  });

  it.each([
    ['a word that is no permission', 'specialist', ['case.fly'], 422],
    ['a permission twice', 'specialist', ['case.read', 'case.read'], 422],
    ['no list', 'specialist', 'case.read', 422],
    ['a role that is not there', 'king', [], 404],
    ['who administers without deciding about roles', 'admin', ['case.read'], 403],
  ])('is refused for %s', async (_, role, permissions, status) => {
    expect((await decide(role, permissions, '"1"')).status).toBe(status);
  });

  it('always leaves somebody who administers', async () => {
    const alone = await rest.administration('Solitaria', 'admin');
    const step = async (role: string): Promise<number> => {
      const seen = await rest.ask<{ version: number }>('GET', `/api/operators/${alone.id}`, { as: alone });
      return (
        await rest.ask('PUT', `/api/operators/${alone.id}`, {
          as: alone,
          body: { name: 'Anna', role, office: alone.office },
          headers: { 'if-match': `"${seen.body.version}"` },
        })
      ).status;
    };
    expect([await step('specialist'), await step('admin')]).toEqual([403, 200]);
    await rest.operator(alone.administrationId, alone.office, 'Ada', 'admin');
    expect(await step('specialist')).toBe(200);
  });

  it('is refused when somebody decided meanwhile, and left to who may decide about roles', async () => {
    const seen = (await roleOf('specialist')).headers['etag'];
    expect((await decide('specialist', ['case.read'], seen)).status).toBe(200);
    expect((await decide('specialist', [...PERMISSIONS], seen)).status).toBe(412);
    const head = await rest.operator(admin.administrationId, admin.office, 'Capo', 'office_head');
    expect(isKeptOut(await askAs(head, 'PUT', '/api/roles/specialist'))).toBe(true);
  });
});
