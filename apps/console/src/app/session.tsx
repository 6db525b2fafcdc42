import { useQuery } from '@tanstack/react-query';
import { createContext, Suspense, use, useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Refusal, type Schemas } from '../api/client.js';
import { meQuery } from '../api/queries.js';
import { tellTimesIn } from '../i18n/format.js';
import { later } from '../ui/later.js';
import { Problem } from '../ui/problem.js';
import { Wait } from '../ui/wait.js';
import { rememberLoggedIn } from './foresee.js';
import { LoginPage } from './login.js';
import { loginAddress } from './login-address.js';

type Permission = Schemas['MeView']['permissions'][number];

/** Who works here, and what they may do. */
export interface Session {
  readonly me: Schemas['MeView'];
  readonly may: (permission: Permission) => boolean;
}

const Dialog = later(() => import('../ui/dialog.js').then(module => module.Dialog));

const SessionHere = createContext<Session | undefined>(undefined);

/** Who is logged in. Only inside `SessionGate`. */
export function useSession(): Session {
  const session = use(SessionHere);
  if (!session) throw new Error('nobody is logged in here');
  return session;
}

/** Lets in who is logged in, and shows the others where to log in. When the session ends later, what is on the page stays under the notice. */
export function SessionGate({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation();
  const me = useQuery(meQuery);
  const out = me.error instanceof Refusal && me.error.status === 401;
  const within = me.data !== undefined && !out;
  useEffect(() => {
    if (within || out) rememberLoggedIn(within);
  }, [within, out]);
  if (!me.data) {
    if (out) return <LoginPage />;
    if (me.error instanceof Refusal && me.error.status === 403) return <LoginPage notKnown />;
    if (me.error) return <Problem fault={me.error} onRetry={() => void me.refetch()} />;
    return <Wait />;
  }
  tellTimesIn(me.data.timeZone);
  const granted = new Set<Permission>(me.data.permissions);
  const session: Session = { me: me.data, may: permission => granted.has(permission) };
  return (
    <SessionHere value={session}>
      {children}
      {out && (
        <Suspense>
          <Dialog title={t('login.ended')} pressing onClose={() => undefined}>
            <p>{t('login.endedLead')}</p>
            <p className="row">
              <a className="button primary" href={loginAddress()}>
                {t('login.button')}
              </a>
            </p>
          </Dialog>
        </Suspense>
      )}
    </SessionHere>
  );
}
