import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Refusal } from '../api/client.js';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { TextInput } from '../ui/field.js';
import { whyNot } from '../ui/problem.js';

interface PersonalDataProps {
  readonly refusal: Refusal;
  readonly onBack: () => void;
  readonly onConfirm: (why: string) => void;
}

/** What everybody would read may hold personal data: published only for a reason that is kept. */
export function PersonalData({ refusal, onBack, onConfirm }: PersonalDataProps) {
  const { t } = useTranslation();
  const [why, setWhy] = useState('');
  return (
    <Dialog title={t('composer.personalData')} onClose={onBack}>
      <div className="form">
        <p>{t('composer.personalDataLead', { detail: whyNot(t, refusal.problem, refusal.detail) })}</p>
        <TextInput label={t('composer.personalDataWhy')} lines={2} value={why} onChange={setWhy} autoFocus />
        <div className="buttons">
          <Button kind="primary" onPress={onBack}>
            {t('composer.personalDataBack')}
          </Button>
          <Button kind="danger" disabled={why.trim() === ''} onPress={() => onConfirm(why.trim())}>
            {t('composer.personalDataSend')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
