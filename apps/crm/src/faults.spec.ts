import { describe, expect, it } from '@jest/globals';
import { DatabaseError } from 'pg';
import { QueryFailedError } from 'typeorm';
import { isConflict, isSystemFault } from './faults.js';

const said = (code: string, routine?: string): DatabaseError =>
  Object.assign(new DatabaseError('words of the server', 19, 'error'), { code, routine });
const failed = (error: Error): QueryFailedError => new QueryFailedError('select 1', [], error);
const network = (code: string): Error => Object.assign(new Error(code), { code });

describe('a fault of the database itself', () => {
  it.each([
    ['a connection ended by the administrator', said('57P01')],
    ['a server that is starting', said('57P03')],
    ['a database closed to connections', said('55000', 'CheckMyDatabase')],
    ['too many connections', said('53300')],
    ['a server that is not there', network('ECONNREFUSED')],
    ['a pool that waited too long', new Error('timeout exceeded when trying to connect')],
    ['any of several addresses that is not there', new AggregateError([network('ECONNREFUSED')])],
  ])('is %s, also when it comes within the failure of a query', (_, fault) => {
    expect([isSystemFault(fault), isSystemFault(failed(fault))]).toEqual([true, true]);
  });

  it.each([
    ['a duplicate', said('23505')],
    ['a wrong statement', said('42601')],
    ['a sequence asked before its time', said('55000', 'currval_oid')],
    ['a defect of ours', new TypeError('undefined is not a function')],
  ])('is not %s', (_, fault) => {
    expect([isSystemFault(fault), isSystemFault(failed(fault))]).toEqual([false, false]);
  });

  it('is a conflict only when two transactions met', () => {
    expect([said('40001'), said('40P01'), said('57P01')].map(isConflict)).toEqual([true, true, false]);
  });
});
