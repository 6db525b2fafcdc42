/** What a cell of a spreadsheet holds. */
export type Cell = string | number | undefined;

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

/** Gives the browser a file to keep. */
export function download(name: string, content: string, type = 'text/csv;charset=utf-8'): void {
  // The mark at the beginning makes spreadsheets read accents as they are.
  const address = URL.createObjectURL(new Blob(['\uFEFF', content], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
