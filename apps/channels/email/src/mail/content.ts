import type { BlobRef, MediaKind, MediaPart, Part, TextPart } from '@filodiretto/contracts';
import type { Effort } from '../delivered.js';
import { invitationIn } from './calendar.js';
import { clean } from './charset.js';
import { harmlessHtml, htmlWords, shownInline } from './html.js';
import { parseMail, type MailFile, type ParsedMail } from './parse.js';
import { isTnef, unpackTnef } from './tnef.js';
import { visibleWords } from './visible.js';

/** Characters written inline in all texts of a message together: a fact travels within 1 MB. */
const INLINE_BUDGET = 150_000;
const MAX_INLINE = 60_000;
const MAX_FILES = 100;
const MAX_FORWARD_DEPTH = 3;

export interface Content {
  readonly parts: Part[];
  readonly incomplete: boolean;
}

interface Making {
  readonly keep: (bytes: Uint8Array, mediaType: string) => BlobRef;
  readonly effort: Effort;
  /** A report's enclosed mail is evidence, it is not shown. */
  readonly report: boolean;
  /** Files from around the mail. */
  readonly more: readonly MailFile[];
  readonly notices: readonly Part[];
}

/** The parts of a message: words, rich text, invitations, files, notices; never empty. */
export const contentOf = async (mail: ParsedMail, making: Making): Promise<Content> => new Maker(making).make(mail);

export const systemPart = (code: string, text: string): Part => ({
  type: 'system',
  code: code.slice(0, 100),
  text: text.slice(0, 2_000),
});

class Maker {
  private readonly texts: Part[] = [];
  private readonly files: Part[] = [];
  private inline = 0;
  private leftOut = 0;

  constructor(private readonly making: Making) {}

  async make(mail: ParsedMail): Promise<Content> {
    await this.mail(mail, 0);
    for (const file of this.making.more) await this.file(file, new Set(), 0);
    const parts = [...this.texts, ...this.files, ...this.making.notices];
    if (this.leftOut > 0)
      parts.push(systemPart('files_left_out', `Altri ${this.leftOut} allegati sono nel messaggio originale.`));
    return {
      parts: parts.length > 0 ? parts : [{ type: 'text', text: '' }],
      incomplete: this.leftOut > 0 || this.making.effort === 'lean',
    };
  }

  private async mail(mail: ParsedMail, depth: number): Promise<void> {
    const unpacked: MailFile[] = [];
    let { text, html } = mail;
    for (const file of mail.files) {
      const opened = this.making.effort === 'full' && isTnef(file) ? unpackTnef(file) : undefined;
      if (!opened) {
        unpacked.push(file);
        continue;
      }
      unpacked.push(...opened.files);
      if (!text?.trim()) text = opened.text;
      if (!html?.trim()) html = opened.html;
    }
    const harmless = html?.trim() && this.making.effort === 'full' ? harmlessHtml(html) : '';
    const words = text?.trim() ? text : harmless !== '' ? htmlWords(harmless) : html ? roughWords(html) : '';
    if (words.trim() !== '' || depth === 0) this.text(depth === 0 ? words : `${headOf(mail)}\n\n${words}`, depth === 0);
    if (harmless !== '') this.texts.push({ type: 'html', blob: this.making.keep(Buffer.from(harmless), 'text/html') });
    const shown = html ? shownInline(html) : new Set<string>();
    for (const file of unpacked) await this.file(file, shown, depth);
  }

  private text(words: string, own: boolean): void {
    const text = words.replace(/[ \t]+\n/g, '\n').replace(/^\n+|\s+$/g, '');
    const room = Math.min(MAX_INLINE, Math.max(2_000, INLINE_BUDGET - this.inline));
    const fits = text.length <= room;
    const visible = own && this.making.effort === 'full' ? visibleWords(text) : undefined;
    const part: TextPart = {
      type: 'text',
      text: fits ? text : clean(text.slice(0, room)),
      ...(visible !== undefined && visible.length <= MAX_INLINE ? { visible } : {}),
      ...(fits ? {} : { whole: this.making.keep(Buffer.from(text), 'text/plain') }),
    };
    this.inline += part.text.length + (part.visible?.length ?? 0);
    this.texts.push(part);
  }

  private async file(file: MailFile, shown: ReadonlySet<string>, depth: number): Promise<void> {
    if (this.files.length >= MAX_FILES) {
      this.leftOut += 1;
      return;
    }
    if (/^(?:text\/calendar|application\/ics)$/.test(file.mediaType)) {
      const invitation = invitationIn(file.bytes, file.method);
      if (invitation) {
        const { method, summary, startsAt } = invitation;
        const blob = this.making.keep(file.bytes, file.mediaType);
        this.files.push({ type: 'calendar', method, summary, ...(startsAt ? { startsAt } : {}), blob });
        return;
      }
    }
    const inlineId =
      file.contentId !== undefined && shown.has(file.contentId) ? file.contentId.slice(0, 512) : undefined;
    const filename = safeName(file) ?? (file.mediaType === 'message/rfc822' ? 'messaggio.eml' : undefined);
    const part: MediaPart = {
      type: 'media',
      kind: kindOf(file.mediaType),
      mediaType: file.mediaType,
      ...(filename ? { filename } : {}),
      ...(inlineId ? { inlineId } : {}),
      blob: this.making.keep(file.bytes, file.mediaType),
      fetch: 'done',
      scan: 'skipped',
    };
    this.files.push(part);
    if (file.mediaType !== 'message/rfc822' || this.making.report || depth >= MAX_FORWARD_DEPTH) return;
    await this.mail(await parseMail(file.bytes), depth + 1);
  }
}

/** The words of a rich text by the shortest way, when there was no time for the right one. */
const roughWords = (html: string): string =>
  clean(html.replace(/<(?:style|script)\b[^]*?<\/(?:style|script)>/gi, ' ').replace(/<[^<>]*>/g, ' '));

const kindOf = (mediaType: string): MediaKind => {
  const family = mediaType.slice(0, mediaType.indexOf('/'));
  return family === 'image' || family === 'audio' || family === 'video' ? family : 'file';
};

/** A name that cannot lead out of a folder. */
const safeName = (file: MailFile): string | undefined =>
  file.filename?.split(/[/\\]/).at(-1)?.replace(/^\.+/, '').trim() || undefined;

/** What stands above a forwarded mail. */
const headOf = ({ headers }: ParsedMail): string =>
  [
    '---------- Messaggio inoltrato ----------',
    ...[
      ['Da', headers.text('from', 500)],
      ['Data', headers.text('date', 100)],
      ['Oggetto', headers.text('subject', 500)],
      ['A', headers.text('to', 500)],
    ].flatMap(([name, value]) => (value ? [`${name}: ${value}`] : [])),
  ].join('\n');
