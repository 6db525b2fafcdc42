import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { api, taken, type Schemas } from '../api/client.js';
import { categoriesQuery, channelsQuery, officesQuery, tagsQuery, type CaseFilter } from '../api/queries.js';
import { place } from '../app/routes.js';
import { it } from '../i18n/it.js';
import { useChange } from '../ui/act.js';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { said } from '../ui/edit.js';
import { Check, Select, TextInput } from '../ui/field.js';
import { Pick } from '../ui/pick.js';
import { Problem } from '../ui/problem.js';
import { foundSource, viewSource } from './sources.js';

type Name = keyof CaseFilter;

const WHOSE = ['mine', 'nobodys', 'myOffice', 'followed'] as const;
type Whose = (typeof WHOSE)[number];
const OF_WHOM: Readonly<Record<Whose, CaseFilter>> = {
  mine: { assignedToMe: true },
  nobodys: { unassigned: true },
  myOffice: { ofMyOffice: true },
  followed: { followedByMe: true },
};
const OF_WHOM_NAMES = ['assignedToMe', 'unassigned', 'ofMyOffice', 'followedByMe'] as const;

const whoseOf = (filter: CaseFilter): Whose | undefined =>
  WHOSE.find(one => Object.keys(OF_WHOM[one]).every(name => filter[name as Name] === true));

const keysOf = <T extends string>(words: Readonly<Record<T, string>>): readonly T[] => Object.keys(words) as T[];

interface FilterDialogProps {
  readonly filter: CaseFilter;
  /** The view whose filter it is, where whoever looks may change it. */
  readonly view: Schemas['SavedView'] | undefined;
  readonly onClose: () => void;
}

/** Which cases to show: all that is chosen must hold. Of one's own view the filter can be changed as well. */
export function FilterDialog({ filter: before, view, onClose }: FilterDialogProps) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const [filter, setFilter] = useState(before);
  const [also, setAlso] = useState(false);
  const offices = useQuery(officesQuery);
  const categories = useQuery(categoriesQuery);
  const channels = useQuery(channelsQuery);
  const tags = useQuery(tagsQuery);
  const any = t('work.view.any');
  const set = (part: { readonly [K in Name]?: CaseFilter[K] | undefined }): void =>
    setFilter(now => said({ ...now, ...part }));
  const change = useChange({
    run: async () => {
      if (view && also)
        await taken(api.PATCH('/api/views/{id}', { params: { path: { id: view.id } }, body: { filter } }));
      return view && also ? viewSource(view.id) : foundSource(filter);
    },
    reads: ['views', 'cases'],
    then: source => {
      onClose();
      go(place.list(source));
    },
  });
  const whole = <T extends string>(value: T | ''): T | undefined => (value === '' ? undefined : value);
  return (
    <Dialog title={t('work.view.filter')} onClose={onClose} wide>
      <form
        className="form"
        noValidate
        onSubmit={event => {
          event.preventDefault();
          if (!change.isPending) change.mutate(undefined);
        }}
      >
        <p className="soft">{t('work.view.filterLead')}</p>
        <TextInput
          label={t('work.view.text')}
          value={filter.text ?? ''}
          onChange={text => set({ text: whole(text) })}
          autoFocus
        />
        <div className="pair">
          <Select<Whose>
            label={t('work.view.whose')}
            empty={any}
            value={whoseOf(filter) ?? ''}
            options={WHOSE.map(one => [one, t(`work.view.${one}`)])}
            onChange={one =>
              set({
                ...Object.fromEntries(OF_WHOM_NAMES.map(name => [name, undefined])),
                ...((one as string) === '' ? {} : OF_WHOM[one]),
              })
            }
          />
          <Select<'open' | 'ended'>
            label={t('work.view.standing')}
            empty={any}
            value={filter.open === undefined ? '' : filter.open ? 'open' : 'ended'}
            options={[
              ['open', t('work.view.open')],
              ['ended', t('work.view.ended')],
            ]}
            onChange={one => set({ open: (one as string) === '' ? undefined : one === 'open' })}
          />
          <Select<'late' | 'inTime'>
            label={t('work.view.terms')}
            empty={any}
            value={filter.late === undefined ? '' : filter.late ? 'late' : 'inTime'}
            options={[
              ['late', t('work.view.late')],
              ['inTime', t('work.view.inTime')],
            ]}
            onChange={one => set({ late: (one as string) === '' ? undefined : one === 'late' })}
          />
          <Select
            label={t('form.priority')}
            empty={any}
            value={filter.priority ?? ''}
            options={keysOf(it.priority).map(one => [one, t(`priority.${one}`)])}
            onChange={one => set({ priority: whole(one) })}
          />
          <Select
            label={t('form.kind')}
            empty={any}
            value={filter.kind ?? ''}
            options={keysOf(it.kind).map(one => [one, t(`kind.${one}`)])}
            onChange={one => set({ kind: whole(one) })}
          />
          <Select
            label={t('facts.channel')}
            empty={any}
            value={filter.channel ?? ''}
            options={(channels.data?.items ?? []).map(({ manifest }) => [manifest.id, manifest.name])}
            onChange={one => set({ channel: whole(one) })}
          />
          {tags.data && (
            <Select
              label={t('work.view.tag')}
              empty={any}
              value={filter.tag ?? ''}
              options={tags.data.items.map(({ id, label }) => [id, label])}
              onChange={one => set({ tag: whole(one) })}
            />
          )}
          {offices.data && (
            <Pick
              label={t('form.office')}
              items={offices.data.items.map(({ id, name, code }) => ({ id, name, more: code }))}
              value={filter.office}
              onChange={office => set({ office })}
            />
          )}
          {categories.data && (
            <Pick
              label={t('form.category')}
              items={categories.data.items.map(({ id, label, code }) => ({ id, name: label, more: code }))}
              value={filter.category}
              onChange={category => set({ category })}
            />
          )}
        </div>
        {view?.mine && <Check label={t('work.view.saveHere')} checked={also} onChange={setAlso} />}
        {change.error && <Problem fault={change.error} />}
        <div className="buttons">
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button kind="primary" submit disabled={change.isPending}>
            {t('work.view.show')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
