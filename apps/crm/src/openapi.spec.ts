import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { PROBLEMS } from '@filodiretto/contracts';
import { Validator } from '@seriousme/openapi-schema-validator';
import { openApiDocument } from './openapi.js';

const document = await openApiDocument();
const operations = Object.entries(document.paths).flatMap(([path, item]) =>
  (['get', 'post', 'patch', 'put', 'delete'] as const).flatMap(method => {
    const operation = item[method];
    return operation ? [{ path, method, operation }] : [];
  }),
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
    const text = JSON.stringify(document.paths);
    const never = ['too-many-requests'];
    for (const name of Object.keys(PROBLEMS).filter(one => !never.includes(one)))
      expect([name, text.includes(`/problems/${name}`)]).toEqual([name, true]);
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
