/** What a cell of a spreadsheet holds. */
export type Cell = string | number | undefined;

/** What the cells of a column are besides words and figures: instants (ISO 8601), told in the administration's time, and days (YYYY-MM-DD). */
export type CellKind = 'instant' | 'day';

/** What a file is made of. */
export interface Sheet {
  readonly titles: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  /** The kind of each column, in their order; absent: words and figures. */
  readonly kinds: readonly (CellKind | undefined)[];
}

/** As many rows as are written into one file at most. */
export const MOST_ROWS = 50_000;

/** Gives the browser a file to keep. */
export function download(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
