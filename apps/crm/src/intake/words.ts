import type { Inbound, Part } from '@filodiretto/contracts';
import { wellFormed } from '../storable.js';

/** Longest text that is searched, in characters; the content itself is always kept whole. */
const MAX_SEARCHED = 100_000;
const MAX_TITLE = 120;

const formWords = (value: unknown): string[] => {
  if (typeof value === 'string') return [value];
  if (typeof value === 'number') return [String(value)];
  if (Array.isArray(value)) return value.flatMap(formWords);
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(formWords) : [];
};

function wordsOf(part: Part): string[] {
  switch (part.type) {
    case 'text':
      return [part.text];
    case 'media':
      return [part.caption ?? '', part.filename ?? ''];
    case 'location':
      return [part.name ?? '', part.address ?? ''];
    case 'card':
      return [part.name];
    case 'choice':
      return [part.title];
    case 'form':
      return formWords(part.fields);
    case 'call':
      return [part.transcription ?? ''];
    case 'calendar':
      return [part.summary];
    case 'template':
      return part.parameters;
    case 'system':
      return [part.text];
    case 'dial':
    case 'html':
    case 'unsupported':
      return [];
  }
}

/** The words of a message, for search. */
export const searchText = (subject: string | undefined, content: readonly Part[]): string =>
  wellFormed(
    [subject ?? '', ...content.flatMap(wordsOf)]
      .filter(words => words !== '')
      .join('\n')
      .slice(0, MAX_SEARCHED),
  );

const TITLES: Partial<Record<Part['type'], string>> = {
  media: 'Allegato',
  location: 'Posizione',
  card: 'Scheda di contatto',
  form: 'Modulo',
  call: 'Chiamata',
  calendar: 'Invito',
};

/** One line that says what a message is about: its title, else how it begins, else what it is. Italian: operators read it. */
export function titleOf({ subject, content }: Pick<Inbound, 'subject' | 'content'>): string {
  if (subject?.trim()) return oneLine(subject, 300);
  const visible = content.map(part => (part.type === 'text' ? (part.visible ?? part.text) : '')).join(' ');
  const words = oneLine(visible, MAX_TITLE) || oneLine(content.flatMap(wordsOf).join(' '), MAX_TITLE);
  if (words) return words;
  const kind = content.map(part => TITLES[part.type]).find(title => title !== undefined);
  return kind ?? 'Messaggio senza testo';
}

function oneLine(text: string, max: number): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= max ? line : `${wellFormed(line.slice(0, max - 1))}…`;
}
