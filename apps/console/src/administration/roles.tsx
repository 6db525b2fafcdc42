import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, taken, versionTag, type Schemas } from '../api/client.js';
import { Switches } from '../ui/act.js';
import { Button } from '../ui/button.js';
import { Edit, useDraft } from '../ui/edit.js';
import { Select } from '../ui/field.js';
import { Read } from '../ui/read.js';
import { Page } from '../ui/section.js';
import { Table } from '../ui/table.js';
import { PERMISSIONS, useChoices } from './choices.js';

type RoleView = Schemas['RoleView'];
const REACHES = ['administration', 'offices', 'supplier'] as const;

/** What each role may do and see, and the change of it: what it gains and loses is shown before it holds. */
export function RolesPage() {
  const { t } = useTranslation();
  const { roleName } = useChoices();
  const [editing, setEditing] = useState<RoleView>();
  const roles = useQuery({
    queryKey: ['roles'],
    queryFn: ({ signal }) => taken(api.GET('/api/roles', { signal })),
  });
  return (
    <Page title={t('administration.roles.title')} lead={t('administration.roles.lead')}>
      <Read query={roles}>
        {({ items }) => (
          <Table
            caption={t('administration.roles.title')}
            hideCaption
            file="filodiretto-ruoli"
            empty="–"
            rows={items}
            keyOf={({ role }) => role}
            columns={[
              { id: 'role', title: t('administration.people.role'), value: ({ role }) => roleName(role) },
              {
                id: 'reach',
                title: t('administration.roles.reach'),
                value: ({ reach }) => t(`administration.roles.reaches.${reach}`),
              },
              {
                id: 'count',
                title: t('administration.roles.count'),
                value: ({ permissions }) => permissions.length,
                numeric: true,
              },
              {
                id: 'decided',
                title: t('supervision.wallboard.state'),
                value: ({ decided }) => t(decided ? 'administration.roles.decided' : 'administration.roles.shipped'),
              },
            ]}
            actions={role => (
              <Button icon="pencil" onPress={() => setEditing(role)}>
                {t('administration.edit')}
                <span className="hidden"> {roleName(role.role)}</span>
              </Button>
            )}
          />
        )}
      </Read>
      {editing && <RoleForm role={editing} onClose={() => setEditing(undefined)} />}
    </Page>
  );
}

function RoleForm({ role, onClose }: { readonly role: RoleView; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { roleName } = useChoices();
  const { values, bind } = useDraft<{ permissions: readonly string[]; reach: RoleView['reach'] }>({
    permissions: role.permissions,
    reach: role.reach,
  });
  const had: readonly string[] = role.permissions;
  const now = PERMISSIONS.filter(one => values.permissions.includes(one));
  const gains = now.filter(one => !had.includes(one)).map(one => t(`administration.permission.${one}`));
  const loses = PERMISSIONS.filter(one => had.includes(one) && !values.permissions.includes(one)).map(one =>
    t(`administration.permission.${one}`),
  );
  return (
    <Edit
      title={t('administration.roles.change', { role: roleName(role.role) })}
      wide
      onClose={onClose}
      reads={['roles', 'role']}
      done={t('administration.saved')}
      run={() =>
        taken(
          api.PUT('/api/roles/{role}', {
            params: { path: { role: role.role }, header: { 'If-Match': versionTag(role.version) } },
            body: {
              permissions: now,
              reach: values.reach,
              ...(role.upToTier === undefined ? {} : { upToTier: role.upToTier }),
            },
          }),
        )
      }
    >
      {mistake => (
        <>
          <Switches
            label={t('administration.roles.count')}
            options={PERMISSIONS.map(one => [one, t(`administration.permission.${one}`)])}
            error={mistake('/permissions')}
            {...bind('permissions')}
          />
          <Select
            label={t('administration.roles.reach')}
            options={REACHES.map(one => [one, t(`administration.roles.reaches.${one}`)])}
            error={mistake('/reach')}
            {...bind('reach')}
          />
          <div className="notice warning" role="status">
            <div>
              {gains.length > 0 && <p>{t('administration.roles.gains', { permissions: gains.join(', ') })}</p>}
              {loses.length > 0 && <p>{t('administration.roles.loses', { permissions: loses.join(', ') })}</p>}
              {gains.length + loses.length === 0 && <p>{t('administration.roles.nothing')}</p>}
            </div>
          </div>
        </>
      )}
    </Edit>
  );
}
