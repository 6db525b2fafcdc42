/** What whoever writes is told when a message cannot be taken as it is; a language a value of the same shape. */
export interface Words {
  readonly unreadable: string;
  readonly id: string;
  readonly empty: string;
  readonly tooLong: (most: number) => string;
  readonly choice: string;
  readonly email: string;
  readonly emailMissing: string;
  readonly name: string;
  readonly cannot: string;
  readonly otherWords: string;
}

const IT: Words = {
  unreadable: 'Il messaggio inviato non si può leggere.',
  id: 'Serve un UUID, lo stesso a ogni nuovo invio.',
  empty: 'Scrivi il messaggio.',
  tooLong: most => `Il messaggio può avere al massimo ${most} caratteri.`,
  choice: 'Questa risposta non è fra quelle proposte.',
  email: 'Scrivi un indirizzo e-mail valido, per esempio nome@esempio.it.',
  emailMissing: 'Scrivi l’indirizzo a cui mandare la conversazione.',
  name: 'Il nome può avere al massimo 120 caratteri.',
  cannot: 'Il messaggio non si può inviare così.',
  otherWords: 'Questo messaggio è già stato inviato con altre parole.',
};
const EN: Words = {
  unreadable: 'The message cannot be read.',
  id: 'A UUID is needed, the same each time it is sent.',
  empty: 'Write the message.',
  tooLong: most => `The message may have ${most} characters at most.`,
  choice: 'This answer is not one of those offered.',
  email: 'Write a valid e-mail address, for example name@example.com.',
  emailMissing: 'Write the address to send the conversation to.',
  name: 'The name may have 120 characters at most.',
  cannot: 'The message cannot be sent like this.',
  otherWords: 'This message was sent already with other words.',
};
/** The words in the language of a page; Italian for any other. */
export const wordsIn = (language: string | undefined): Words => (language?.startsWith('en') ? EN : IT);
