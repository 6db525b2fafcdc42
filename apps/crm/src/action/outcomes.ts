import type { Outcome } from '@filodiretto/contracts';

/** How outcomes are called on pages and in notes. Italian. */
export const OUTCOME_NAMES: Readonly<Record<Outcome, string>> = {
  positive: 'Esito positivo',
  partial: 'Esito parziale',
  negative: 'Esito negativo',
  not_applicable: 'Senza esito',
};

/** The reasons that a page offers, by outcome. Italian. */
export const REASONS: readonly (readonly [Outcome, readonly (readonly [string, string])[]])[] = [
  [
    'positive',
    [
      ['done', 'Fatto'],
      ['information_given', 'Informazione data'],
      ['already_solved', 'Già risolto'],
      ['granted', 'Accolto'],
    ],
  ],
  [
    'partial',
    [
      ['partly_done', 'Fatto in parte'],
      ['partly_granted', 'Accolto in parte'],
    ],
  ],
  [
    'negative',
    [
      ['refused', 'Respinto'],
      ['unfounded', 'Non fondato'],
      ['not_feasible', 'Non realizzabile'],
      ['no_resources', 'Mancano le risorse'],
    ],
  ],
];

const REASON_NAMES = new Map(REASONS.flatMap(([, reasons]) => reasons));

/** The name of a reason; one of an administration's own is its code. */
export const reasonName = (reason = ''): string => REASON_NAMES.get(reason) ?? reason;

/** The name of a reason as its citizen reads it; of what an administration added, or what the state says already, none. */
export const toldReason = (reason: string | null): string | undefined =>
  reason === 'no_answer_from_citizen' ? 'Senza la risposta che avevamo chiesto' : REASON_NAMES.get(reason ?? '');

/** How the outcomes of a question to another office are called. Italian. */
export const TASK_OUTCOME_NAMES: Readonly<Record<Outcome, string>> = {
  positive: 'Fatto',
  partial: 'Fatto in parte',
  negative: 'Non è possibile',
  not_applicable: 'Non serve',
};
