import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { PROBLEMS, type ProblemName } from '@filodiretto/contracts';
import { Validator } from '@seriousme/openapi-schema-validator';
import { openApiDocument } from './openapi.js';

const document = await openApiDocument();
const operations = Object.entries(document.paths).flatMap(([path, item]) =>
  (['get', 'post', 'patch', 'put', 'delete'] as const).flatMap(method => {
    const operation = item[method];
    return operation ? [{ path, method, operation }] : [];
  }),
);

/** What each operation may refuse with: the name of the refusal that it refers to. */
const refusals = operations.flatMap(({ path, operation }) =>
  Object.entries(operation.responses).flatMap(([status, answer]) =>
    answer && '$ref' in answer ? [{ path, status, refusal: answer.$ref.replace('#/components/responses/', '') }] : [],
  ),
);

describe('the description of the API', () => {
  it('is a valid OpenAPI 3.1 document, made without a database and without a bus', async () => {
    expect(document.openapi).toBe('3.1.0');
    const { valid, errors } = await new Validator().validate(
      JSON.parse(JSON.stringify(document)) as Record<string, unknown>,
    );
    expect(errors ?? []).toEqual([]);
    expect(valid).toBe(true);
  });

  it('names and explains each operation once, with who may ask and the problems it may answer', () => {
    expect(operations.length).toBeGreaterThan(25);
    expect(new Set(operations.map(({ operation }) => operation.operationId)).size).toBe(operations.length);
    for (const { path, operation } of operations) {
      expect([path, operation.description?.length ?? 0]).not.toEqual([path, 0]);
      expect([path, operation.security]).toEqual([path, [{ bearer: [] }]]);
      expect([path, Object.keys(operation.responses)]).toEqual([path, expect.arrayContaining(['401', '500', '503'])]);
    }
  });

  it('gives every problem of the catalogue that an operator can meet to some operation', () => {
    const met = new Set(refusals.flatMap(({ refusal }) => refusal.split('.')));
    for (const name of Object.keys(PROBLEMS)) expect([name, met.has(name)]).toEqual([name, true]);
  });

  it('says every refusal once, under the names of its problems; operations refer to it, each under its status', () => {
    expect(refusals.length).toBeGreaterThan(1_000);
    for (const { path, status, refusal } of refusals)
      for (const name of refusal.split('.'))
        expect([path, status, name, PROBLEMS[name as ProblemName].status]).toEqual([
          path,
          status,
          name,
          Number(status),
        ]);
    for (const { path, operation } of operations)
      for (const [status, answer] of Object.entries(operation.responses))
        if (Number(status) >= 400) expect([path, status, Object.keys(answer ?? {})]).toEqual([path, status, ['$ref']]);
  });

  it('refers to nothing that is not there, and keeps nothing that nobody refers to', () => {
    const referred = new Set(
      [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/(\w+)\/([^"]+)"/g)].map(
        ([, sort, name]) => `${sort}/${name}`,
      ),
    );
    const { responses, examples, parameters, schemas } = document.components ?? {};
    const there = Object.entries({ responses, examples, parameters, schemas }).flatMap(([sort, things]) =>
      Object.keys(things ?? {}).map(name => `${sort}/${name}`),
    );
    expect([...referred].filter(one => !there.includes(one))).toEqual([]);
    expect(there.filter(one => !one.startsWith('schemas/') && !referred.has(one))).toEqual([]);
  });

  it('has an example for every body that is sent', () => {
    for (const { path, operation } of operations) {
      if (!operation.requestBody) continue;
      const body = JSON.stringify(operation.requestBody);
      const name = /#\/components\/schemas\/(\w+)/.exec(body)?.[1] ?? '';
      const described = body + JSON.stringify(document.components?.schemas?.[name] ?? {});
      expect([path, described]).toEqual([path, expect.stringContaining('"example"')]);
    }
  });

  it('names no channel and no provider', () => {
    for (const word of ['what' + 'sapp', 'twi' + 'lio', 'face' + 'book', 'mess' + 'enger'])
      expect(JSON.stringify(document).toLowerCase()).not.toContain(word);
  });
});
