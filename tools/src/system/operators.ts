import { existsSync, readFileSync } from 'node:fs';
import type { Role } from '@filodiretto/contracts/model';
import { introduce, tokenOf } from '../identity/identity-provider.js';

/** How the page on which one says who one is calls a role. */
const POSTS: Readonly<Record<Role, string>> = {
  tier1_operator: 'Operatore di primo livello',
  specialist: 'Specialista',
  back_office_member: 'Back office',
  office_head: 'Responsabile d’ufficio',
  urp_referent: 'Referente URP',
  supervisor: 'Supervisore',
  team_leader: 'Capo squadra',
  desk_operator: 'Sportellista',
  receptionist: 'Centralinista',
  cabinet_operator: 'Operatore di gabinetto',
  kb_editor: 'Redattore dei testi',
  social_editor: 'Redattore dei social',
  protocol_officer: 'Addetto al protocollo',
  contract_manager: 'Direttore dell’esecuzione',
  supplier_manager: 'Responsabile del fornitore',
  executive_viewer: 'Direzione e assessori',
  dpo: 'Responsabile della protezione dei dati',
  admin: 'Amministratore di sistema',
  interpreter: 'Interprete',
  auditor: 'Revisore',
  api_client: 'Programma',
};

/** An operator of the demonstration, with an access token that opens the API for a day. */
export interface Operator {
  readonly name: string;
  /** As they are chosen at the identity provider. */
  readonly person: string;
  readonly office: string;
  readonly role: string;
  readonly token: string;
}

/** One as the core wrote them in its file. */
interface Written {
  readonly name: string;
  readonly office: string;
  readonly role: Role;
  readonly subject: string;
  readonly email: string;
}

const isWritten = (value: unknown): value is Written =>
  typeof value === 'object' &&
  value !== null &&
  ['name', 'office', 'role', 'subject', 'email'].every(
    key => typeof (value as Record<string, unknown>)[key] === 'string',
  );

/**
 * The operators that the core wrote in its file, made known at the identity provider, each with a token of it. Throws when
 * they cannot be read: nobody could use the API.
 */
export async function operatorsIn(file: string, issuer: string): Promise<Operator[]> {
  const found: unknown = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
  const list = (found as { operators?: unknown } | undefined)?.operators;
  if (!Array.isArray(list) || list.length === 0 || !list.every(isWritten))
    throw new Error(`the core wrote no operators in ${file}`);
  await introduce(
    issuer,
    list.map(one => ({ ...one, post: POSTS[one.role] })),
  );
  return Promise.all(
    list.map(async ({ name, office, role, subject }) => ({
      name,
      person: subject,
      office,
      role,
      token: await tokenOf(issuer, subject),
    })),
  );
}
