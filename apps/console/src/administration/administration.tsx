import { useTranslation } from 'react-i18next';
import { useTitle } from '../app/title.js';

/** The pages under /administration; they find their place with the router of the console. */
export function AdministrationPages() {
  const { t } = useTranslation();
  useTitle(t('administration.title'));
  return (
    <div className="page">
      <h1>{t('administration.title')}</h1>
    </div>
  );
}
