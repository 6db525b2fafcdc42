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
const machine = '\n\nQuesto messaggio è stato inviato automaticamente.';
const bye = `\n\nPer aggiungere informazioni basta rispondere a questo messaggio.${follow}${machine}`;
const answered = '{% if case.dueDate %}entro {{ case.dueDate | article }}{% else %}appena possibile{% endif %}';
const about = 'pratica n. {{ case.number }} («{{ case.subject }}»)';

/** What is said where an administration has no template of the notice's code. Italian. */
export const SHIPPED_NOTICES: Readonly<Record<Notice, NoticeWords>> = {
  acknowledged: {
    text: `${hello}abbiamo ricevuto il tuo messaggio e aperto la pratica n. {{ case.number }}.{% if office.name %}\nLa pratica è presso: {{ office.name }}.{% endif %}\nLa risposta ti arriverà qui ${answered}. Per aggiungere informazioni basta rispondere a questo messaggio.${follow}${machine}`,
    shortText: `Richiesta ricevuta: pratica {{ case.number }}{% if office.name %}, presso {{ office.name }}{% endif %}. Risposta qui ${answered}.${followShort}`,
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
