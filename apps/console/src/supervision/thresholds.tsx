import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { useDraft } from '../ui/edit.js';
import { TextInput } from '../ui/field.js';
import { type Thresholds } from './standing.js';

const FIELDS = ['waitMinutes', 'servicePercent', 'abandonedPercent', 'late'] as const;
const MOST: Thresholds = { waitMinutes: 100_000, servicePercent: 100, abandonedPercent: 100, late: 1_000_000 };

interface ThresholdsFormProps {
  readonly limits: Thresholds;
  readonly onSave: (limits: Thresholds) => void;
  readonly onClose: () => void;
}

/** From where on this screen alerts. */
export function ThresholdsForm({ limits, onSave, onClose }: ThresholdsFormProps) {
  const { t } = useTranslation();
  const { values, bind } = useDraft({
    waitMinutes: String(limits.waitMinutes),
    servicePercent: String(limits.servicePercent),
    abandonedPercent: String(limits.abandonedPercent),
    late: String(limits.late),
  });
  const [tried, setTried] = useState(false);
  const isWrong = (name: (typeof FIELDS)[number]): boolean =>
    !/^\d+$/.test(values[name].trim()) || Number(values[name]) > MOST[name];
  return (
    <Dialog title={t('supervision.wallboard.thresholds')} onClose={onClose}>
      <form
        className="form"
        noValidate
        onSubmit={event => {
          event.preventDefault();
          setTried(true);
          if (FIELDS.some(isWrong)) return;
          onSave({
            waitMinutes: Number(values.waitMinutes),
            servicePercent: Number(values.servicePercent),
            abandonedPercent: Number(values.abandonedPercent),
            late: Number(values.late),
          });
          onClose();
        }}
      >
        <p className="soft">{t('supervision.threshold.lead')}</p>
        {FIELDS.map(name => (
          <TextInput
            key={name}
            type="number"
            min="0"
            label={t(`supervision.threshold.${name}`)}
            error={tried && isWrong(name) ? t('supervision.threshold.wrong', { most: MOST[name] }) : undefined}
            {...bind(name)}
          />
        ))}
        <div className="buttons">
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button kind="primary" submit>
            {t('app.save')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
