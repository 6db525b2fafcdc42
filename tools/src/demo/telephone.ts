import type { HeardLine, SimulatedCall, TextMessage, TwilioSimulator } from '@filodiretto/simulators';
import type { Line, PhoneCall } from './page/model.js';
import type { Citizen } from './personas.js';
import { WrongRequest } from './wrong-request.js';

/** The telephones of the citizens: calls, heard as text, and text messages. */
export class Telephone {
  constructor(private readonly twilio: TwilioSimulator) {}

  /** Makes a citizen's telephone known: when it is called, it is answered and the call accepted. */
  welcome({ telephone }: Citizen): void {
    this.twilio.phones.set(telephone, { answers: 'yes', afterSeconds: 2, keys: '1', says: [], who: 'citizen' });
  }

  /** The citizen's last call, made or received. */
  call(citizen: Citizen): PhoneCall | undefined {
    const call = this.last(citizen);
    return call && { state: call.state, keys: call.hears.keys, listening: call.hears.words, lines: lines(call) };
  }

  /** Text messages from and to the citizen, oldest first. */
  texts({ telephone }: Citizen): Line[] {
    return this.twilio.texts(telephone).map(textLine);
  }

  write({ telephone }: Citizen, body: string): void {
    this.twilio.text({ from: telephone, body });
  }

  place(citizen: Citizen): void {
    if (this.active(citizen)) throw new WrongRequest('C’è già una chiamata in corso.');
    this.twilio.placeCall({ from: citizen.telephone });
  }

  press(citizen: Citizen, keys: string): void {
    if (!/^[0-9*#]+$/.test(keys))
      throw new WrongRequest('Il telefono ha solo i tasti da 0 a 9, asterisco e cancelletto.');
    this.inHand(citizen).press(keys);
  }

  speak(citizen: Citizen, words: string): void {
    this.inHand(citizen).speak(words);
  }

  hangUp(citizen: Citizen): void {
    this.inHand(citizen).hangUp();
  }

  private last({ telephone }: Citizen): SimulatedCall | undefined {
    return this.twilio.calls().findLast(({ from, to }) => from === telephone || to === telephone);
  }

  private active(citizen: Citizen): SimulatedCall | undefined {
    const call = this.last(citizen);
    return call?.state === 'ended' ? undefined : call;
  }

  private inHand(citizen: Citizen): SimulatedCall {
    const call = this.active(citizen);
    if (!call) throw new WrongRequest('Non c’è nessuna chiamata in corso.');
    return call;
  }
}

const lines = ({ sid, transcript }: SimulatedCall): Line[] =>
  transcript.map((heard, index) => ({
    id: `${sid}-${index}`,
    at: heard.at,
    by: heard.who === 'citizen' ? 'citizen' : 'administration',
    text: wordsOf(heard),
    ...(heard.who === 'operator' ? { address: 'un operatore' } : {}),
  }));

function wordsOf({ kind, text }: HeardLine): string {
  if (kind === 'played') return '[musica]';
  return kind === 'key' ? `[tasto ${text}]` : text;
}

const STATES: Readonly<Record<TextMessage['status'], string>> = {
  received: 'ricevuto',
  queued: 'in viaggio',
  sent: 'spedito',
  delivered: 'consegnato',
  undelivered: 'non consegnato',
  failed: 'non consegnato',
};

const textLine = ({ sid, at, direction, body, status }: TextMessage): Line => ({
  id: sid,
  at,
  by: direction === 'inbound' ? 'citizen' : 'administration',
  text: body,
  ...(direction === 'inbound' ? {} : { note: STATES[status] }),
});
