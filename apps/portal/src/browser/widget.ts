/**
 * The widget for other sites: one tag, `<script type="module" src="https://…/widget.js" data-chat="https://…">`. It says by itself where
 * the citizens' pages are: where it was loaded from.
 */
import { show } from './widget/panel.js';
import { EN, IT } from './widget/words.js';

const here = new URL(import.meta.url);
const tag = [...document.querySelectorAll('script')].find(({ src }) => src === here.href);
const { chat, privacy, lang } = tag?.dataset ?? {};
const language = (lang ?? document.documentElement.lang).startsWith('en') ? 'en' : 'it';
const portal = new URL('.', here).href.replace(/\/$/, '');

show({
  portal,
  privacy: privacy ?? `${portal}/privacy`,
  language,
  words: language === 'en' ? EN : IT,
  ...(chat ? { chat: chat.replace(/\/$/, '') } : {}),
});
