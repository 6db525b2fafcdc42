import { useQuery } from '@tanstack/react-query';
import { createContext, use, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Refusal, type Schemas } from '../api/client.js';
import { meQuery, roleQuery } from '../api/queries.js';
import { Dialog } from '../ui/dialog.js';
import { Problem } from '../ui/problem.js';
import { Wait } from '../ui/wait.js';
import { LoginPage, loginAddress } from './login.js';

type Permission = Schemas['RoleView']['permissions'][number];

/** Who works here, and what they may do. */
export interface Session {
  readonly me: Schemas['MeView'];
  readonly may: (permission: Permission) => boolean;
}

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
  const role = useQuery({ ...roleQuery(me.data?.role ?? ''), enabled: me.data !== undefined });
  const out = me.error instanceof Refusal && me.error.status === 401;
  if (!me.data) {
    if (out) return <LoginPage />;
    if (me.error instanceof Refusal && me.error.status === 403) return <LoginPage notKnown />;
    if (me.error) return <Problem fault={me.error} onRetry={() => void me.refetch()} />;
    return <Wait />;
  }
  if (role.error) return <Problem fault={role.error} onRetry={() => void role.refetch()} />;
  if (!role.data) return <Wait />;
  const granted = new Set<Permission>(role.data.permissions);
  const session: Session = { me: me.data, may: permission => granted.has(permission) };
  return (
    <SessionHere value={session}>
      {children}
      {out && (
        <Dialog title={t('login.ended')} pressing onClose={() => undefined}>
          <p>{t('login.endedLead')}</p>
          <p className="row">
            <a className="button primary" href={loginAddress()}>
              {t('login.button')}
            </a>
          </p>
        </Dialog>
      )}
    </SessionHere>
  );
}
