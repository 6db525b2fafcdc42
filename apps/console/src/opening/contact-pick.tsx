import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, taken, type Schemas } from '../api/client.js';
import { usePersonName } from '../case/person-name.js';
import { Pick, type Pickable } from '../ui/pick.js';

const FEWEST_LETTERS = 3;
const LISTED = 20;

interface Chosen {
  readonly id: string;
  readonly name: string;
}

interface ContactPickProps {
  readonly label: string;
  readonly chosen: Chosen | undefined;
  readonly error: string | undefined;
  readonly onChange: (contact: Chosen | undefined) => void;
}

/** A person we know, found by a part of their name or of an address. */
export function ContactPick({ label, chosen, error, onChange }: ContactPickProps) {
  const { t } = useTranslation();
  const personName = usePersonName();
  const [text, setText] = useState('');
  const asked = useDeferredValue(text.trim());
  const { data } = useQuery({
    queryKey: ['contacts', asked],
    enabled: asked.length >= FEWEST_LETTERS && asked !== chosen?.name,
    queryFn: ({ signal }) =>
      taken(api.GET('/api/contacts', { params: { query: { text: asked, limit: LISTED } }, signal })),
    placeholderData: before => before,
  });
  const found = (data?.items ?? [])
    .filter(({ erasedAt, restrictedSince }) => erasedAt === undefined && restrictedSince === undefined)
    .map(one => pickableOf(one, personName(one)));
  // Whoever is chosen stays among them, whatever is found later.
  const items: readonly Pickable[] = chosen && !found.some(({ id }) => id === chosen.id) ? [chosen, ...found] : found;
  return (
    <Pick
      label={label}
      hint={t('desk.opening.personHint')}
      items={items}
      value={chosen?.id}
      error={error}
      required
      autoFocus
      onType={setText}
      onChange={id => {
        const one = items.find(item => item.id === id);
        onChange(one && { id: one.id, name: one.name });
      }}
    />
  );
}

function pickableOf({ id, name, addresses }: Schemas['ContactView'], called: string): Pickable {
  return { id, name: called, more: name && addresses[0]?.value };
}
