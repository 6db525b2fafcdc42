import type { Part } from '@filodiretto/contracts';

/** What a citizen is told, once, when their matter gets its number: that there is one, and who holds it. */
export const acknowledgement = (caseNumber: string, office: string | undefined): Part[] => [
  {
    type: 'text',
    text: [
      'Gentile utente,',
      '',
      `abbiamo ricevuto il Suo messaggio e aperto la pratica n. ${caseNumber}.`,
      ...(office ? [`La pratica è presso: ${office}.`] : []),
      'La risposta Le arriverà qui appena possibile. Per aggiungere informazioni basta rispondere a questo messaggio.',
      '',
      'Questo messaggio è stato inviato automaticamente.',
    ].join('\n'),
  },
];
