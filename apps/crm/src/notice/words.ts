import type { Notice } from '@filodiretto/domain';

interface NoticeWords {
  readonly text: string;
  readonly shortText: string;
}

const hello = 'Gentile {{ contact.name | default: "utente" }},\n\n';
const until = '{% if case.dueDate %}\nRisposta prevista entro {{ case.dueDate | article }}.{% endif %}';
const follow =
  '{% if case.trackingLink %}\n\nPer seguire la pratica: {{ case.trackingLink }}\nCodice per seguirla: {{ case.trackingCode }}{% endif %}';
const followShort = '{% if case.trackingLink %}\nPer seguirla: {{ case.trackingLink }}{% endif %}';
const bye = `\n\nPer aggiungere informazioni basta rispondere a questo messaggio.${follow}\n\nQuesto messaggio è stato inviato automaticamente.`;
const about = 'pratica n. {{ case.number }} («{{ case.subject }}»)';

/** What is said where an administration has no template of the notice's code. Italian. */
export const SHIPPED_NOTICES: Readonly<Record<Notice, NoticeWords>> = {
  acknowledged: {
    text: `${hello}abbiamo ricevuto la tua richiesta e aperto la ${about}.{% if office.name %}\nLa pratica è presso: {{ office.name }}.{% endif %}${until}${bye}`,
    shortText: `Richiesta ricevuta: pratica {{ case.number }}{% if case.dueDate %}, risposta entro {{ case.dueDate | article }}{% endif %}.${followShort}`,
  },
  taken_in_charge: {
    text: `${hello}la ${about} è stata presa in carico{% if office.name %} da: {{ office.name }}{% endif %}.${until}${bye}`,
    shortText: `Pratica {{ case.number }} presa in carico{% if office.name %} da {{ office.name }}{% endif %}{% if case.dueDate %}, risposta entro {{ case.dueDate | article }}{% endif %}.${followShort}`,
  },
  transferred: {
    text: `${hello}la ${about} è passata{% if office.name %} a: {{ office.name }}{% else %} a un altro ufficio{% endif %}.${until}${bye}`,
    shortText: `Pratica {{ case.number }} passata a {{ office.name | default: "un altro ufficio" }}{% if case.dueDate %}, risposta entro {{ case.dueDate | article }}{% endif %}.${followShort}`,
  },
  extended: {
    text: `${hello}per la ${about} serve più tempo.{% if case.dueDate %}\nLa risposta è ora prevista entro {{ case.dueDate | article }}.{% endif %}${bye}`,
    shortText: `Pratica {{ case.number }}: serve più tempo{% if case.dueDate %}, risposta entro {{ case.dueDate | article }}{% endif %}.${followShort}`,
  },
};
