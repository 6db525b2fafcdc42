import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { HttpException, type ArgumentsHost } from '@nestjs/common';
import type { ProblemView } from '@filodiretto/contracts';
import { createLogger } from '../log.js';
import { correlationOf } from './correlation.js';
import { Problem, ProblemFilter } from './problem.js';

interface Answered {
  status?: number;
  headers: Record<string, string>;
  body?: ProblemView;
}

/** What is answered to a fault. */
function answered(fault: unknown, request = { headers: {} }): Answered {
  const answer: Answered = { headers: {} };
  const reply = {
    sent: false,
    code: (status: number) => ((answer.status = status), reply),
    header: (name: string, value: string) => ((answer.headers[name] = value), reply),
    send: (body: string) => void (answer.body = JSON.parse(body) as ProblemView),
  };
  const host = {
    getType: () => 'http',
    switchToHttp: () => ({ getRequest: () => request, getResponse: () => reply }),
  } as unknown as ArgumentsHost;
  const isAway = (one: unknown): boolean => one instanceof Error && one.message.includes('ECONNREFUSED');
  new ProblemFilter(createLogger('spec', 'silent'), isAway).catch(fault, host);
  return answer;
}

describe('a fault of a request', () => {
  it.each<[string, unknown, number, string]>([
    ['a problem is said as it is', new Problem('version-stale'), 412, 'version-stale'],
    ["the framework's own by their status", new HttpException('no', 404), 404, 'not-found'],
    ["the server's own by their status", Object.assign(new Error('big'), { statusCode: 413 }), 413, 'too-large'],
    ['what cannot be read', Object.assign(new Error('json'), { statusCode: 400 }), 400, 'malformed-request'],
    ['something away is temporary', new Error('ECONNREFUSED'), 503, 'temporarily-unavailable'],
    ['a status of nothing we know is our fault', new HttpException('teapot', 418), 500, 'internal-error'],
    ['anything else is our fault', new TypeError('undefined is not a function'), 500, 'internal-error'],
    ['even what is not an error', 'thrown text', 500, 'internal-error'],
  ])('%s', (_, fault, status, name) => {
    const answer = answered(fault);
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect(answer.body).toMatchObject({ type: `/problems/${name}`, status });
  });

  it('says nothing of the cause when it is ours', () => {
    expect(JSON.stringify(answered(new Error('password of the database')).body)).not.toContain('password');
    expect(JSON.stringify(answered(new Error('ECONNREFUSED 10.0.0.7')).body)).not.toContain('10.0.0.7');
  });

  it('tells when to come back, and how to say who one is', () => {
    expect(answered(new Error('ECONNREFUSED')).headers['retry-after']).toBe('5');
    expect(answered(new Problem('not-authenticated')).headers['www-authenticate']).toBe('Bearer');
  });

  it('leaves what is not HTTP to others', () => {
    const host = { getType: () => 'rpc' } as unknown as ArgumentsHost;
    const fault = new Error('of a message');
    expect(() => new ProblemFilter(createLogger('spec', 'silent'), () => false).catch(fault, host)).toThrow(fault);
  });
});

describe('a correlation id', () => {
  it('is the one of the caller, when it can be written in a log', () => {
    expect(correlationOf({ headers: { 'x-correlation-id': 'call-42' } })).toBe('call-42');
    expect(correlationOf({ headers: { 'x-correlation-id': 'a\nforged line' } })).toMatch(/^[0-9a-f-]{36}$/);
    expect(correlationOf({ headers: { 'x-correlation-id': 'x'.repeat(101) } })).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('is the same for the whole request', () => {
    const request = { headers: {} };
    expect(correlationOf(request)).toBe(correlationOf(request));
    expect(answered(new Problem('not-found'), request).body?.instance).toBe(correlationOf(request));
  });
});
