import type { CitizenSide, Opening } from './model.js';

/** The server refused; its words are for the citizen. */
export class Refused extends Error {}

async function json<T>(response: Response): Promise<T> {
  const body: unknown = await response.json();
  if (response.ok) return body as T;
  const mistake = (body as { mistake?: unknown }).mistake;
  throw new Refused(typeof mistake === 'string' ? mistake : 'Non è riuscito.');
}

export const opening = async (): Promise<Opening> => json(await fetch('/api/opening'));

/** The citizen does something. Resolves with what they see afterwards; throws `Refused`. */
export async function act(
  persona: string,
  action: string,
  body: Readonly<Record<string, string>>,
): Promise<CitizenSide> {
  let response: Response;
  try {
    response = await fetch(`/api/citizens/${persona}/${action}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  } catch {
    throw new Refused('Il sistema non risponde: è ancora in funzione?');
  }
  return json(response);
}

/** Follows what a citizen sees, until it is closed. */
export function follow(
  persona: string,
  told: { changed(side: CitizenSide): void; connected(yes: boolean): void },
): { close(): void } {
  const source = new EventSource(`/api/citizens/${persona}/stream`);
  source.addEventListener('open', () => told.connected(true));
  source.addEventListener('error', () => told.connected(false));
  source.addEventListener('message', (event: MessageEvent<string>) =>
    told.changed(JSON.parse(event.data) as CitizenSide),
  );
  return source;
}
