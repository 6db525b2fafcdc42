import { escaped, page, PAGE_HEADERS } from '../http/page.js';
import type { LoginRefused } from './login.js';

const SAID: Readonly<Record<LoginRefused['because'], { readonly status: number; readonly words: string }>> = {
  stale: { status: 400, words: 'L’accesso è scaduto, o è già stato usato. Ricomincia da capo.' },
  refused: { status: 401, words: 'Il fornitore di identità non ha confermato l’accesso. Ricomincia da capo.' },
  unknown_person: {
    status: 403,
    words: 'Ti abbiamo riconosciuto, ma qui non risulti tra gli operatori. Chiedi all’amministratore di collegarti.',
  },
};

/** What somebody sees who was not let in: why, and where to begin again. Nothing of what the provider said is shown. */
export function refusedPage(because: LoginRefused['because']): {
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
} {
  const { status, words } = SAID[because];
  const body = page(
    'Accesso non riuscito',
    `<p>${escaped(words)}</p>
<p><a href="/auth/login?again">Accedi di nuovo</a></p>`,
  );
  return { status, body, headers: PAGE_HEADERS };
}
