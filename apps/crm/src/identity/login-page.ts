import type { LoginRefused } from './login.js';

const SAID: Readonly<Record<LoginRefused['because'], { readonly status: number; readonly words: string }>> = {
  stale: { status: 400, words: 'L’accesso è scaduto, o è già stato usato. Ricomincia da capo.' },
  refused: { status: 401, words: 'Il fornitore di identità non ha confermato l’accesso. Ricomincia da capo.' },
  unknown_person: {
    status: 403,
    words: 'Ti abbiamo riconosciuto, ma qui non risulti tra gli operatori. Chiedi all’amministratore di collegarti.',
  },
};

const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/** What somebody sees who was not let in: why, and where to begin again. Nothing of what the provider said is shown. */
export function refusedPage(because: LoginRefused['because']): {
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
} {
  const { status, words } = SAID[because];
  const body = `<!doctype html><html lang="it"><head><meta charset="utf-8"><title>Accesso non riuscito</title></head>
<body><main><h1>Accesso non riuscito</h1><p>${words}</p><p><a href="/auth/login?again">Accedi di nuovo</a></p></main></body></html>`;
  return { status, body, headers: HEADERS };
}
