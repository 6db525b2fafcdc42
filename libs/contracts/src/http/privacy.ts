import { Flag, Id, InstantField, ListOf, ManyOf, One, OneOf, Text, Texts, Whole } from '../fields.js';
import {
  CONSENT_ACTS,
  CONSENT_STATES,
  CONSENT_WAYS,
  IDENTIFICATIONS,
  MONITORING_SCOPES,
  RIGHTS,
  RIGHT_STATES,
  type ConsentAct,
  type ConsentState,
  type ConsentWay,
  type Identification,
  type MonitoringScope,
  type Right,
  type RightState,
} from '../model.js';
import { ActorView } from './journal.js';
import { PageQuery } from './page.js';
import { CaseRef, OperatorRef } from './refs.js';

const CODE = /^[a-z][a-z0-9_]*$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The words by which a consent is asked, in one language. */
export class PurposeTextView {
  @Text('Language (ISO 639-1)', { max: 2, pattern: /^[a-z]{2}$/, example: 'it' }) readonly language: string;
  @Text('How people call it', { max: 100, example: 'Notiziario' }) readonly name: string;
  @Text('What whoever agrees agrees to', { max: 2_000, example: 'Chiediamo il consenso a inviarti notizie dell’amministrazione.' })
  readonly text: string;
}
/** Something beyond answering a request, for which people are asked. */
export class PurposeView {
  @Text('Code', { max: 60, example: 'newsletter' }) readonly code: string;
  @Flag('Whether a consent holds for one kind of address alone') readonly perAddressKind: boolean;
  @Whole('For how many days after a question, or a no, nobody asks again', { max: 3_650, example: 180 })
  readonly againAfterDays: number;
  @Flag('No longer asked; what was given for it counts no more') readonly retired: boolean;
  @ListOf('Its words', () => PurposeTextView, { max: 30 }) readonly texts: PurposeTextView[];
  @Whole('Its version: that of its words too, and its ETag', { min: 1 }) readonly version: number;
}
export class PurposeList {
  @ListOf('All of them, by code', () => PurposeView, { max: 1_000 }) readonly items: PurposeView[];
}
/** Decides a purpose from now on; consents keep the version of the words that they were given to. */
export class WritePurpose {
  @Flag('Whether a consent holds for one kind of address alone') readonly perAddressKind: boolean;
  @Whole('For how many days after a question, or a no, nobody asks again', { max: 3_650, example: 180 })
  readonly againAfterDays: number;
  @Flag('No longer asked', { optional: true }) readonly retired?: boolean;
  @ListOf('Its words, Italian among them', () => PurposeTextView, { max: 30 }) readonly texts: PurposeTextView[];
}

/** Where one consent of a person stands. */
export class ConsentView {
  @Text('Purpose', { max: 60, example: 'newsletter' }) readonly purpose: string;
  @Text('The kind of address it is about; absent: any', { max: 40, optional: true }) readonly addressKind?: string;
  @OneOf('Where it stands', CONSENT_STATES, { example: 'given' }) readonly state: ConsentState;
  @InstantField('Since when', { optional: true }) readonly since?: string;
  @Whole('Version of the words it was given to', { min: 1, optional: true }) readonly textVersion?: number;
}
/** One line of the ledger of consents, with its proof. */
export class ConsentEntryView {
  @Id('Entry') readonly id: string;
  @Text('Purpose', { max: 60, example: 'newsletter' }) readonly purpose: string;
  @OneOf('What happened', CONSENT_ACTS, { example: 'given' }) readonly act: ConsentAct;
  @Text('The kind of address it is about; absent: any', { max: 40, optional: true }) readonly addressKind?: string;
  @Whole('Version of the words', { min: 1 }) readonly textVersion: number;
  @Text('Language of the words', { max: 2, example: 'it' }) readonly language: string;
  @InstantField('When') readonly at: string;
  @OneOf('How it was said', CONSENT_WAYS, { example: 'message' }) readonly how: ConsentWay;
  @Flag('Whether a channel, or a person at the desk, proved who said it') readonly proven: boolean;
  @One('Who said it, or wrote it down', () => ActorView) readonly by: ActorView;
  @Id('The case it was said in', { optional: true }) readonly case?: string;
  @Id('The message or call that proves it', { optional: true }) readonly message?: string;
  @Id('The question it answers', { optional: true }) readonly question?: string;
  @Text('The paper that proves it, as the office files it', { max: 200, optional: true }) readonly document?: string;
}
/** The consents of a person: where each stands, and everything that led there. */
export class ContactConsents {
  @ListOf('Where each purpose in use stands', () => ConsentView, { max: 10_000 }) readonly items: ConsentView[];
  @ListOf('The ledger, oldest first', () => ConsentEntryView, { max: 100_000 }) readonly entries: ConsentEntryView[];
}
/** Writes down what a person decided at the desk, or said to somebody on the telephone. */
export class RecordConsent {
  @Text('Purpose', { max: 60, pattern: CODE, example: 'newsletter' }) readonly purpose: string;
  @OneOf('What they decided', ['given', 'refused', 'withdrawn'], { example: 'given' })
  readonly act: Exclude<ConsentAct, 'asked'>;
  @OneOf('How', ['desk', 'call'], { example: 'desk' }) readonly how: 'desk' | 'call';
  @Text('The kind of address it is about; needed to agree to a purpose that is given for each', { max: 40, optional: true, example: 'email' })
  readonly addressKind?: string;
  @Text('Language of the words they were told', { max: 2, pattern: /^[a-z]{2}$/, optional: true, example: 'it' })
  readonly language?: string;
  @Id('The case', { optional: true }) readonly case?: string;
  @Id('The call in which it was said', { optional: true }) readonly message?: string;
  @Text('The paper that proves it, as the office files it; no personal data', { max: 200, optional: true, example: 'Prot. 1234/2026' })
  readonly document?: string;
}
/** Has a person asked for a consent, in their own conversation. */
export class AskConsent {
  @Text('Purpose', { max: 60, pattern: CODE, example: 'newsletter' }) readonly purpose: string;
  @Id('A case of theirs: the question goes where they last wrote in it') readonly case: string;
  @Text('Language', { max: 2, pattern: /^[a-z]{2}$/, optional: true, example: 'it' }) readonly language?: string;
}

/** One address to be put right: another in its stead, or none. */
export class CorrectAddress {
  @Text('What sort of address it is', { max: 40, example: 'email' }) readonly kind: string;
  @Text('The address as it is kept', { max: 512, example: 'mario.bianchi@example.org' }) readonly value: string;
  @Text('What it is to be; absent: it is to go', { max: 512, optional: true, example: 'm.bianchi@example.org' })
  readonly corrected?: string;
}
/** What is to be put right. */
export class Correction {
  @Text('The name', { max: 300, optional: true, example: 'Mario Bianchi' }) readonly name?: string;
  @ListOf('Addresses', () => CorrectAddress, { max: 20, optional: true }) readonly addresses?: CorrectAddress[];
}
/** Opens a request of a person on what is kept of them: a case of its own, with the term of the law. */
export class OpenRightsRequest {
  @OneOf('What is asked', RIGHTS, { example: 'access' }) readonly kind: Right;
  @OneOf('How it is certain who asks; absent: not yet', IDENTIFICATIONS, { optional: true, example: 'document' })
  readonly identified?: Identification;
  @One('What is to be put right: needed to ask for that, and for nothing else', () => Correction, { optional: true })
  readonly correction?: Correction;
  @Id('The office that answers; absent: that of who asks', { optional: true }) readonly office?: string;
}
export class IdentifyRequester {
  @OneOf('How it is certain who asks', IDENTIFICATIONS, { example: 'document' }) readonly how: Identification;
}
/** Decides a request, and does what it is about. */
export class DecideRightsRequest {
  @OneOf('How', ['granted', 'partly_granted', 'refused'], { example: 'granted' })
  readonly outcome: Exclude<RightState, 'open'>;
  @Text('Why: kept in the register; no personal data', { max: 2_000, example: 'Identità verificata allo sportello' })
  readonly reason: string;
  @Text('What the person is told', { max: 20_000, optional: true, example: 'Abbiamo accolto la tua richiesta.' })
  readonly text?: string;
  @Flag('They were told in person or by telephone, instead of in writing', { optional: true }) readonly spoken?: boolean;
}
/** A request of a person on what is kept of them; its receipt too. */
export class RightsRequestView {
  @Id('Request') readonly id: string;
  @One('Its case: the number is that of the receipt', () => CaseRef) readonly case: CaseRef;
  @Id('The contact') readonly contact: string;
  @OneOf('What is asked', RIGHTS, { example: 'access' }) readonly kind: Right;
  @OneOf('Where it stands', RIGHT_STATES, { example: 'open' }) readonly state: RightState;
  @OneOf('Who wrote it down', ['operator', 'contact'], { example: 'contact' }) readonly askedBy: 'operator' | 'contact';
  @InstantField('When it came') readonly askedAt: string;
  @Text('By when it must be answered', { max: 10, optional: true, example: '2026-12-26' }) readonly dueDate?: string;
  @Flag('Whether that has passed, and it is still open') readonly late: boolean;
  @OneOf('How it is certain who asks', IDENTIFICATIONS, { optional: true }) readonly identified?: Identification;
  @InstantField('When it was decided', { optional: true }) readonly decidedAt?: string;
  @Text('Why it was decided so', { max: 2_000, optional: true }) readonly reason?: string;
  @One('What is to be put right, while it is open', () => Correction, { optional: true }) readonly correction?: Correction;
  @Whole('Its version, and its ETag', { min: 1 }) readonly version: number;
}
export class ListRightsRequests extends PageQuery {
  @OneOf('Where it stands', RIGHT_STATES, { optional: true }) readonly state?: RightState;
  @OneOf('What is asked', RIGHTS, { optional: true }) readonly kind?: Right;
}
export class RightsRequestPage {
  @ListOf('Requests, the newest first', () => RightsRequestView, { max: 200 }) readonly items: RightsRequestView[];
  @Text('What to ask `after` for the next page; absent on the last', { max: 500, optional: true }) readonly next?: string;
}
export class LiftRestriction {
  @Text('Why', { max: 2_000, example: 'Esattezza dei dati verificata' }) readonly reason: string;
}

/** By what people who work here may be counted, or listened to, one by one (art. 4 L. 300/1970). */
export class RecordMonitoringAuthorization {
  @OneOf('What it is', ['union_agreement', 'inspectorate'], { example: 'union_agreement' })
  readonly kind: 'union_agreement' | 'inspectorate';
  @Text('The document, as the office files it', { max: 200, example: 'Accordo 12/2026 del 3 marzo 2026' })
  readonly reference: string;
  @Text('When it was signed', { max: 10, pattern: DAY, example: '2026-03-03' }) readonly signedOn: string;
  @Text('Until when it holds, that day too', { max: 10, pattern: DAY, example: '2028-03-02' }) readonly validUntil: string;
  @ManyOf('What it allows', MONITORING_SCOPES, { example: ['figures'] }) readonly scopes: MonitoringScope[];
}
export class MonitoringAuthorizationView extends RecordMonitoringAuthorization {
  @Id('Authorisation') readonly id: string;
  @Flag('Whether it holds today') readonly holds: boolean;
  @Text('Why it was ended', { max: 2_000, optional: true }) readonly endedReason?: string;
}
export class MonitoringAuthorizationList {
  @ListOf('All of them, the newest first', () => MonitoringAuthorizationView, { max: 1_000 })
  readonly items: MonitoringAuthorizationView[];
}
export class EndMonitoringAuthorizations {
  @Text('Why', { max: 2_000, example: 'Accordo disdetto' }) readonly reason: string;
}

export const REGISTER_TONGUES = ['it', 'en'] as const;
export class AskRegister {
  @OneOf('Language', REGISTER_TONGUES, { optional: true, example: 'it' }) readonly language?: 'it' | 'en';
}
export class RegisterRowView {
  @Texts('What stands in it, column by column', { max: 20, maxLength: 10_000 }) readonly cells: string[];
}
/** A part of the register: a table. */
export class RegisterSectionView {
  @Text('Code', { max: 60, example: 'purposes' }) readonly code: string;
  @Text('Title', { max: 200 }) readonly title: string;
  @Text('By which article it is asked', { max: 100, example: 'art. 30.1.b' }) readonly law: string;
  @Texts('Titles of its columns', { max: 20, maxLength: 100 }) readonly columns: string[];
  @ListOf('Its rows', () => RegisterRowView, { max: 10_000 }) readonly rows: RegisterRowView[];
}
/** Something that only the controller can say. */
export class RegisterQuestionView {
  @Text('Code', { max: 200, example: 'hosting' }) readonly code: string;
  @Text('What is asked', { max: 1_000 }) readonly question: string;
  @Text('By which article', { max: 100 }) readonly law: string;
  @Text('What was answered; absent: nothing yet', { max: 10_000, optional: true }) readonly answer?: string;
  @Whole('Version of the answer, 0 while there is none', { example: 0 }) readonly version: number;
}
/** The register of processing and the outline of an assessment of impact, as everything is at this moment. */
export class ProcessingRegisterView {
  @Text('Title', { max: 500 }) readonly title: string;
  @OneOf('Language', REGISTER_TONGUES) readonly language: 'it' | 'en';
  @ListOf('The register (art. 30 GDPR)', () => RegisterSectionView, { max: 100 }) readonly register: RegisterSectionView[];
  @ListOf('The outline of an assessment of impact (art. 35 GDPR)', () => RegisterSectionView, { max: 100 })
  readonly assessment: RegisterSectionView[];
  @ListOf('What the system cannot know', () => RegisterQuestionView, { max: 10_000 }) readonly questions: RegisterQuestionView[];
}
export class RegisterAnswerView {
  @Whole('Version', { min: 1 }) readonly version: number;
  @Text('What was answered', { max: 10_000 }) readonly text: string;
  @InstantField('When') readonly decidedAt: string;
  @One('Who answered', () => OperatorRef) readonly decidedBy: OperatorRef;
}
export class RegisterAnswerHistory {
  @ListOf('The newest first', () => RegisterAnswerView, { max: 100 }) readonly items: RegisterAnswerView[];
}
export class WriteRegisterAnswer {
  @Text('The answer: nothing of single citizens', { max: 10_000, example: 'Centro dati regionale, Bologna; contratto 12/2026' })
  readonly text: string;
}
