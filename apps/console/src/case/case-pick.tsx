import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, taken } from '../api/client.js';
import { Pick } from '../ui/pick.js';

const FEWEST_LETTERS = 3;

interface CasePickProps {
  readonly label: string;
  /** The case that cannot be chosen: the one this is about. */
  readonly except: string;
  readonly onChange: (id: string | undefined) => void;
}

/** Another case, found by its number or by words. */
export function CasePick({ label, except, onChange }: CasePickProps) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<string>();
  const asked = useDeferredValue(text.trim());
  const { data } = useQuery({
    queryKey: ['pick-case', asked],
    enabled: asked.length >= FEWEST_LETTERS,
    queryFn: ({ signal }) => taken(api.GET('/api/cases', { params: { query: { text: asked, limit: 20 } }, signal })),
    placeholderData: before => before,
  });
  const items = (data?.items ?? [])
    .filter(({ id }) => id !== except)
    .map(({ id, subject, number, contact }) => ({
      id,
      name: `${number} ${subject}`,
      more: contact?.name,
    }));
  return (
    <Pick
      label={label}
      hint={t('form.otherCaseHint')}
      items={items}
      value={chosen}
      autoFocus
      onType={setText}
      onChange={id => {
        setChosen(id);
        onChange(id);
      }}
    />
  );
}
