import { useTranslation } from 'react-i18next';

/** Something is being read. */
export function Wait({ lines = 4 }: { readonly lines?: number }) {
  const { t } = useTranslation();
  return (
    <div className="wait" role="status">
      <span className="hidden">{t('app.loading')}</span>
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} aria-hidden="true" />
      ))}
    </div>
  );
}
