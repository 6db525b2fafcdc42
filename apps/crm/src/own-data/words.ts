import { withArticle } from '@filodiretto/domain';

interface Letter {
  readonly subject: string;
  /** `code` and `link` are put in where it leaves; what is kept of it has neither. */
  readonly text: (said: { readonly code: string; readonly link: string; readonly until: Date }) => string;
}

const HOUR = new Intl.DateTimeFormat('it-IT', { timeZone: 'Europe/Rome', hour: '2-digit', minute: '2-digit' });
const hourOf = (at: Date): string => HOUR.format(at);

const ITALIAN: Letter = {
  subject: 'Il codice per vedere i tuoi dati',
  text: ({ code, link, until }) => `Buongiorno,

è stato chiesto di vedere che cosa conserviamo di questo indirizzo. Il codice è:

${code}

Si scrive nella pagina da cui è stato chiesto, oppure si apre questo indirizzo:
${link}

Il codice vale fino alle ${hourOf(until)} e una volta sola. Se questo messaggio è arrivato più tardi, se ne chiede un altro dalla stessa pagina. Chi non l’ha chiesto può ignorare questo messaggio: senza il codice nessuno vede nulla. Non va dato a nessuno, nemmeno a chi dice di chiamare dai nostri uffici.`,
};
const ENGLISH: Letter = {
  subject: 'The code to see your data',
  text: ({ code, link, until }) => `Good morning,

somebody asked to see what we keep of this address. The code is:

${code}

Type it into the page where it was asked for, or open this address:
${link}

The code is good until ${hourOf(until)} Italian time, and once. If this message came later, ask for another on the same page. If you did not ask for it, ignore this message: without the code nobody sees anything. Give it to nobody, not even to who says they call from our offices.`,
};

/** The letter with a one-time code, in the language it was asked in where there is one. */
export const codeLetter = (language: string): Letter => (language === 'en' ? ENGLISH : ITALIAN);

/** What stands in a kept letter where the code was. */
export const NO_CODE = '••••-••••-••••-••••';

/** The receipt of what somebody asked of their data. */
export const receiptOf = (what: string, number: string, dueDate: string | null): string =>
  `Buongiorno,

abbiamo ricevuto la tua richiesta sui dati personali: ${what}. Il numero è ${number}.${
    dueDate === null ? '' : `\nLa risposta arriva entro ${withArticle(dueDate)}.`
  }

Se non l’hai chiesto tu, rispondi a questo messaggio.`;
