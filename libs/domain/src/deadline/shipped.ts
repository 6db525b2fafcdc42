import type { CaseKind, DeadlineClock, EffectOnExpiry, Instant } from '@filodiretto/contracts/model';
import type { DeadlinePolicy, LadderStep, Term } from './policy.js';

/** What an administration promises until it decides otherwise. Legal terms are to be confirmed by who answers for them. */
export type ShippedPolicy = Omit<DeadlinePolicy, 'id'>;

const days = (amount: number): Term => ({ amount, unit: 'calendar_days' });
const workingDays = (amount: number): Term => ({ amount, unit: 'working_days' });

const REMIND_BEFORE: LadderStep = { to: 'assignee', when: 'before', after: workingDays(2) };
const AT_THE_TERM: LadderStep = { to: 'assignee', when: 'after', after: days(0) };
const THEN_THE_HEAD: LadderStep = { to: 'office_head', when: 'after', after: workingDays(1) };
const THEN_THE_DIRECTOR: LadderStep = { to: 'director', when: 'after', after: workingDays(5) };
const WHO_STEPS_IN: LadderStep = { to: 'substitute_power_holder', when: 'after', after: days(0), reassign: true };

interface Said {
  readonly code: string;
  readonly name: string;
  readonly clock: DeadlineClock;
  readonly term: Term;
  readonly source: string;
  readonly kinds?: readonly CaseKind[];
  readonly warnBefore?: Term;
  readonly suspension?: DeadlinePolicy['suspension'];
  readonly extension?: Term;
  readonly effectOnExpiry?: EffectOnExpiry;
  readonly ladder?: readonly LadderStep[];
}

const policy = (said: Said, legal: boolean): ShippedPolicy => ({
  code: said.code,
  version: 1,
  name: said.name,
  clock: said.clock,
  kinds: said.kinds ?? null,
  category: null,
  office: null,
  onlyByRule: false,
  validFrom: '1970-01-01T00:00:00.000Z' as Instant,
  retired: false,
  term: said.term,
  endsOnWorkingDay: true,
  warnBefore: said.warnBefore ?? null,
  legal,
  suspension: said.suspension ?? { times: null, days: null },
  extension: said.extension ?? null,
  effectOnExpiry: said.effectOnExpiry ?? 'none',
  promised: said.clock === 'resolution',
  ladder: said.ladder ?? [],
  source: said.source,
});
const service = (said: Said): ShippedPolicy => policy(said, false);
const byLaw = (said: Omit<Said, 'clock' | 'warnBefore'>): ShippedPolicy =>
  policy({ ...said, clock: 'resolution', warnBefore: workingDays(5) }, true);

const LOCAL = 'Regole locali (assumption)';

/** Shipped with every installation; suggestions and praise have no term. */
export const SHIPPED_POLICIES: readonly ShippedPolicy[] = [
  service({
    code: 'acknowledgement',
    name: 'Conferma di ricezione',
    clock: 'acknowledgement',
    term: workingDays(1),
    source: LOCAL,
  }),
  service({
    code: 'take_charge',
    name: 'Presa in carico',
    clock: 'take_charge',
    term: workingDays(3),
    warnBefore: workingDays(1),
    ladder: [
      { to: 'assignee', when: 'before', after: workingDays(1) },
      AT_THE_TERM,
      // Ten days without anybody taking charge: the head is urged; fifteen: it goes up.
      { to: 'office_head', when: 'after', after: days(7) },
      { to: 'director', when: 'after', after: days(12) },
    ],
    source: LOCAL,
  }),
  service({
    code: 'first_reply',
    name: 'Prima risposta',
    clock: 'first_reply',
    term: days(15),
    warnBefore: workingDays(3),
    ladder: [AT_THE_TERM, THEN_THE_HEAD],
    source: LOCAL,
  }),
  service({
    code: 'resolution',
    name: 'Conclusione della pratica',
    clock: 'resolution',
    kinds: ['information', 'assistance', 'report', 'complaint', 'improvement_proposal'],
    term: days(30),
    warnBefore: workingDays(5),
    extension: days(30),
    ladder: [REMIND_BEFORE, AT_THE_TERM, THEN_THE_HEAD, THEN_THE_DIRECTOR],
    source: LOCAL,
  }),
  byLaw({
    code: 'resolution.proceeding',
    name: 'Conclusione del procedimento',
    kinds: ['proceeding'],
    term: days(30),
    suspension: { times: 1, days: 30 },
    extension: days(30),
    effectOnExpiry: 'silent_failure',
    ladder: [REMIND_BEFORE, AT_THE_TERM, { ...THEN_THE_HEAD, after: days(0) }, WHO_STEPS_IN],
    source: 'L. 241/1990, art. 2 e 2, c. 9-bis (confirm)',
  }),
  byLaw({
    code: 'resolution.document_access',
    name: 'Accesso ai documenti',
    kinds: ['document_access'],
    term: days(30),
    suspension: { times: 1, days: 10 },
    effectOnExpiry: 'silent_refusal',
    ladder: [REMIND_BEFORE, AT_THE_TERM, { ...THEN_THE_HEAD, after: days(0) }],
    source: 'L. 241/1990, art. 22-25 (confirm)',
  }),
  byLaw({
    code: 'resolution.civic_access',
    name: 'Accesso civico semplice',
    kinds: ['civic_access'],
    term: days(30),
    effectOnExpiry: 'silent_failure',
    ladder: [REMIND_BEFORE, AT_THE_TERM, { ...THEN_THE_HEAD, after: days(0) }, WHO_STEPS_IN],
    source: 'D.lgs. 33/2013, art. 5 (confirm)',
  }),
  byLaw({
    code: 'resolution.foia',
    name: 'Accesso civico generalizzato',
    kinds: ['foia'],
    term: days(30),
    suspension: { times: 1, days: 10 },
    effectOnExpiry: 'silent_failure',
    ladder: [REMIND_BEFORE, AT_THE_TERM, { ...THEN_THE_HEAD, after: days(0) }],
    source: 'D.lgs. 33/2013, art. 5 (confirm)',
  }),
  byLaw({
    code: 'resolution.accessibility_report',
    name: 'Segnalazione di accessibilità',
    kinds: ['accessibility_report'],
    term: days(30),
    ladder: [REMIND_BEFORE, AT_THE_TERM, THEN_THE_HEAD],
    source: 'L. 4/2004, art. 3-quinquies (confirm)',
  }),
  byLaw({
    code: 'resolution.data_subject_request',
    name: 'Esercizio dei diritti sui dati personali',
    kinds: ['data_subject_request'],
    term: { amount: 1, unit: 'calendar_months' },
    extension: { amount: 2, unit: 'calendar_months' },
    ladder: [REMIND_BEFORE, AT_THE_TERM, THEN_THE_HEAD],
    source: 'Reg. (UE) 2016/679, art. 12 (confirm)',
  }),
  service({
    code: 'task',
    name: 'Quesito a un altro ufficio',
    clock: 'task',
    term: workingDays(5),
    warnBefore: workingDays(1),
    extension: days(30),
    ladder: [{ ...REMIND_BEFORE, after: workingDays(1) }, AT_THE_TERM, { ...THEN_THE_HEAD, after: workingDays(2) }],
    source: LOCAL,
  }),
];
