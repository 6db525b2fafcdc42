import { Inject, Injectable } from '@nestjs/common';
import type {
  AskPreview,
  Capabilities,
  ChangeTemplate,
  Outcome,
  Part,
  PreviewFit,
  TemplatePreview,
  WriteAnnouncement,
  WriteTemplate,
} from '@filodiretto/contracts';
import {
  chooseOutcomeTemplate,
  EXAMPLE_KNOWLEDGE,
  fitted,
  lengthOf,
  templateValues,
  type TemplateKnowledge,
} from '@filodiretto/domain';
import type { EntityManager } from 'typeorm';
import { ChannelRegistry } from '../channel/registry.js';
import type { Asking } from '../http/operator.js';
import type { Compose } from '../message/replies.js';
import { marked, unmarked } from '../intake/tracking.js';
import { isRefused, refused, type Refused } from '../refused.js';
import { readTemplate } from './engine.js';
import { knowledgeOf, outcomeTemplates, templateRow, type TemplateRow } from './template.query.js';
import { unseenOf } from '../permission/standing.js';

/** The words of a template, in one language. */
export interface Words {
  readonly language: string;
  readonly text: string;
  readonly shortText: string | null;
}

/** For whom a template is filled. */
export interface For {
  readonly administrationId: string;
  readonly caseId: string;
  /** Who writes; null when a machine does. */
  readonly operatorId: string | null;
}

/** Languages in which a citizen is told an outcome, the preferred first. */
const LANGUAGES = ['it'];

/** Everything that may be absent, absent: a template must do without. */
const LEAST_KNOWN: TemplateKnowledge = {
  ...EXAMPLE_KNOWLEDGE,
  category: null,
  dueDate: null,
  plannedDate: null,
  tracking: undefined,
  contact: null,
  office: null,
  operator: null,
};

const NO_TEMPLATE = refused('not-found', 'There is no such template.');

/** Texts ready to be sent: kept, looked at, filled. */
@Injectable()
export class Templates {
  constructor(@Inject(ChannelRegistry) private readonly channels: ChannelRegistry) {}

  /** Keeps a new template under the id given, once it can be read and filled. */
  async write(manager: EntityManager, operator: Asking, id: string, asked: WriteTemplate): Promise<object | Refused> {
    const no = purposeMistake(asked) ?? mistake({ ...asked, shortText: asked.shortText ?? null });
    if (no) return no;
    const inserted: unknown[] = await manager.query(
      `insert into template (id, administration_id, code, language, name, purpose, outcome, outcome_reason, text, short_text, updated_by)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
       on conflict (administration_id, code, language) do nothing returning id`,
      [
        id,
        operator.administrationId,
        asked.code,
        asked.language,
        asked.name,
        asked.purpose,
        asked.outcome ?? null,
        asked.outcomeReason ?? null,
        asked.text,
        asked.shortText ?? null,
        operator.id,
      ],
    );
    if (inserted.length > 0) return { id };
    const detail = 'there is already a template with this code in this language';
    return { ...refused('invalid-input', detail), errors: [{ pointer: '/code', detail }] };
  }

  /** Changes a template, of the version that was seen. */
  async change(
    manager: EntityManager,
    operator: Asking,
    { id, expectedVersion }: { readonly id: string; readonly expectedVersion: number | undefined },
    asked: ChangeTemplate,
  ): Promise<object | Refused> {
    const before = await templateRow(manager, operator.administrationId, id, true);
    if (!before) return NO_TEMPLATE;
    if (expectedVersion !== undefined && expectedVersion !== before.version)
      return refused('version-stale', `The template is at version ${before.version}, not ${expectedVersion}.`);
    const text = asked.text ?? before.text;
    const shortText = asked.shortText === undefined ? before.short_text : asked.shortText || null;
    const no = mistake({ language: before.language, text, shortText });
    if (no) return no;
    await manager.query(
      `update template set name = $2, text = $3, short_text = $4, version = version + 1, updated_at = now(), updated_by = $5,
         retired_at = case when $6::boolean is null then retired_at when $6 then coalesce(retired_at, now()) end
       where id = $1`,
      [id, asked.name ?? before.name, text, shortText, operator.id, asked.retired ?? null],
    );
    return { id };
  }

  /** Fills a template as it would be sent, and says which channels take it. Nothing is written. */
  async preview(manager: EntityManager, operator: Asking, asked: AskPreview): Promise<TemplatePreview | Refused> {
    const words = await this.previewed(manager, operator, asked);
    if (isRefused(words)) return words;
    const known =
      asked.case === undefined
        ? EXAMPLE_KNOWLEDGE
        : await knowledgeOf(manager, operator.administrationId, asked.case, operator.id);
    if (!known || (asked.case !== undefined && (await unseenOf(manager, operator, [asked.case]))))
      return named('case', 'there is none of this id here');
    const filled = fill(words, known);
    if (isRefused(filled)) return filled;
    const announcements = this.channels.announcements().map(one => one.manifest);
    const channels = announcements.filter(one => asked.channel === undefined || one.id === asked.channel);
    if (asked.channel !== undefined && channels.length === 0) return named('channel', 'no channel of this id runs');
    return {
      text: filled.text,
      ...(filled.short === null ? {} : { shortText: filled.short }),
      channels: channels.map(({ id, capabilities }) => ({
        channel: id,
        ...fitView(filled, capabilities, words.manner),
      })),
    };
  }

  /** What a template in use says to the citizen of a case, in what the channel takes. */
  async compose(manager: EntityManager, whom: For, templateId: string): Promise<Compose | Refused> {
    const template = await templateRow(manager, whom.administrationId, templateId);
    if (!template || template.retired_at) return named('textTemplate', 'there is none of this id in use here');
    return this.composed(manager, whom, wordsOf(template));
  }

  /** What the template of an outcome says to the citizen of a case; `undefined` where no template tells this outcome. */
  async composeOutcome(
    manager: EntityManager,
    whom: For,
    ended: { readonly outcome: Outcome; readonly reason: string },
  ): Promise<Compose | Refused | undefined> {
    const words = await this.outcomeWords(manager, whom.administrationId, ended);
    return words && this.composed(manager, whom, words);
  }

  /** The words that were asked for everybody: written, read as a template, or those of a template that is kept. */
  async wordsAsked(
    manager: EntityManager,
    administrationId: string,
    { text, shortText, textTemplate }: WriteAnnouncement,
  ): Promise<Words | Refused> {
    if ((text === undefined) === (textTemplate === undefined))
      return named('text', 'exactly one of text and textTemplate');
    if (text !== undefined) {
      const words = { language: LANGUAGES[0] ?? 'it', text, shortText: shortText ?? null };
      return mistake(words) ?? words;
    }
    const template = await templateRow(manager, administrationId, textTemplate ?? '');
    return template && !template.retired_at
      ? wordsOf(template)
      : named('textTemplate', 'there is none of this id in use here');
  }

  /** The words of the template that tells an outcome; `undefined` where none does. */
  async outcomeWords(
    manager: EntityManager,
    administrationId: string,
    ended: { readonly outcome: Outcome; readonly reason: string },
  ): Promise<Words | undefined> {
    const all = await outcomeTemplates(manager, administrationId, ended.outcome);
    const template = chooseOutcomeTemplate(all, ended, LANGUAGES);
    return template && wordsOf(template);
  }

  /** Words as they are: nothing in them is filled. */
  literal({ text, shortText }: Words): Compose {
    return capabilities => partsFor({ text, short: shortText }, capabilities);
  }

  /** Words filled for a case, chosen by what the channel takes once the channel is known. */
  async composed(
    manager: EntityManager,
    whom: For,
    words: Words,
    instead: Partial<TemplateKnowledge> = {},
    manner: Manner = 'letter',
  ): Promise<Compose | Refused> {
    const known = await knowledgeOf(manager, whom.administrationId, whom.caseId, whom.operatorId);
    if (!known) return refused('not-found', 'There is no such case.');
    const filled = fill(words, { ...known, ...instead });
    return isRefused(filled) ? filled : capabilities => partsFor(filled, capabilities, manner);
  }

  private async previewed(
    manager: EntityManager,
    operator: Asking,
    asked: AskPreview,
  ): Promise<(Words & { readonly manner: Manner }) | Refused> {
    if ((asked.template === undefined) === (asked.text === undefined))
      return named('text', 'exactly one of text and template');
    if (asked.text !== undefined)
      return {
        language: asked.language ?? 'it',
        text: asked.text,
        shortText: asked.shortText ?? null,
        manner: 'letter',
      };
    const template = await templateRow(manager, operator.administrationId, asked.template ?? '');
    return template
      ? { ...wordsOf(template), manner: template.code.startsWith(NOTICES) ? 'talk' : 'letter' }
      : named('template', 'there is none of this id here');
  }
}

/** What a machine says at once of a case, filled from what is known, as a channel takes it. */
export function partsOf(words: Words, known: TemplateKnowledge, capabilities: Capabilities): Part[] | Refused {
  const filled = fill(words, known);
  return isRefused(filled) ? filled : partsFor(filled, capabilities, 'talk');
}

/** Told as a letter, or as people talk where there are no letters: only what a machine says at once of a case is told so. */
type Manner = 'letter' | 'talk';
/** How the codes begin of templates that a machine tells at once. */
const NOTICES = 'notice_';

interface Filled {
  readonly text: string;
  readonly short: string | null;
}

const wordsOf = (row: TemplateRow): Words => ({ language: row.language, text: row.text, shortText: row.short_text });

function fill({ language, text, shortText }: Words, known: TemplateKnowledge): Filled | Refused {
  const values = templateValues(known, language);
  const full = filledFrom(text, 'text', values);
  if (isRefused(full)) return full;
  if (shortText === null) return { text: full.words, short: null };
  const short = filledFrom(shortText, 'shortText', values);
  return isRefused(short) ? short : { text: full.words, short: short.words };
}

function filledFrom(
  source: string,
  field: string,
  values: ReturnType<typeof templateValues>,
): { readonly words: string } | Refused {
  const template = readTemplate(source, field);
  if (isRefused(template)) return template;
  const words = template.fill(values);
  return typeof words === 'string' ? { words } : words;
}

/** Why the words cannot be kept as a template: read and filled with everything known, and with the least. */
function mistake(words: Words): Refused | undefined {
  for (const known of [EXAMPLE_KNOWLEDGE, LEAST_KNOWN]) {
    const filled = fill(words, known);
    if (isRefused(filled)) return filled;
  }
  return changedCode(words);
}

/** What is kept has a mark where a tracking code will be: a filter that cuts or changes the mark would leave the citizen without the code. */
function changedCode(words: Words): Refused | undefined {
  const { tracking } = EXAMPLE_KNOWLEDGE;
  if (!tracking) return undefined;
  const { link, code } = tracking;
  const long = { code, link: link.replace('/pratica', `/${'pagine/'.repeat(40)}pratica`) };
  const detail = 'case.trackingLink and case.trackingCode are said whole: no filter may change them';
  for (const known of [EXAMPLE_KNOWLEDGE, LEAST_KNOWN]) {
    const said = fill(words, { ...known, tracking });
    if (isRefused(said)) return said;
    const otherwise = [
      [{ link: marked(code, link), code: marked(code, code) }, (text: string) => unmarked(code, text)],
      [long, (text: string) => text.replaceAll(long.link, link)],
    ] as const;
    for (const [one, back] of otherwise) {
      const kept = fill(words, { ...known, tracking: one });
      if (isRefused(kept)) return kept;
      if (back(kept.text) !== said.text) return named('text', detail);
      if (back(kept.short ?? '') !== (said.short ?? '')) return named('shortText', detail);
    }
  }
  return undefined;
}

function purposeMistake({ purpose, outcome, outcomeReason }: WriteTemplate): Refused | undefined {
  if (purpose === 'outcome' && outcome === undefined) return named('outcome', 'say which outcome it tells');
  if (purpose !== 'outcome' && outcome !== undefined) return named('outcome', 'only with purpose "outcome"');
  return outcome === undefined && outcomeReason !== undefined
    ? named('outcomeReason', 'only with an outcome')
    : undefined;
}

function partsFor({ text, short }: Filled, capabilities: Capabilities, manner: Manner = 'letter'): Part[] | Refused {
  const fit = fitted(text, short, capabilities.text, capabilities.subject ? 'letter' : manner);
  if ('text' in fit) return [{ type: 'text', text: fit.text }];
  return refused(
    'text-too-long',
    `The ${short === null ? 'template has no short text and' : 'short text of the template'} takes ${fit.tooLong} ${fit.limit.unit ?? 'characters'}: at most ${fit.limit.maxLength}.`,
  );
}

function fitView({ text, short }: Filled, capabilities: Capabilities, manner: Manner): Omit<PreviewFit, 'channel'> {
  const { text: limit } = capabilities;
  if (!limit) return { because: 'channel-cannot', length: lengthOf(text) };
  const fit = fitted(text, short, limit, capabilities.subject ? 'letter' : manner);
  const limits = { maxLength: limit.maxLength, ...(limit.unit === undefined ? {} : { unit: limit.unit }) };
  return 'text' in fit
    ? { variant: fit.variant, length: fit.length, ...limits }
    : { because: 'text-too-long', length: fit.tooLong, ...limits };
}

const named = (field: string, detail: string): Refused => ({
  ...refused('invalid-input', `${field}: ${detail}`),
  errors: [{ pointer: `/${field}`, detail }],
});
