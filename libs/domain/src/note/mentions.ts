const MENTION = /(?<![\p{L}\p{N}._@-])@([a-z0-9]+(?:[._-][a-z0-9]+)*)/giu;

/** The codes of operators that a note names, as `@anna.riva`; once each, in lower case. An address is no mention. */
export const mentionsOf = (text: string): string[] => [
  ...new Set([...text.matchAll(MENTION)].map(([, code = '']) => code.toLowerCase())),
];
