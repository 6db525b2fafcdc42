/** What the widget says, a language a value of the same shape. */
export interface Words {
  readonly button: string;
  readonly unread: (count: number) => string;
  readonly title: string;
  readonly close: string;
  /** Above the links to the citizens' pages. */
  readonly services: string;
  readonly report: string;
  readonly assistance: string;
  readonly follow: string;
  readonly chat: string;
  readonly messages: string;
  readonly message: string;
  readonly hint: string;
  readonly send: string;
  readonly me: string;
  readonly office: string;
  readonly automatic: string;
  readonly waiting: string;
  readonly offline: string;
  readonly away: string;
  readonly attended: string;
  readonly unattended: string;
  readonly closed: string;
  readonly closedUntil: (when: string) => string;
  readonly writing: string;
  readonly wait: string;
  readonly attach: string;
  /** Of a file that is chosen and can be left out again. */
  readonly without: (name: string) => string;
  readonly download: (name: string) => string;
  readonly lost: string;
  readonly tooLarge: string;
  readonly choices: string;
  readonly gone: string;
  readonly transcript: string;
  readonly email: string;
  readonly ask: string;
  readonly asked: string;
  readonly privacy: string;
}

export const IT: Words = {
  button: 'Scrivi al Comune',
  unread: count => (count === 1 ? '1 messaggio nuovo' : `${count} messaggi nuovi`),
  title: 'Come possiamo aiutarti?',
  close: 'Chiudi',
  services: 'Servizi del Comune',
  report: 'Segnala un problema',
  assistance: 'Richiedi assistenza',
  follow: 'Segui una pratica',
  chat: 'Chat',
  messages: 'Messaggi',
  message: 'Il tuo messaggio',
  hint: 'Invio per inviare, Maiuscole e Invio per andare a capo.',
  send: 'Invia',
  me: 'Tu',
  office: 'Comune',
  automatic: 'Comune, messaggio automatico',
  waiting: 'in attesa di invio',
  offline: 'Sei senza connessione. Quello che scrivi resta qui e parte da solo quando torna.',
  away: 'La chat non risponde. Quello che scrivi resta qui e parte da solo appena possibile.',
  attended: 'C’è qualcuno: di solito rispondiamo in pochi minuti.',
  unattended: 'Siamo aperti, ma ora nessuno è libero. Scrivi: ti rispondiamo qui.',
  closed: 'Ora siamo chiusi. Lascia un messaggio: ti rispondiamo qui.',
  closedUntil: when => `Ora siamo chiusi: riapriamo ${when}. Lascia un messaggio: ti rispondiamo qui.`,
  writing: 'Il Comune sta scrivendo…',
  wait: 'Aspetta un momento: il messaggio parte da solo.',
  attach: 'Allega foto o PDF',
  without: name => `Togli ${name}`,
  download: name => `Scarica ${name}`,
  lost: 'Il file non è arrivato: la connessione si interrompe. Riprova, o mandane uno più piccolo.',
  tooLarge: 'I file superano 25 MB in tutto: togline uno, o mandali in più messaggi.',
  choices: 'Risposte possibili',
  gone: 'Il file non si può scaricare ora. Riprova tra poco.',
  transcript: 'Ricevi la conversazione per e-mail',
  email: 'Il tuo indirizzo e-mail',
  ask: 'Chiedi',
  asked: 'Richiesta inviata. Te la mandiamo quando è finita, anche se chiudi la pagina.',
  privacy: 'Come trattiamo i tuoi dati',
};

export const EN: Words = {
  button: 'Write to us',
  unread: count => (count === 1 ? '1 new message' : `${count} new messages`),
  title: 'How can we help you?',
  close: 'Close',
  services: 'Services',
  report: 'Report a problem',
  assistance: 'Ask for assistance',
  follow: 'Follow a case',
  chat: 'Chat',
  messages: 'Messages',
  message: 'Your message',
  hint: 'Enter to send, Shift and Enter for a new line.',
  send: 'Send',
  me: 'You',
  office: 'Municipality',
  automatic: 'Municipality, automatic message',
  waiting: 'waiting to be sent',
  offline: 'You are offline. What you write stays here and leaves by itself when you are back.',
  away: 'The chat does not answer. What you write stays here and leaves by itself as soon as it can.',
  attended: 'Somebody is here: we usually answer in a few minutes.',
  unattended: 'We are open, but nobody is free just now. Write to us: the answer comes here.',
  closed: 'We are closed now. Leave a message: the answer comes here.',
  closedUntil: when => `We are closed now, and open again ${when}. Leave a message: the answer comes here.`,
  writing: 'The municipality is writing…',
  wait: 'Wait a moment: the message leaves by itself.',
  attach: 'Attach photos or PDF',
  without: name => `Remove ${name}`,
  download: name => `Download ${name}`,
  lost: 'The file did not arrive: the connection is cut. Try again, or send a smaller one.',
  tooLarge: 'The files have more than 25 MB in all: remove one, or send them in more messages.',
  choices: 'Possible answers',
  gone: 'The file cannot be downloaded now. Try again shortly.',
  transcript: 'Get the conversation by e-mail',
  email: 'Your e-mail address',
  ask: 'Ask for it',
  asked: 'Your request was sent. You get it once it is over, also if you close the page.',
  privacy: 'How we treat your data',
};
