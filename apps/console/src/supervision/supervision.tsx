import { useTranslation } from 'react-i18next';
import { useTitle } from '../app/title.js';

/** The pages under /supervision; they find their place with the router of the console. */
export function SupervisionPages() {
  const { t } = useTranslation();
  useTitle(t('supervision.title'));
  return (
    <div className="page">
      <h1>{t('supervision.title')}</h1>
    </div>
  );
}
