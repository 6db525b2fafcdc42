import { useTranslation } from 'react-i18next';
import { Icon } from '../ui/icon.js';
import { loginAddress } from './login-address.js';
import { useTitle } from './title.js';

/** Ends the session here and at the identity provider. */
export async function logOut(): Promise<void> {
  const response = await fetch('/auth/logout', { method: 'POST', headers: { 'filodiretto-request': '1' } });
  const { location: next } = (await response.json()) as { location?: string };
  location.assign(next ?? '/');
}

/** Where whoever is not logged in stands. */
export function LoginPage({ notKnown = false }: { readonly notKnown?: boolean }) {
  const { t } = useTranslation();
  useTitle(t('login.title'));
  return (
    <main className="login">
      <div className="login-card">
        <img src="/console/icon.svg" alt="" width="56" height="56" />
        <h1>{t('login.title')}</h1>
        <p>{notKnown ? t('login.notKnown') : t('login.lead')}</p>
        <a className="button primary" href={loginAddress()}>
          <Icon name="person" />
          {t('login.button')}
        </a>
      </div>
    </main>
  );
}
