import { randomUUID } from 'node:crypto';
import { urlOf, type Surroundings } from '../system/services.js';
import type { Line } from './page/model.js';
import type { Citizen } from './personas.js';
import { WrongRequest } from './wrong-request.js';

/** The forms that a citizen fills in here. */
export const DESK_FORMS = ['segnalazione', 'richiesta-informazioni'] as const;
export type DeskForm = (typeof DESK_FORMS)[number];

/** The citizen at the administration's form. */
export class WebformDesk {
  private readonly sent = new Map<string, Line[]>();

  constructor(private readonly around: Surroundings) {}

  of(citizenId: string): readonly Line[] {
    return this.sent.get(citizenId) ?? [];
  }

  /** Fills the form in. Throws `WrongRequest` with what the form says when it is refused. */
  async submit(
    citizen: Citizen,
    said: {
      readonly form: DeskForm;
      readonly subject: string;
      readonly description: string;
      readonly place: string;
      /** What it is about, of the choices of the form; empty when nothing was chosen. */
      readonly category: string;
    },
  ): Promise<void> {
    const response = await fetch(`${urlOf('webform', this.around.ports)}/public/forms/${said.form}/submissions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
      body: JSON.stringify({
        fields: {
          ...(said.category ? { categoria: said.category } : {}),
          oggetto: said.subject,
          descrizione: said.description,
          ...(said.place ? { luogo: said.place } : {}),
          nome: citizen.name,
          email: citizen.email,
        },
      }),
      signal: AbortSignal.timeout(20_000),
    });
    const answer = (await response.json()) as Readonly<Record<string, unknown>>;
    if (!response.ok)
      throw new WrongRequest(
        typeof answer.detail === 'string' ? answer.detail : `Il modulo risponde ${response.status}.`,
      );
    const lines = this.sent.get(citizen.id) ?? [];
    lines.push({
      id: randomUUID(),
      at: new Date().toISOString(),
      by: 'citizen',
      subject: said.subject,
      text: said.description,
      note: `Ricevuta. Codice per seguirla: ${String(answer.trackingCode)}`,
    });
    this.sent.set(citizen.id, lines);
  }
}
