import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { number } from '../i18n/format.js';
import { download, MOST_ROWS, type Sheet } from './cell.js';
import { csvFile } from './csv.js';
import { useProblemWords } from './problem.js';
import { toast } from './said.js';
import { xlsxFile } from './xlsx.js';

/** CSV that no spreadsheet runs, or XLSX with its cells typed. */
export const FILES = { csv: csvFile, xlsx: xlsxFile } as const;

/** Gives rows as a file to take away. More rows than a file bears are refused, and what could not be read is told. */
export function useTakeAway(): {
  readonly busy: boolean;
  readonly take: (name: string, ending: keyof typeof FILES, sheet: () => Sheet | Promise<Sheet>) => void;
} {
  const { t } = useTranslation();
  const words = useProblemWords();
  const [busy, setBusy] = useState(false);
  const written = async (
    name: string,
    ending: keyof typeof FILES,
    sheet: () => Sheet | Promise<Sheet>,
  ): Promise<void> => {
    const of = await sheet();
    if (of.rows.length > MOST_ROWS) toast(t('app.tooManyRows', { most: number(MOST_ROWS) }), { kind: 'danger' });
    else download(`${name}.${ending}`, await FILES[ending](of));
  };
  return {
    busy,
    take: (name, ending, sheet) => {
      setBusy(true);
      written(name, ending, sheet)
        .catch((fault: unknown) => toast(words(fault), { kind: 'danger' }))
        .finally(() => setBusy(false));
    },
  };
}
