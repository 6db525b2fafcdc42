import { AnyText, Id, Ids, InstantField, ListOf, One, OneOf, Text, Whole } from '../fields.js';
import { DRAFT_KINDS, type DraftKind } from '../model/case.js';
import { UploadView } from './message.js';
import { PageQuery } from './page.js';
import { RelatedCase } from './relation.js';

/** What an operator has begun to write. A note has words alone. */
export class SaveDraft {
  @AnyText('The words so far', { max: 60_000, example: 'Buongiorno, il lampione' }) readonly text: string;
  @Text('Title of the reply', { max: 500, optional: true }) readonly subject?: string;
  @Id('Conversation that the reply is for', { optional: true }) readonly conversation?: string;
  @OneOf('Where the reply may be seen', ['public', 'parties'], { optional: true }) readonly visibility?: 'public' | 'parties';
  @Ids('Files to send with it: the ids of uploads', { max: 20, optional: true }) readonly attachments?: string[];
  @Whole('The version of the case that whoever writes has before them', { min: 1, max: 2_147_483_647, example: 4 })
  readonly begunFrom: number;
  @Id('The key of the draft that is gone on with, or one for what is begun; absent: the one it has, else a new one', { optional: true })
  readonly key?: string;
}
/** What an operator has begun to write in a case and not said yet. */
export class DraftView {
  @One('The case', () => RelatedCase) readonly case: RelatedCase;
  @OneOf('What it is to be', DRAFT_KINDS, { example: 'reply' }) readonly kind: DraftKind;
  @Id('What to send it with, as `Idempotency-Key`: then it is said once, from however many screens') readonly key: string;
  @AnyText('The words so far', { max: 60_000, example: 'Buongiorno, il lampione' }) readonly text: string;
  @Text('Title of the reply', { max: 500, optional: true }) readonly subject?: string;
  @Id('Conversation that the reply is for', { optional: true }) readonly conversation?: string;
  @OneOf('Where the reply may be seen', ['public', 'parties'], { optional: true }) readonly visibility?: 'public' | 'parties';
  @ListOf('Files to send with it, as far as they are kept', () => UploadView, { max: 20 }) readonly attachments: UploadView[];
  @Whole('The version of the case it was begun from', { min: 1, example: 4 }) readonly begunFrom: number;
  @Whole('The version of the case now: a greater one means that something happened since', { min: 1, example: 5 })
  readonly caseVersion: number;
  @Whole('Its own version', { min: 1, example: 2 }) readonly version: number;
  @InstantField('When it was last saved') readonly savedAt: string;
}
export class ListDrafts extends PageQuery {
  @Id('Only those of this case', { optional: true }) readonly case?: string;
}
export class DraftPage {
  @ListOf('The last saved first', () => DraftView, { max: 200 }) readonly items: DraftView[];
  @Text('What to pass as `after` for the next page; absent at the end', { max: 500, optional: true }) readonly next?: string;
}
