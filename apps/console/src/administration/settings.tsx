import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, taken, versionTag, type Schemas } from '../api/client.js';
import { Form, said, useDraft } from '../ui/edit.js';
import { Check, Select, TextInput } from '../ui/field.js';
import { Pick } from '../ui/pick.js';
import { Read } from '../ui/read.js';
import { Page } from '../ui/section.js';
import { useChoices } from './choices.js';

const NUMBERS = ['reopenDays', 'undoMergeHours', 'dormantDays', 'weeklyLetterHour', 'breakGlassMinutes'] as const;

/** What an administration decides for itself. */
export function SettingsPage() {
  const { t } = useTranslation();
  const settings = useQuery({
    queryKey: ['settings'],
    queryFn: ({ signal }) => taken(api.GET('/api/settings', { signal })),
  });
  return (
    <Page title={t('administration.settings.title')} lead={t('administration.settings.lead')}>
      <Read query={settings}>{data => <SettingsForm key={data.version} settings={data} />}</Read>
    </Page>
  );
}

function SettingsForm({ settings }: { readonly settings: Schemas['SettingsView'] }) {
  const { t } = useTranslation();
  const { operators, weekdays } = useChoices();
  const { values, set, bind } = useDraft({
    reopenDays: String(settings.reopenDays),
    undoMergeHours: String(settings.undoMergeHours),
    dormantDays: String(settings.dormantDays),
    weeklyLetterDay: String(settings.weeklyLetterDay),
    weeklyLetterHour: String(settings.weeklyLetterHour),
    breakGlassMinutes: String(settings.breakGlassMinutes),
    dataProtectionOfficer: settings.dataProtectionOfficer,
    linkByEmail: settings.linkByEmail,
  });
  // Only what was changed is asked: some settings are for some people alone to decide.
  const changed = (): Schemas['ChangeSettings'] => {
    const asked = {
      ...Object.fromEntries(NUMBERS.map(name => [name, Number(values[name])])),
      weeklyLetterDay: Number(values.weeklyLetterDay),
      dataProtectionOfficer: values.dataProtectionOfficer,
      linkByEmail: values.linkByEmail,
    };
    const before: Readonly<Record<string, unknown>> = { ...settings };
    return said(Object.fromEntries(Object.entries(asked).filter(([name, value]) => before[name] !== value)));
  };
  return (
    <div className="card">
      <Form
        reads={['settings']}
        done={t('administration.saved')}
        run={() =>
          taken(
            api.PATCH('/api/settings', {
              params: { header: { 'If-Match': versionTag(settings.version) } },
              body: changed(),
            }),
          )
        }
      >
        {mistake => (
          <>
            <div className="columns">
              {NUMBERS.map(name => (
                <TextInput
                  key={name}
                  type="number"
                  min="0"
                  label={t(`administration.settings.${name}`)}
                  error={mistake(`/${name}`)}
                  {...bind(name)}
                />
              ))}
              <Select
                label={t('administration.settings.weeklyLetterDay')}
                options={[['0', t('administration.settings.never')], ...weekdays]}
                error={mistake('/weeklyLetterDay')}
                {...bind('weeklyLetterDay')}
              />
            </div>
            <Pick
              label={t('administration.settings.dataProtectionOfficer')}
              items={operators}
              value={values.dataProtectionOfficer}
              onChange={id => set('dataProtectionOfficer', id)}
              error={mistake('/dataProtectionOfficer')}
            />
            <Check
              label={t('administration.settings.linkByEmail')}
              checked={values.linkByEmail}
              onChange={on => set('linkByEmail', on)}
            />
          </>
        )}
      </Form>
    </div>
  );
}
