import { inflateRawSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { tellTimesIn } from '../i18n/format.js';
import { typedCell, xlsxFile } from './xlsx.js';

/** The files of a ZIP, by its central directory. */
function unzipped(bytes: Buffer): Map<string, string> {
  const end = bytes.lastIndexOf(Buffer.from('PK\u0005\u0006'));
  const files = new Map<string, string>();
  for (let entry = 0, at = bytes.readUInt32LE(end + 16); entry < bytes.readUInt16LE(end + 10); entry += 1) {
    const [packing, size] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20)];
    const [name, extra, comment] = [28, 30, 32].map(place => bytes.readUInt16LE(at + place));
    const local = bytes.readUInt32LE(at + 42);
    const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const raw = bytes.subarray(from, from + size);
    files.set(
      bytes.toString('utf8', at + 46, at + 46 + (name ?? 0)),
      (packing === 0 ? raw : inflateRawSync(raw)).toString('utf8'),
    );
    at += 46 + (name ?? 0) + (extra ?? 0) + (comment ?? 0);
  }
  return files;
}

const plain = (xml: string): string =>
  xml
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');

interface Read {
  readonly type: string;
  readonly value: string;
  readonly formula: boolean;
}
/** The cells of the first sheet by their place, as whoever opens the file finds them. */
async function opened(file: Blob): Promise<Map<string, Read>> {
  const files = unzipped(Buffer.from(await file.arrayBuffer()));
  const shared = [...(files.get('xl/sharedStrings.xml') ?? '').matchAll(/<si>(.*?)<\/si>/gs)].map(([, one = '']) =>
    plain([...one.matchAll(/<t[^>]*>(.*?)<\/t>/gs)].map(([, words = '']) => words).join('')),
  );
  const sheet = [...files].find(([name]) => /worksheets\/sheet1?\.xml$/.test(name))?.[1] ?? '';
  return new Map(
    [...sheet.matchAll(/<c r="([A-Z]+\d+)"([^>]*?)(?:\/>|>(.*?)<\/c>)/gs)].map(([, at = '', said = '', inner = '']) => {
      const type = /t="(\w+)"/.exec(said)?.[1] ?? 'n';
      const value = /<v>(.*?)<\/v>/s.exec(inner)?.[1] ?? '';
      const words =
        type === 's'
          ? (shared[Number(value)] ?? '')
          : type === 'inlineStr'
            ? plain(inner.replaceAll(/<[^>]*>/g, ''))
            : value;
      return [at, { type: type === 'n' ? 'number' : 'words', value: words, formula: inner.includes('<f') }];
    }),
  );
}

/** Days since 1899-12-30, as spreadsheets count. */
const dayOf = (at: string): number => (Date.parse(at) - Date.UTC(1899, 11, 30)) / 86_400_000;

describe('a file for spreadsheets', () => {
  beforeAll(() => tellTimesIn('Europe/Rome'));

  const HARD = [
    '=1+1',
    '=HYPERLINK("http://evil.example","x")',
    '+39 055 123',
    '-5',
    '@SUM(A1)',
    '\t=cmd',
    '007',
    '2026-000012-3',
    '1e5',
    'È «così» & <b>"no"</b>',
    'riga\nnuova',
  ];
  it('keeps words words, whatever they begin with or look like, and has no formula', async () => {
    const cells = await opened(
      await xlsxFile({ titles: ['Parole'], rows: HARD.map(words => [words]), kinds: [undefined] }),
    );
    expect(cells.get('A1')).toEqual({ type: 'words', value: 'Parole', formula: false });
    expect(HARD.map((_, row) => cells.get(`A${row + 2}`))).toEqual(
      HARD.map(value => ({ type: 'words', value, formula: false })),
    );
  });

  it('has figures and days that can be reckoned with, by the clock of the administration', async () => {
    const cells = await opened(
      await xlsxFile({
        titles: ['Quanti', 'Quando', 'Giorno', 'Niente'],
        rows: [[12.5, '2026-07-01T10:30:00.000Z', '2026-07-01', undefined]],
        kinds: [undefined, 'instant', 'day', undefined],
      }),
    );
    expect([cells.get('A2'), cells.get('D2')?.value ?? '']).toEqual([
      { type: 'number', value: '12.5', formula: false },
      '',
    ]);
    expect(cells.get('B2')?.type).toBe('number');
    expect(Number(cells.get('B2')?.value)).toBeCloseTo(dayOf('2026-07-01T12:30:00Z'), 6);
    expect(Number(cells.get('C2')?.value)).toBeCloseTo(dayOf('2026-07-01T00:00:00Z'), 6);
  });

  it('writes what is no instant as words, and shortens what no cell holds', () => {
    expect(typedCell('mai', 'instant')).toEqual({ type: String, value: 'mai' });
    expect(String(typedCell('x'.repeat(40_000))?.value)).toHaveLength(32_767);
    expect([typedCell(undefined), typedCell(''), typedCell(Number.NaN)]).toEqual([null, null, null]);
    expect(typedCell('a\u0000b\u0007c')).toEqual({ type: String, value: 'abc' });
  });
});
