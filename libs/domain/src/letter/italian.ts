/** Said with a vowel first: one, eleven, and all that begin with eight; the first of a month is said by its ordinal. */
const VOWEL_FIRST = /^(?:8\d{0,2}(?:\.\d{3})*|11(?:\.\d{3})*|1(?!\/| \p{L}))(?![\d.]\d|\d)/u;
const NOUGHT = /^0(?!\d)/;

/** Italian words that begin with a number, in digits, with the article that it is said with: «l'11 novembre», «il 12», «lo 0 %». */
export const withArticle = (words: string): string =>
  VOWEL_FIRST.test(words) ? `l'${words}` : NOUGHT.test(words) ? `lo ${words}` : `il ${words}`;
