import { plainToInstance } from 'class-transformer';
import { CallFlow } from './flow.js';

/** The flow of a small town hall: greeting, hours, a menu, one queue, and a voice mailbox when nobody is there. */
export const defaultFlow: CallFlow = plainToInstance(CallFlow, {
  start: 'benvenuto',
  timeZone: 'Europe/Rome',
  languages: ['it-IT', 'en-GB'],
  steps: [
    {
      id: 'benvenuto',
      type: 'say',
      next: 'orari',
      text: { 'it-IT': 'Benvenuti al Comune.', 'en-GB': 'Welcome to the town hall.' },
    },
    {
      id: 'orari',
      type: 'hours',
      open: 'menu',
      closed: 'chiuso',
      holidays: true,
      hours: [
        { days: [1, 2, 3, 4, 5], from: '08:00', to: '19:00' },
        { days: [6], from: '08:00', to: '13:00' },
      ],
    },
    {
      id: 'menu',
      type: 'menu',
      retries: 2,
      next: 'attesa',
      text: {
        'it-IT':
          'Per anagrafe e stato civile premi 1. Per i tributi premi 2. Per segnalare un disservizio premi 3. Per lasciare un messaggio premi 8. Per parlare con un operatore premi 0. For English, press 9.',
        'en-GB':
          'For the registry office press 1. For local taxes press 2. To report a fault press 3. To leave a message press 8. To speak to an operator press 0. Per l’italiano premi 7.',
      },
      keys: [
        { key: '1', next: 'attesa', category: 'carta_identita' },
        { key: '2', next: 'attesa', category: 'tributi' },
        { key: '3', next: 'attesa', category: 'strade' },
        { key: '8', next: 'segreteria' },
        { key: '0', next: 'attesa' },
        { key: '9', next: 'menu', language: 'en-GB' },
        { key: '7', next: 'menu', language: 'it-IT' },
      ],
    },
    {
      id: 'attesa',
      type: 'queue',
      queue: 'urp',
      next: 'richiamata',
      text: {
        'it-IT': 'Ti mettiamo in contatto con un operatore. Resta in linea.',
        'en-GB': 'We are connecting you to an operator. Please hold.',
      },
    },
    {
      id: 'richiamata',
      type: 'callback',
      text: {
        'it-IT': 'Ti richiameremo senza che tu perda il posto in coda.',
        'en-GB': 'We will call you back, and you keep your place in the queue.',
      },
    },
    {
      id: 'chiuso',
      type: 'say',
      next: 'segreteria',
      text: {
        'it-IT':
          'Gli uffici sono chiusi. Siamo aperti dal lunedì al venerdì dalle 8 alle 19 e il sabato dalle 8 alle 13.',
        'en-GB': 'The offices are closed. We are open Monday to Friday from 8 to 7 and Saturday from 8 to 1.',
      },
    },
    {
      id: 'segreteria',
      type: 'voicemail',
      seconds: 120,
      text: {
        'it-IT': 'Lascia un messaggio dopo il segnale: sarà registrato e aprirà una pratica.',
        'en-GB': 'Leave a message after the tone: it will be recorded and will open a case.',
      },
    },
  ],
});
