import { describe, expect, it } from '@jest/globals';
import type { OpenAPIObject } from '@nestjs/swagger';
import { saidOnce } from './openapi-shared.js';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;

const PROBLEM = 'application/problem+json';
const refusal = (...names: readonly string[]) => ({
  description: names.map(name => `\`${name}\`: Words of ${name}`).join('. '),
  content: {
    [PROBLEM]: {
      examples: Object.fromEntries(names.map(name => [name, { summary: `Words of ${name}`, value: { title: name } }])),
    },
  },
});
const described = (paths: Readonly<Record<string, Operation>>): OpenAPIObject => ({
  openapi: '3.1.0',
  info: { title: 'An API', version: '1' },
  paths: Object.fromEntries(Object.entries(paths).map(([path, get]) => [path, { get }])),
  components: { schemas: { Word: { type: 'string' } } },
});

describe('what an API says of many operations', () => {
  it('a refusal is said once, in whatever order its problems were named, and its problems once each', () => {
    const { paths, components } = saidOnce(
      described({
        '/one': { responses: { 200: { description: 'Done' }, 409: refusal('b', 'a'), 404: refusal('c') } },
        '/two': { responses: { 409: refusal('a', 'b') } },
      }),
    );
    expect(paths['/one']?.get?.responses).toEqual({
      200: { description: 'Done' },
      409: { $ref: '#/components/responses/a.b' },
      404: { $ref: '#/components/responses/c' },
    });
    expect(paths['/two']?.get?.responses).toEqual({ 409: { $ref: '#/components/responses/a.b' } });
    expect(Object.keys(components?.responses ?? {}).sort()).toEqual(['a.b', 'c']);
    expect(components?.responses?.['a.b']).toEqual({
      description: '`a`: Words of a. `b`: Words of b',
      content: {
        [PROBLEM]: { examples: { a: { $ref: '#/components/examples/a' }, b: { $ref: '#/components/examples/b' } } },
      },
    });
    expect(components?.examples?.['b']).toEqual({ summary: 'Words of b', value: { title: 'b' } });
    expect(components?.schemas).toEqual({ Word: { type: 'string' } });
  });

  it('two refusals of one problem that differ are a mistake', () => {
    const other = { ...refusal('a'), headers: { 'Retry-After': { schema: { type: 'integer' } } } };
    expect(() =>
      saidOnce(described({ '/one': { responses: { 409: refusal('a') } }, '/two': { responses: { 409: other } } })),
    ).toThrow('two responses are called a, and differ');
  });

  it('parameters are shared that mean the same wherever they are asked; those asked once, those that differ and ids of paths are not', () => {
    const parameter = (name: string, description: string, where: 'query' | 'header' | 'path' = 'query') => ({
      name,
      in: where,
      description,
    });
    const responses = {};
    const { paths, components } = saidOnce(
      described({
        '/one/{id}': {
          responses,
          parameters: [
            parameter('limit', 'At most'),
            parameter('state', 'Of a case'),
            parameter('once', 'Only here'),
            parameter('id', 'What', 'path'),
          ],
        },
        '/two/{id}': {
          responses,
          parameters: [parameter('limit', 'At most'), parameter('state', 'Of a task'), parameter('id', 'What', 'path')],
        },
      }),
    );
    expect(paths['/one/{id}']?.get?.parameters).toEqual([
      { $ref: '#/components/parameters/limit' },
      parameter('state', 'Of a case'),
      parameter('once', 'Only here'),
      parameter('id', 'What', 'path'),
    ]);
    expect(paths['/two/{id}']?.get?.parameters?.[0]).toEqual({ $ref: '#/components/parameters/limit' });
    expect(components?.parameters).toEqual({ limit: parameter('limit', 'At most') });
  });
});
