import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';

/** Calls the page so in the browser: screen readers say it when the place changes. */
export function useTitle(place: string): void {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = t('app.title', { place });
  }, [place, t]);
}
