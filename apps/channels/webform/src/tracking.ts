import { Pace, problemAnswer, type Host } from '@filodiretto/channel-kit';
import { codeKey } from './submissions.js';
import { LEAST_MS, NOBODYS, typedCode } from './tracking-code.js';

/** As citizens read the states of a case. */
const STATES: Readonly<Record<string, string>> = {
  received: 'Ricevuta',
  triage: 'Ricevuta: si sta decidendo quale ufficio la segue',
  assigned: 'Assegnata a un ufficio',
  in_charge: 'In carico',
  scheduled: 'Intervento programmato',
  waiting_citizen: 'In attesa di una tua risposta',
  waiting_third: 'In attesa di un altro ente',
  suspended: 'Sospesa',
  resolved: 'Risolta',
  closed: 'Chiusa',
  rejected: 'Respinta',
  duplicate: 'Unita a un’altra segnalazione',
  withdrawn: 'Annullata',
};

const HELD = 'Ricevuta: la stiamo guardando, tra poco avrà il suo numero';

/** Says what became of a submission to who holds its code, and nothing to who guesses. */
export class Tracking {
  private readonly pace: Pace;
  constructor(
    private readonly host: Host,
    perMinute: number,
  ) {
    this.pace = new Pace(perMinute);
  }

  /** Counts one more who shows a code. Says whether it is too many. */
  tooMany(client: string): boolean {
    return this.pace.tooMany(client);
  }

  async answer(typed: string, client: string): Promise<Response> {
    if (this.tooMany(client)) return tooManyAnswer();
    const [answer] = await Promise.all([this.look(typed), new Promise(resolve => setTimeout(resolve, LEAST_MS))]);
    return answer;
  }

  private async look(typed: string): Promise<Response> {
    const code = typedCode(typed);
    const [found, given] = await Promise.all([
      this.host.tracking(code ?? NOBODYS),
      this.host.state.get<object>(codeKey(code ?? NOBODYS)),
    ]);
    if (code && found?.found) {
      const state = found.state ?? 'received';
      return answerOf({
        trackingCode: code,
        state,
        says: STATES[state] ?? state,
        ...(found.caseNumber ? { caseNumber: found.caseNumber } : {}),
        ...(found.office ? { office: found.office } : {}),
      });
    }
    // It is held, and not a case yet: on its way, or looked at by a person first.
    if (code && given) return answerOf({ trackingCode: code, state: 'received', says: HELD });
    if (!found)
      return problemAnswer({
        name: 'temporarily-unavailable',
        detail: 'In questo momento non possiamo dirti a che punto è. Riprova tra poco.',
        retryAfter: 5,
      });
    return problemAnswer({
      name: 'not-found',
      detail: 'Nessuna richiesta ha questo codice. Controlla di averlo scritto bene.',
    });
  }
}

export const tooManyAnswer = (): Response =>
  problemAnswer({ name: 'too-many-requests', detail: 'Troppe richieste: riprova tra un minuto.', retryAfter: 60 });

const answerOf = (body: object): Response => Response.json(body, { headers: { 'cache-control': 'no-store' } });
