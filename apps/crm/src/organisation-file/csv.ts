import { pipeline, Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { stringify } from 'csv-stringify';

/** A row of a file: the line it is on, and its cells by the name of their column. A column that the file lacks is not there. */
export interface FileRow {
  readonly line: number;
  readonly cells: ReadonlyMap<string, string>;
}

/** A file that cannot be read as a table; the words say where. */
export class UnreadableFile extends Error {}

const SEPARATORS = [';', ',', '\t'] as const;
/** Most bytes of one row: more is not a table, or its quotes never close. */
const MAX_ROW = 200_000;
/** What a spreadsheet would take for a formula gets an apostrophe before it when written, and loses it when read. */
const ESCAPED = /^'(?=[=+\-@\t\r])/;

/**
 * The rows of a file, one at a time: separated by semicolons, commas or tabs, whichever its first line has most of; columns in any
 * order and case, with spaces for underscores. Throws `UnreadableFile`.
 */
export async function* rowsOf(bytes: AsyncIterable<Buffer>): AsyncGenerator<FileRow> {
  const { head, rest } = await begun(bytes);
  const parser = parse({
    bom: true,
    delimiter: separatorOf(head.toString('utf8')),
    columns: (names: string[]) => namesOf(names),
    info: true,
    trim: true,
    skip_empty_lines: true,
    max_record_size: MAX_ROW,
  });
  // What breaks the source breaks the parser, and is thrown by the loop.
  pipeline(Readable.from(rest), parser, () => undefined);
  try {
    for await (const read of parser) {
      const { info, record } = read as { info: { lines: number }; record: Record<string, string> };
      yield {
        line: info.lines,
        cells: new Map(Object.entries(record).map(([name, cell]) => [name, cell.replace(ESCAPED, '')])),
      };
    }
  } catch (fault) {
    if (fault instanceof CsvError) throw new UnreadableFile(fault.message);
    throw fault;
  }
}

/** A table as a file: semicolons, as spreadsheets in Italy expect, in UTF-8 with its mark; nothing in it is a formula. */
export function fileOf(
  columns: readonly string[],
  rows: Iterable<Readonly<Record<string, string>>> | AsyncIterable<Readonly<Record<string, string>>>,
): Readable {
  const written = stringify({
    header: true,
    columns: [...columns],
    delimiter: ';',
    bom: true,
    escape_formulas: true,
    record_delimiter: 'windows',
  });
  // What breaks the rows breaks the file, and whoever reads it sees that it is not whole.
  pipeline(Readable.from(rows), written, () => undefined);
  return written;
}

/** The first line, and all of it again. */
async function begun(bytes: AsyncIterable<Buffer>): Promise<{ head: Buffer; rest: AsyncIterable<Buffer> }> {
  const source = bytes[Symbol.asyncIterator]();
  const read: Buffer[] = [];
  let size = 0;
  for (;;) {
    const next = await source.next();
    if (next.done) break;
    read.push(next.value);
    size += next.value.length;
    if (next.value.includes(0x0a) || size > MAX_ROW) break;
  }
  async function* rest(): AsyncGenerator<Buffer> {
    yield* read;
    for (let next = await source.next(); !next.done; next = await source.next()) yield next.value;
  }
  const head = Buffer.concat(read);
  const end = head.indexOf(0x0a);
  return { head: end < 0 ? head : head.subarray(0, end), rest: rest() };
}

const separatorOf = (line: string): string =>
  [...SEPARATORS].sort((a, b) => line.split(b).length - line.split(a).length)[0] ?? ';';

function namesOf(names: readonly string[]): string[] {
  const known = names.map(name => name.trim().toLowerCase().replaceAll(/\s+/g, '_'));
  const twice = known.find((name, index) => known.indexOf(name) < index);
  if (twice !== undefined) throw new UnreadableFile(`the column "${twice}" is there twice`);
  return known;
}
