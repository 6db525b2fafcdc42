import type { Part } from '@filodiretto/contracts';

/** One thing that was said, as a transcript shows it. */
export interface Saying {
  readonly by: 'citizen' | 'office' | 'machine';
  readonly content: readonly Part[];
  readonly at: Date;
}
/** What a transcript is about. */
export interface About {
  readonly administration: string;
  readonly number: string;
}

interface Phrases {
  readonly locale: string;
  readonly subject: (about: About) => string;
  readonly opening: (about: About) => string;
  readonly who: Readonly<Record<Saying['by'], string>>;
  readonly file: (name: string) => string;
  readonly omitted: string;
}

const ITALIAN: Phrases = {
  locale: 'it-IT',
  subject: ({ administration, number }) => `La tua conversazione con ${administration} [#${number}]`,
  opening: ({ administration, number }) => `Buongiorno,

questa è la conversazione con ${administration}, chiesta a questo indirizzo mentre era in corso. Il numero della pratica è ${number}.
Chi non l’ha chiesta può ignorare questo messaggio: le parole del cittadino sono di chi le ha scritte, e nessuno ha verificato chi sia.`,
  who: { citizen: 'Cittadino', office: 'Ufficio', machine: 'Messaggio automatico' },
  file: name => `[allegato: ${name}]`,
  omitted: '[la parte precedente è troppo lunga per un messaggio]',
};
const ENGLISH: Phrases = {
  locale: 'en-GB',
  subject: ({ administration, number }) => `Your conversation with ${administration} [#${number}]`,
  opening: ({ administration, number }) => `Good morning,

this is the conversation with ${administration}, asked for at this address while it went on. The number of the case is ${number}.
If you did not ask for it, ignore this message: the citizen’s words are those of whoever wrote them, and nobody verified who that is.`,
  who: { citizen: 'Citizen', office: 'Office', machine: 'Automatic message' },
  file: name => `[attachment: ${name}]`,
  omitted: '[the earlier part is too long for one message]',
};
const phrasesOf = (language: string | undefined): Phrases => (language?.startsWith('en') ? ENGLISH : ITALIAN);

/** The title of a transcript, in the language of who asked for it. */
export const transcriptSubject = (about: About, language: string | undefined): string =>
  phrasesOf(language).subject(about);

/** A conversation in writing, at most so many characters: what does not fit is the oldest, and that is said. */
export function transcriptText(
  about: About,
  said: readonly Saying[],
  language: string | undefined,
  maxLength = Infinity,
): string {
  const { locale, opening, who, file, omitted } = phrasesOf(language);
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'short', timeStyle: 'short', timeZone: 'Europe/Rome' });
  const wordsOf = (part: Part): string[] => {
    if (part.type === 'text' || part.type === 'system') return [part.text];
    if (part.type === 'media') return [file(part.filename ?? part.mediaType), ...(part.caption ? [part.caption] : [])];
    return [];
  };
  const blocks = said.flatMap(({ by, content, at }) => {
    const words = content.flatMap(wordsOf).join('\n');
    return words === '' ? [] : [`${moment.format(at)} · ${who[by]}\n${words}`];
  });
  const head = opening(about);
  const written = (kept: readonly string[]): string =>
    [head, ...(kept.length < blocks.length ? [omitted] : []), ...kept].join('\n\n');
  let kept = blocks;
  while (kept.length > 0 && written(kept).length > maxLength) kept = kept.slice(1);
  return written(kept);
}
