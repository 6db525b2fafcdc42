import { AnyText, Flag, InstantField, ListOf, One, OneOf, Text, Whole } from '../fields.js';
import {
  CASE_KINDS,
  CASE_STATES,
  CONSENT_STATES,
  RIGHTS,
  RIGHT_STATES,
  type CaseKind,
  type CaseState,
  type ConsentState,
  type Right,
  type RightState,
} from '../model.js';
import { Correction } from './privacy.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const LANGUAGE = /^[a-z]{2}$/;
const CODE = /^[a-z][a-z0-9_]*$/;

/** Asks for the one-time code by which a citizen sees what is kept of an address of theirs. */
export class AskOwnDataCode {
  @Text('What sort of address it is', { max: 40, pattern: /^[a-z][a-z_]*$/, example: 'email' }) readonly kind: string;
  @Text('The address', { max: 320, example: 'mario.bianchi@example.org' }) readonly value: string;
  @Text('Language of the letter', { max: 2, pattern: LANGUAGE, optional: true, example: 'it' }) readonly language?: string;
  @Text('Id of the administration; absent where there is one alone', { max: 36, pattern: UUID, optional: true })
  readonly administration?: string;
}
/** Spends a one-time code. */
export class OpenOwnData {
  @Text('The code that came to the address', { max: 100, example: 'K7QF-2M9X-4DTC-8RWE' }) readonly code: string;
}
/** A provider of the State at which citizens log in. */
export class CitizenProviderView {
  @Text('Its name in what is asked', { max: 20, example: 'spid' }) readonly code: string;
  @Text('How citizens call it', { max: 60, example: 'SPID' }) readonly name: string;
  @OneOf('Which button it has', ['spid', 'cie', 'other'], { example: 'spid' }) readonly kind: 'spid' | 'cie' | 'other';
}
/** The providers at which citizens log in; none: that way is not offered. */
export class CitizenProviderList {
  @ListOf('In the order of the settings', () => CitizenProviderView, { max: 20 }) readonly items: CitizenProviderView[];
}
/** Begins the login of a citizen by SPID or CIE. */
export class BeginCitizenLogin {
  @Text('Which provider', { max: 20, pattern: /^[a-z][a-z0-9-]*$/, example: 'spid' }) readonly provider: string;
  @Text('Id of the administration; absent where there is one alone', { max: 36, pattern: UUID, optional: true })
  readonly administration?: string;
}
export class CitizenLoginBegun {
  @Text('Where the browser is sent', { max: 8_000, example: 'https://id.example.org/authorize?request=…' }) readonly location: string;
  @Text('What the same browser brings back: its cookie', { max: 100 }) readonly login: string;
  @InstantField('Until when') readonly until: string;
}
/** A browser that comes back from a provider. */
export class FinishCitizenLogin {
  @Text('What it was given when it left', { max: 100, example: 'q1wD0m3yU5nq7bX2c8Zr4tKfJ9sLhV6gPaEoYiRuTxk' }) readonly login: string;
  @AnyText('What stands after the question mark of the address to which it came back', { max: 8_000, example: 'code=…&state=…' })
  readonly query: string;
}
/** A citizen who showed that an address is theirs, or who they are, for a short while. */
export class OwnDataSession {
  @Text('What opens it: kept by nobody but who asked', { max: 100 }) readonly session: string;
  @InstantField('Until when') readonly until: string;
  @Whole('How sure it is who asks (1: an address was verified)', { max: 4, example: 1 }) readonly assuranceLevel: number;
  @Text('Who they are, as a provider says it', { max: 300, optional: true, example: 'Mario Bianchi' }) readonly name?: string;
  @Text('Their address, as a provider says it; it is kept nowhere', { max: 320, optional: true }) readonly email?: string;
}
/** A session that ended. */
export class OwnDataEnded {
  @Text('Where to log out of the provider too, where it was opened at one that lets one', { max: 4_000, optional: true })
  readonly leave?: string;
}
/** Shows, by the code that was given for it, that a case is theirs. */
export class ClaimOwnCase {
  @Text('The session', { max: 100, example: 'q1wD0m3yU5nq7bX2c8Zr4tKfJ9sLhV6gPaEoYiRuTxk' }) readonly session: string;
  @Text('The code of the case', { max: 100, example: 'K7QF2M9X4DTC8RWE' }) readonly code: string;
  @Text('Language of the words of what is agreed to', { max: 2, pattern: LANGUAGE, optional: true, example: 'it' })
  readonly language?: string;
}
export class EndOwnData {
  @Text('The session', { max: 100, example: 'q1wD0m3yU5nq7bX2c8Zr4tKfJ9sLhV6gPaEoYiRuTxk' }) readonly session: string;
}
export class ShowOwnData extends EndOwnData {
  @Text('Language of the words of what is agreed to', { max: 2, pattern: LANGUAGE, optional: true, example: 'it' })
  readonly language?: string;
  @Flag('Whether it is to be taken away: the trail says so', { optional: true }) readonly takeAway?: boolean;
}

export class OwnAddress {
  @Text('What sort of address it is', { max: 40, example: 'email' }) readonly kind: string;
  @Text('The address; of others than the verified one, enough to recognise it', { max: 512, example: 'mario.bianchi@example.org' })
  readonly value: string;
  @Flag('Whether it is the one that was verified') readonly verified: boolean;
  @InstantField('Since when it is kept') readonly since: string;
}
export class OwnFile {
  @Text('Its name', { max: 1_000, optional: true }) readonly name?: string;
  @Text('Its media type', { max: 200, example: 'image/png' }) readonly mediaType: string;
  @Whole('Its size in bytes, where it is known', { optional: true }) readonly size?: number;
}
export class OwnMessage {
  @OneOf('Who said it', ['you', 'us'], { example: 'you' }) readonly by: 'you' | 'us';
  @InstantField('When') readonly at: string;
  @Text('What was said', { max: 200_000, optional: true }) readonly text?: string;
  @ListOf('Files', () => OwnFile, { max: 1_000 }) readonly files: OwnFile[];
}
export class OwnCase {
  @Text('Number', { max: 40, example: '2026-004217-3' }) readonly number: string;
  @Text('What it is about', { max: 2_000 }) readonly subject: string;
  @OneOf('What sort of case', CASE_KINDS, { example: 'report' }) readonly kind: CaseKind;
  @OneOf('Its state', CASE_STATES, { example: 'in_charge' }) readonly stateCode: CaseState;
  @Text('Its state, in Italian', { max: 100, example: 'In carico' }) readonly state: string;
  @InstantField('When it was opened') readonly openedAt: string;
  @InstantField('When it ended', { optional: true }) readonly endedAt?: string;
  @Text('Who holds it', { max: 300, optional: true }) readonly office?: string;
  @InstantField('Until when it is kept; absent: it is open, or a hold is on it', { optional: true }) readonly keptUntil?: string;
  @Text('Why so long', { max: 2_000, optional: true }) readonly keptBecause?: string;
  @Flag('Whether it is kept longer because somebody needs it for a claim') readonly held: boolean;
  @ListOf('What was said, oldest first', () => OwnMessage, { max: 100_000 }) readonly messages: OwnMessage[];
}
export class OwnConsent {
  @Text('Purpose', { max: 60, example: 'newsletter' }) readonly purpose: string;
  @Text('How it is called', { max: 100, example: 'Notiziario' }) readonly name: string;
  @Text('What whoever agrees agrees to', { max: 2_000 }) readonly text: string;
  @Text('Language of the words', { max: 2, example: 'it' }) readonly language: string;
  @Whole('Version of the words', { min: 1 }) readonly textVersion: number;
  @OneOf('Where it stands', CONSENT_STATES, { example: 'none' }) readonly state: ConsentState;
  @InstantField('Since when', { optional: true }) readonly since?: string;
}
export class OwnRequest {
  @Text('Number of the receipt', { max: 40, example: '2026-004217-3' }) readonly number: string;
  @OneOf('What is asked', RIGHTS, { example: 'access' }) readonly kind: Right;
  @OneOf('Where it stands', RIGHT_STATES, { example: 'open' }) readonly state: RightState;
  @InstantField('When it came') readonly at: string;
  @Text('By when it is answered', { max: 10, optional: true, example: '2026-12-26' }) readonly dueDate?: string;
  @InstantField('When it was decided', { optional: true }) readonly decidedAt?: string;
}
export class OwnLook {
  @InstantField('When') readonly at: string;
  @OneOf('What was done', ['looked', 'exported'], { example: 'looked' }) readonly act: 'looked' | 'exported';
  @Text('In which role, in Italian; never who', { max: 200, example: 'operatore di primo livello' }) readonly role: string;
  @Text('Of which office', { max: 300, example: 'URP' }) readonly office: string;
}
/** Who logged in by SPID or CIE. */
export class OwnIdentity {
  @Text('Name, as the provider says it', { max: 300, example: 'Mario Bianchi' }) readonly name: string;
  @Text('By which provider', { max: 20, example: 'spid' }) readonly provider: string;
  @Flag('Whether it is certain which person of ours it is; if not, cases that they showed to be theirs are shown alone')
  readonly known: boolean;
}
/** What is kept of a citizen, as far as it is certain who asks. */
export class OwnData {
  @Whole('How sure it is who asks', { max: 4, example: 1 }) readonly assuranceLevel: number;
  @Flag('Whether confidential cases are left out, be there any or none: a login shows them, a code to an address does not')
  readonly hidesConfidential: boolean;
  @InstantField('Until when this is shown') readonly until: string;
  @Text('Name', { max: 300, optional: true }) readonly name?: string;
  @One('Who logged in; absent: an address was verified', () => OwnIdentity, { optional: true }) readonly identity?: OwnIdentity;
  @InstantField('Since when they are known') readonly knownSince: string;
  @InstantField('Since when their data rest', { optional: true }) readonly restrictedSince?: string;
  @ListOf('Addresses', () => OwnAddress, { max: 1_000 }) readonly addresses: OwnAddress[];
  @ListOf('Cases, the newest first', () => OwnCase, { max: 10_000 }) readonly cases: OwnCase[];
  @ListOf('What they are asked to agree to', () => OwnConsent, { max: 1_000 }) readonly consents: OwnConsent[];
  @ListOf('What they asked of their data, the newest first', () => OwnRequest, { max: 1_000 }) readonly requests: OwnRequest[];
  @ListOf('Who looked, the latest first', () => OwnLook, { max: 2_000 }) readonly looks: OwnLook[];
}
/** Agrees to a purpose, or takes an agreement back. */
export class DecideOwnConsent {
  @Text('The session', { max: 100, example: 'q1wD0m3yU5nq7bX2c8Zr4tKfJ9sLhV6gPaEoYiRuTxk' }) readonly session: string;
  @Text('Purpose', { max: 60, pattern: CODE, example: 'newsletter' }) readonly purpose: string;
  @OneOf('What is decided', ['given', 'withdrawn'], { example: 'given' }) readonly act: 'given' | 'withdrawn';
  @Whole('Version of the words that were read', { min: 1, example: 1 }) readonly textVersion: number;
  @Text('Language of the words that were read', { max: 2, pattern: LANGUAGE, optional: true, example: 'it' }) readonly language?: string;
}
/** Asks something of what is kept. */
export class AskOwnRight {
  @Text('The session', { max: 100, example: 'q1wD0m3yU5nq7bX2c8Zr4tKfJ9sLhV6gPaEoYiRuTxk' }) readonly session: string;
  @Text('Language of the words of what is agreed to', { max: 2, pattern: LANGUAGE, optional: true, example: 'it' })
  readonly language?: string;
  @Text('An id made by who asks, once for each press: the same is one request', { max: 36, pattern: UUID, example: '018f6e5a-7c1b-7d2e-9f3a-2b4c6d8e0f10' })
  readonly attempt: string;
  @OneOf('What is asked', RIGHTS, { example: 'access' }) readonly kind: Right;
  @One('What is to be put right: needed to ask for that, and for nothing else', () => Correction, { optional: true })
  readonly correction?: Correction;
}
