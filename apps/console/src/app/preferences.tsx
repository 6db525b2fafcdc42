import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LANGUAGES, speak, type Language } from '../i18n/i18n.js';
import { switchKeys } from '../palette/keys.js';
import { useKeys } from '../palette/use-keys.js';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { Check, Select } from '../ui/field.js';
import { toast } from '../ui/said.js';
import { logOut } from './login.js';
import { chooseContrast, chooseTheme, contrast, CONTRASTS, theme, THEMES } from './look.js';
import { useSession } from './session.js';

/** What whoever works here chooses for this browser; and the way out. */
export function Preferences({ onClose }: { readonly onClose: () => void }) {
  const { t, i18n } = useTranslation();
  const { me } = useSession();
  const { on } = useKeys();
  const [, again] = useState(0);
  const failed = (): void => {
    toast(t('problem.unreachable'), { kind: 'danger' });
  };
  const look = (change: () => void): void => {
    change();
    again(times => times + 1);
  };
  return (
    <Dialog title={t('preferences.title')} onClose={onClose}>
      <div className="form">
        <p>
          <strong>{me.name}</strong>
          <br />
          <span className="soft">
            {me.office.name} · {me.administration.name}
          </span>
        </p>
        <Select<Language>
          label={t('preferences.language')}
          value={i18n.language === 'en' ? 'en' : 'it'}
          options={LANGUAGES.map(code => [code, t(`preferences.${code}`)])}
          onChange={language => {
            speak(language).catch(failed);
          }}
        />
        <Select
          label={t('preferences.theme')}
          value={theme()}
          options={THEMES.map(code => [code, t(`preferences.${code}`)])}
          onChange={chosen => look(() => chooseTheme(chosen))}
        />
        <Select
          label={t('preferences.contrast')}
          value={contrast()}
          options={CONTRASTS.map(code => [code, t(`preferences.${code}`)])}
          onChange={chosen => look(() => chooseContrast(chosen))}
        />
        <Check label={t('preferences.keysOn')} checked={on} onChange={switchKeys} />
        <div className="buttons">
          <Button
            icon="out"
            onPress={() => {
              logOut().catch(failed);
            }}
          >
            {t('login.out')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
