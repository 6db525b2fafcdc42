import type { CellObject } from 'write-excel-file/browser';
import { wallClock } from '../i18n/format.js';
import type { Cell, CellKind, Sheet } from './cell.js';

/** As many characters as a cell may hold: a spreadsheet refuses the whole file otherwise. */
const LONGEST = 32_767;
const FORMATS: Readonly<Record<CellKind, string>> = { instant: 'yyyy-mm-dd hh:mm', day: 'yyyy-mm-dd' };
const DAY = /^\d{4}-\d{2}-\d{2}$/;
/** What XML has no character for: controls but tab and line ends, and what is no character. */
const UNWRITABLE = /(?![\t\n\r])\p{Cc}|[\uFFFE\uFFFF]/gu;

/**
 * A cell with the type said: words are words whatever they begin with, so that none of them is ever a formula; figures and instants are
 * numbers that can be reckoned with. Words longer than a cell may hold end in an ellipsis.
 */
export function typedCell(cell: Cell, kind?: CellKind): CellObject | null {
  if (cell === undefined || cell === '') return null;
  if (typeof cell === 'number') return Number.isFinite(cell) ? { type: Number, value: cell } : null;
  const at = kind === undefined ? undefined : DAY.test(cell) ? new Date(`${cell}T00:00:00Z`) : wallClock(cell);
  if (kind !== undefined && at) return { type: Date, value: at, format: FORMATS[kind] };
  const words = cell.replaceAll(UNWRITABLE, '');
  return { type: String, value: words.length > LONGEST ? `${words.slice(0, LONGEST - 1)}…` : words };
}

/** The file of a sheet (Office Open XML). The library that writes it comes when it is first needed. */
export async function xlsxFile({ titles, rows, kinds }: Sheet): Promise<Blob> {
  const { default: write } = await import('write-excel-file/browser');
  return write(
    [
      titles.map(title => ({ type: String, value: title, fontWeight: 'bold' as const })),
      ...rows.map(row => row.map((cell, place) => typedCell(cell, kinds[place]))),
    ],
    { columns: titles.map(title => ({ width: Math.max(12, Math.min(60, title.length + 4)) })), stickyRowsCount: 1 },
  ).toBlob();
}
