import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { api, onceKey, taken, type Schemas } from '../api/client.js';
import type { CaseFilter } from '../api/queries.js';
import { HOME, place } from '../app/routes.js';
import { useSession } from '../app/session.js';
import { Confirm } from '../ui/act.js';
import { Edit, useDraft } from '../ui/edit.js';
import { Select, TextInput } from '../ui/field.js';
import { viewSource } from './sources.js';

type SavedView = Schemas['SavedView'];
type Sharing = SavedView['sharedWith'];

interface ViewDialogProps {
  readonly filter: CaseFilter;
  /** The view that is renamed or shared; without one the filter is saved as a new one. */
  readonly view?: SavedView;
  readonly onClose: () => void;
}

/** Saves a filter under a name, or gives a view of one's own another name or other readers. */
export function ViewDialog({ filter, view, onClose }: ViewDialogProps) {
  const { t } = useTranslation();
  const { may } = useSession();
  const [, go] = useLocation();
  const [key] = useState(onceKey);
  const { values, bind } = useDraft<{ name: string; sharedWith: Sharing }>({
    name: view?.name ?? '',
    sharedWith: view?.sharedWith ?? 'nobody',
  });
  const readers: readonly Sharing[] = ['nobody', 'office', ...(may('share') ? ['administration' as const] : [])];
  const name = values.name.trim();
  return (
    <Edit
      title={t(view ? 'work.view.change' : 'work.view.save')}
      onClose={onClose}
      reads={['views']}
      done={t('work.view.saved')}
      blocked={name === '' ? t('app.required') : undefined}
      run={() =>
        view
          ? taken(api.PATCH('/api/views/{id}', { params: { path: { id: view.id } }, body: { ...values, name } }))
          : taken(
              api.POST('/api/views', {
                params: { header: { 'Idempotency-Key': key } },
                body: { ...values, name, filter },
              }),
            )
      }
      then={({ id }) => go(place.list(viewSource(id)))}
    >
      {mistake => (
        <>
          <TextInput label={t('work.view.name')} {...bind('name')} error={mistake('/name')} required autoFocus />
          <Select<Sharing>
            label={t('work.view.sharedWith')}
            {...bind('sharedWith')}
            options={readers.map(one => [one, t(`work.view.${one}`)])}
            error={mistake('/sharedWith')}
          />
        </>
      )}
    </Edit>
  );
}

interface RemoveViewProps {
  readonly view: SavedView;
  readonly onClose: () => void;
}

/** Deletes a view of one's own. */
export function RemoveView({ view, onClose }: RemoveViewProps) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  return (
    <Confirm
      title={t('work.view.remove')}
      button={t('work.view.remove')}
      danger
      run={async () => {
        await taken(api.DELETE('/api/views/{id}', { params: { path: { id: view.id } } }));
        go(HOME);
      }}
      reads={['views']}
      done={t('work.view.removed')}
      onClose={onClose}
    >
      <p>{t('work.view.removeLead', { name: view.name })}</p>
    </Confirm>
  );
}
