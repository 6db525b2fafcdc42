import type { Fields } from './answers.js';
import type { Cookies, Who } from './cookies.js';
import { away, type Doors } from './forms.js';
import type { Request } from './page.js';

/** What of who logged in is written in a form for them: known data are not asked again. They may change it. */
export const fieldsOfWho = (who: Who | undefined): Fields =>
  who === undefined ? {} : { nome: who.name, ...(who.email === undefined ? {} : { email: who.email }) };

/**
 * Adds what was just sent to the cases of who logged in, unless they left neither name nor address: that was meant to be anonymous.
 * While the core is away nothing is added: the code is on the receipt, and adds it later.
 */
export async function addedToTheirs(
  doors: Doors,
  cookies: Cookies,
  request: Request,
  code: string,
  { nome, email }: Fields,
): Promise<void> {
  const session = cookies.ownData(request);
  if (session === undefined || cookies.who(request) === undefined || !(nome || email)) return;
  await doors.own('/cases', { session, code }, request.ip).catch(away);
}
