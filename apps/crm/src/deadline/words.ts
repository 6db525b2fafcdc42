import type { DeadlineClock, EffectOnExpiry, EscalationStep } from '@filodiretto/contracts/model';

/** What offices read about terms. Italian, plain; never a word of the citizen's. */
export interface Urged {
  readonly number: string;
  readonly subject: string;
  readonly clock: DeadlineClock;
  /** Name of the policy, as the administration calls it. */
  readonly promise: string;
  readonly dueAt: Date;
  readonly late: boolean;
  readonly office: string | null;
  readonly effect: EffectOnExpiry;
  readonly to: EscalationStep;
  readonly reassigned: boolean;
}

const DAY = new Intl.DateTimeFormat('it-IT', {
  timeZone: 'Europe/Rome',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
});
const HOUR = new Intl.DateTimeFormat('it-IT', { timeZone: 'Europe/Rome', hour: '2-digit', minute: '2-digit' });

/** A term as one says it: a term that ends at midnight ends with the day before. */
export function termOf(dueAt: Date): string {
  const midnight = HOUR.format(dueAt) === '00:00';
  return midnight ? DAY.format(new Date(dueAt.getTime() - 1)) : `${DAY.format(dueAt)}, ore ${HOUR.format(dueAt)}`;
}

const EFFECTS: Readonly<Record<EffectOnExpiry, string | null>> = {
  none: null,
  silent_consent: 'Alla scadenza il silenzio vale assenso.',
  silent_refusal: 'Alla scadenza il silenzio vale rifiuto.',
  silent_failure: 'Alla scadenza il silenzio vale inadempimento.',
};

const TO_DO: Readonly<Record<DeadlineClock, string>> = {
  acknowledgement: 'confermare al cittadino che la richiesta è arrivata',
  take_charge: 'prendere in carico la pratica, o indicare che non è di competenza',
  first_reply: 'dare al cittadino una prima risposta',
  resolution: 'chiudere la pratica con un esito',
  task: 'rispondere al quesito',
};

/** A reminder, or a case that goes up: to whom, what is to be done, by when, and what follows. */
export function urging(said: Urged): { subject: string; text: string } {
  const term = termOf(said.dueAt);
  const up = said.to !== 'assignee';
  const effect = EFFECTS[said.effect];
  return {
    subject: up
      ? `Pratica in ritardo: ${said.promise}`
      : said.late
        ? `Termine scaduto: ${said.promise}`
        : `Promemoria: ${said.promise} entro il ${term}`,
    text: [
      `Pratica n. ${said.number}: ${said.subject}`,
      '',
      said.late ? `Il termine era: ${term}.` : `Il termine è: ${term}.`,
      `Resta da fare: ${TO_DO[said.clock]}.`,
      ...(said.office ? [`La pratica è presso: ${said.office}.`] : ['Nessun ufficio ha ancora la pratica.']),
      ...(effect ? [effect] : []),
      ...(said.reassigned
        ? ['', 'In quanto titolare del potere sostitutivo, la pratica ti è stata assegnata.']
        : up
          ? ['', 'Ti scriviamo perché chi doveva provvedere non lo ha fatto nel termine.']
          : []),
    ].join('\n'),
  };
}
