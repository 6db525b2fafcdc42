import type { CaseFilter, FoundCount } from '@filodiretto/contracts';
import { filtered, type Viewer } from '../case/case-filter.js';
import { Where } from '../http/where.js';
import { walk } from './walk.js';

/** How far the cases that a filter finds are counted. */
const COUNTED = 1_000;

/** What is told of a count made by `countSql`. */
export const countOf = (cases: number): FoundCount => ({ cases: Math.min(cases, COUNTED), more: cases > COUNTED });

/** SQL of how many cases a filter finds, counted no further than one more than is told. */
export function countSql(viewer: Viewer, filter: CaseFilter, parameters: unknown[]): string {
  const { text } = filter;
  if (text !== undefined) {
    const { ctes } = walk(viewer, { ...filter, text }, { limit: COUNTED + 1, parameters });
    return `${ctes} select count(*)::int as cases from hit`;
  }
  const where = filtered(new Where(parameters), viewer, filter);
  return `select count(*)::int as cases from (select from case_file c where ${where.toString()} limit ${COUNTED + 1}) n`;
}
