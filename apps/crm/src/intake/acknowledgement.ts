import type { Part } from '@filodiretto/contracts';

/** What a citizen is told, once, when their matter gets its number. */
export const acknowledgement = (caseNumber: string): Part[] => [
  {
    type: 'text',
    text: [
      'Gentile utente,',
      '',
      `abbiamo ricevuto il Suo messaggio e aperto la pratica n. ${caseNumber}.`,
      'La risposta Le arriverà qui appena possibile. Per aggiungere informazioni basta rispondere a questo messaggio.',
      '',
      'Questo messaggio è stato inviato automaticamente.',
    ].join('\n'),
  },
];
