import type { Cell, Sheet } from './cell.js';

const RISKY = /^[=+\-@\t\r]/;
const QUOTED = /[",;\r\n]/;

function written(cell: Cell): string {
  if (cell === undefined) return '';
  if (typeof cell === 'number') return String(cell);
  // A spreadsheet would run words that begin like a formula; a quote before them keeps them words.
  const harmless = RISKY.test(cell) ? `'${cell}` : cell;
  return QUOTED.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** A CSV (RFC 4180) of these rows, the first of which are the titles. */
export const csvOf = (rows: readonly (readonly Cell[])[]): string =>
  rows.map(row => `${row.map(written).join(',')}\r\n`).join('');

/** The file of a sheet. The mark at its beginning makes spreadsheets read accents as they are. */
export const csvFile = ({ titles, rows }: Sheet): Blob =>
  new Blob(['\uFEFF', csvOf([titles, ...rows])], { type: 'text/csv;charset=utf-8' });
