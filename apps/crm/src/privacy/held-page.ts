import { RIGHT_NAMES } from '@filodiretto/domain';
import type { Right } from '@filodiretto/contracts/model';
import { escaped, page } from '../http/page.js';
import type { Held, HeldCase, Look } from './held.query.js';

const ROME = { timeZone: 'Europe/Rome', dateStyle: 'long', timeStyle: 'short' } as const;
const moment = (at: string): string => new Date(at).toLocaleString('it-IT', ROME);

/** How roles are called to citizens. */
export const ROLE_NAMES: Readonly<Record<string, string>> = {
  tier1_operator: 'operatore di primo livello',
  specialist: 'specialista',
  back_office_member: 'addetto dell’ufficio',
  office_head: 'responsabile dell’ufficio',
  urp_referent: 'referente URP',
  supervisor: 'supervisore',
  team_leader: 'capoturno',
  desk_operator: 'addetto allo sportello',
  dpo: 'responsabile della protezione dei dati',
  auditor: 'revisore',
  admin: 'amministratore di sistema',
  api_client: 'un programma dell’amministrazione',
  letter_link: 'chi ha aperto il collegamento di una lettera',
};
const ACTS: Readonly<Record<string, string>> = { looked: 'ha visto', exported: 'ha esportato' };
const CONSENT_ACT_NAMES: Readonly<Record<string, string>> = {
  none: 'mai chiesto',
  asked: 'chiesto',
  given: 'dato',
  refused: 'negato',
  withdrawn: 'revocato',
};
const RIGHT_STATE_NAMES: Readonly<Record<string, string>> = {
  open: 'in esame',
  granted: 'accolta',
  partly_granted: 'accolta in parte',
  refused: 'respinta',
};

const looksHtml = (looks: readonly Look[]): string =>
  looks.length === 0
    ? '<p>Nessuno, finora.</p>'
    : `<ul>${looks
        .map(
          ({ at, act, role, office }) =>
            `<li>${escaped(moment(at))}: ${escaped(ROLE_NAMES[role] ?? 'un addetto')} (${escaped(office)}) ${ACTS[act] ?? act}</li>`,
        )
        .join('')}</ul>`;

const addressesHtml = (held: Held): string =>
  held.addresses.length === 0
    ? '<p>Nessun recapito.</p>'
    : `<dl>${held.addresses.map(({ kind, value, since }) => `<dt>${escaped(kind)}</dt><dd>${escaped(value)} (dal ${escaped(moment(since))})</dd>`).join('')}</dl>`;

/** The readable form of what is kept of a person: to be read, or printed. */
export const heldPage = (held: Held): string =>
  page(
    'I dati che conserviamo',
    `<p>Nome: ${escaped(held.name ?? 'non conosciuto')}. Conosciuto dal ${escaped(moment(held.knownSince))}.</p>
<h2>Recapiti</h2>${addressesHtml(held)}
<h2>Pratiche</h2>${held.cases.map(caseHtml).join('\n') || '<p>Nessuna.</p>'}
<h2>Consensi</h2><ul>${held.consents.map(({ purpose, act, at }) => `<li>${escaped(purpose)}: ${CONSENT_ACT_NAMES[act] ?? act}, ${escaped(moment(at))}</li>`).join('')}</ul>
<h2>Richieste sui propri dati</h2><ul>${held.requests.map(({ number, kind, state, at }) => `<li>${escaped(number)}: ${RIGHT_NAMES[kind as Right]}, ${RIGHT_STATE_NAMES[state] ?? state}, ${escaped(moment(at))}</li>`).join('')}</ul>
<h2>Chi ha guardato</h2>${looksHtml(held.looks)}`,
  );

const caseHtml = ({
  number,
  subject,
  office,
  openedAt,
  keptUntil,
  fields,
  messages,
  notes,
}: HeldCase): string => `<h3>${escaped(number)} – ${escaped(subject)}</h3>
<p>Aperta il ${escaped(moment(openedAt))}${office === null ? '' : `, presso ${escaped(office)}`}. ${keptUntil === null ? 'Per ora si conserva: è aperta, o serve per una controversia.' : `Si conserva fino al ${escaped(moment(keptUntil))}.`}</p>
<dl>${fields.map(({ label, value }) => `<dt>${escaped(label)}</dt><dd>${escaped(value)}</dd>`).join('')}
${messages.map(({ direction, at, text, files }) => `<dt>${direction === 'in' ? 'Da voi' : 'Da noi'}, ${escaped(moment(at))}</dt><dd class="words">${escaped(text)}${files.map(({ name }) => `\nAllegato: ${escaped(name ?? 'senza nome')}`).join('')}</dd>`).join('')}
${notes.map(({ at, text }) => `<dt>Nota interna, ${escaped(moment(at))}</dt><dd class="words">${escaped(text)}</dd>`).join('')}</dl>`;
