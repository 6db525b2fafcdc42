import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { kept, keep } from '../app/kept.js';
import { it } from './it.js';

export const LANGUAGES = ['it', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof it };
  }
}

/** The first of the languages that the browser asks for in which there are words; else Italian. */
const asked = (): Language =>
  navigator.languages.flatMap(tag => LANGUAGES.filter(one => tag.toLowerCase().split('-')[0] === one))[0] ?? 'it';

/** Makes the words ready, in the language that was chosen here, or that the browser asks for. */
export async function startWords(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: 'it',
    fallbackLng: 'it',
    resources: { it: { translation: it } },
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  await show(kept('language', LANGUAGES) ?? asked());
}

/** Changes the language of the console, here and the next time. */
export async function speak(language: Language): Promise<void> {
  await show(language);
  keep('language', language);
}

async function show(language: Language): Promise<void> {
  if (language === 'en' && !i18next.hasResourceBundle('en', 'translation')) {
    const { en } = await import('./en.js');
    i18next.addResourceBundle('en', 'translation', en);
  }
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}
