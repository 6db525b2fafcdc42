import type { ProcessingRegister, RegisterSection } from '@filodiretto/domain';
import { escaped, page } from '../http/page.js';

const HEADINGS = {
  it: { questions: 'Da completare', answered: 'versione', open: 'senza risposta' },
  en: { questions: 'To be filled in', answered: 'version', open: 'not answered' },
} as const;

const sectionHtml = ({ title, law, columns, rows }: RegisterSection): string =>
  `<h2>${escaped(title)}</h2><p class="hint">${escaped(law)}</p>${rows
    .map(
      row =>
        `<dl>${columns
          .map((column, index) => `<dt>${escaped(column)}</dt><dd class="words">${escaped(row[index] || '–')}</dd>`)
          .join('')}</dl>`,
    )
    .join('\n')}`;

/** The readable form of the register: to be read, or printed. */
export const registerPage = ({ title, language, register, assessment, questions }: ProcessingRegister): string => {
  const words = HEADINGS[language];
  return page(
    title,
    `${[...register, ...assessment].map(sectionHtml).join('\n')}
<h2>${words.questions}</h2><dl>${questions
      .map(
        ({ question, law, answer, version }) =>
          `<dt>${escaped(question)} (${escaped(law)})</dt><dd class="words">${
            answer === undefined ? words.open : `${escaped(answer)} (${words.answered} ${version})`
          }</dd>`,
      )
      .join('')}</dl>`,
    language,
  );
};

export const REGISTER_COLUMNS = ['part', 'section', 'law', 'row', 'column', 'value'] as const;

/** The same as a table: a line for each cell. */
export function* registerRows({
  register,
  assessment,
}: ProcessingRegister): Iterable<Record<(typeof REGISTER_COLUMNS)[number], string>> {
  for (const [part, sections] of [
    ['register', register],
    ['assessment', assessment],
  ] as const)
    for (const { title, law, columns, rows } of sections)
      for (const [row, cells] of rows.entries())
        for (const [index, value] of cells.entries())
          yield { part, section: title, law, row: String(row + 1), column: columns[index] ?? '', value };
}
