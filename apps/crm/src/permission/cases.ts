import type { CaseAct } from '@filodiretto/domain';

/** What the id in the path of an operation is of. */
export type CaseThing =
  'case' | 'message' | 'attachment' | 'task' | 'announcement' | 'offer' | 'work item' | 'merge' | 'mention';

interface About {
  readonly thing: CaseThing;
  /** What is done with the case, as far as it matters who may. */
  readonly act: CaseAct;
}
const of =
  (thing: CaseThing) =>
  (act: CaseAct): About => ({ thing, act });
const [ofCase, ofMessage, ofTask, ofOffer, ofMerge] = [of('case'), of('message'), of('task'), of('offer'), of('merge')];

/**
 * The operations whose path names a case or something of a case, and what each does with it. Whoever does not see that case is
 * answered as if there were nothing; whoever sees it and may not do this is told so.
 */
const ABOUT = {
  getCase: ofCase('read'),
  getJournal: ofCase('read'),
  listRelations: ofCase('read'),
  listCaseTasks: ofCase('read'),
  listAutomationRunsOfCase: ofCase('read'),
  suggestIncident: ofCase('read'),
  previewMacro: ofCase('read'),
  getDraft: ofCase('read'),
  discardDraft: ofCase('read'),
  saveDraft: ofCase('note'),
  getAttention: ofCase('read'),
  payAttention: ofCase('read'),
  endAttention: ofCase('read'),
  followCase: ofCase('follow'),
  unfollowCase: ofCase('read'),
  writeNote: ofCase('note'),
  registerChase: ofCase('chase'),
  changeCase: ofCase('change'),
  moveCase: ofCase('change'),
  reply: ofCase('change'),
  call: ofCase('change'),
  announce: ofCase('change'),
  linkCases: ofCase('change'),
  unlinkCases: ofCase('change'),
  applyMacro: ofCase('change'),
  attachCases: ofCase('change'),
  previewMembers: ofCase('change'),
  detachCases: ofCase('change'),
  mergeCases: ofCase('change'),
  splitCase: ofCase('change'),
  setPlace: ofCase('change'),
  tagCase: ofCase('change'),
  untagCase: ofCase('change'),
  askTask: ofCase('change'),
  setConfidentiality: ofCase('change'),
  getMessage: ofMessage('read'),
  getOriginal: ofMessage('read'),
  getMessagePart: ofMessage('read'),
  showRichText: ofMessage('read'),
  retryMessage: ofMessage('change'),
  withdrawMessage: ofMessage('change'),
  getAttachment: of('attachment')('read'),
  releaseAttachment: of('attachment')('change'),
  releaseMessagePart: ofMessage('change'),
  releaseOriginal: ofMessage('change'),
  getAnnouncement: of('announcement')('read'),
  getTask: ofTask('read'),
  moveTask: ofTask('answerTask'),
  undoMerge: ofMerge('change'),
  getWorkItem: of('work item')('read'),
  acceptOffer: ofOffer('read'),
  rejectOffer: ofOffer('read'),
  readMention: of('mention')('read'),
} as const satisfies Readonly<Record<string, About>>;

/** What an operation does with the case that its path names; `undefined`: it names none. */
export const aboutCase = (operationId: string): About | undefined => {
  const about: Readonly<Record<string, About>> = ABOUT;
  return Object.hasOwn(about, operationId) ? about[operationId] : undefined;
};
