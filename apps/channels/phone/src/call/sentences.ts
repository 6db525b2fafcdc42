type Sentence = (told: { readonly number?: string; readonly position?: number; readonly minutes?: number }) => string;

/** What the system says by itself, beside the words of the flow: Italian, and English for who chose it. */
const ITALIAN = {
  recorded: () => 'La chiamata sarà registrata. Se non vuoi, dillo all’operatore.',
  transcribed: () => 'Le tue parole saranno trascritte.',
  recordedAndTranscribed: () =>
    'La chiamata sarà registrata e le tue parole saranno trascritte. Se non vuoi, dillo all’operatore.',
  callbackHere: () =>
    'Per essere richiamato al numero da cui chiami premi 1 e poi cancelletto, oppure digita un altro numero e poi cancelletto.',
  callbackElsewhere: () => 'Digita il numero italiano a cui vuoi essere richiamato, e poi cancelletto.',
  callbackTaken: ({ number = '' }) => `Ti richiameremo al numero ${number}. Arrivederci.`,
  messageTaken: () => 'Grazie, il tuo messaggio è stato registrato. Arrivederci.',
  position: ({ position = 1 }) => `Sei in posizione ${position}.`,
  estimate: ({ minutes = 1 }) => `L’attesa stimata è di circa ${minutes} minut${minutes === 1 ? 'o' : 'i'}.`,
  offer: () => 'Premi 1 per essere richiamato.',
  nowClosed: () => 'Gli uffici sono ora chiusi.',
  sorry: () => 'Ci scusiamo, in questo momento non riusciamo a rispondere. Richiama tra qualche minuto.',
  weCall: () => 'Ti chiamiamo dal Comune: ti mettiamo in contatto con un operatore.',
  weCallBack: () => 'Ti richiamiamo dal Comune, come hai chiesto. Ti mettiamo in contatto con un operatore.',
  nobodyFree: () => 'L’operatore non è al momento disponibile. Ci scusiamo: ti richiameremo.',
  goodbye: () => 'Arrivederci.',
} satisfies Record<string, Sentence>;

export type SentenceName = keyof typeof ITALIAN;

const ENGLISH: Readonly<Record<SentenceName, Sentence>> = {
  recorded: () => 'This call will be recorded. If you do not wish so, please tell the operator.',
  transcribed: () => 'Your words will be transcribed.',
  recordedAndTranscribed: () =>
    'This call will be recorded and your words transcribed. If you do not wish so, please tell the operator.',
  callbackHere: () =>
    'To be called back at the number you are calling from press 1 and then hash, or key in another number and then hash.',
  callbackElsewhere: () => 'Key in the Italian number at which you wish to be called back, and then hash.',
  callbackTaken: ({ number = '' }) => `We will call you back at ${number}. Goodbye.`,
  messageTaken: () => 'Thank you, your message was recorded. Goodbye.',
  position: ({ position = 1 }) => `You are number ${position} in the queue.`,
  estimate: ({ minutes = 1 }) => `The estimated wait is about ${minutes} minute${minutes === 1 ? '' : 's'}.`,
  offer: () => 'Press 1 to be called back.',
  nowClosed: () => 'The offices are now closed.',
  sorry: () => 'We are sorry, we cannot answer right now. Please call again in a few minutes.',
  weCall: () => 'This is the town hall: we are connecting you to an operator.',
  weCallBack: () => 'This is the town hall, calling you back as you asked. We are connecting you to an operator.',
  nobodyFree: () => 'The operator is not available right now. We are sorry: we will call you again.',
  goodbye: () => 'Goodbye.',
};

/** A sentence of the system in the caller's language. */
export const sentence = (name: SentenceName, language: string, told: Parameters<Sentence>[0] = {}): string =>
  (language.startsWith('en') ? ENGLISH : (ITALIAN as Readonly<Record<SentenceName, Sentence>>))[name](told);
