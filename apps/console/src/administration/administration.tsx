import './administration.css';
import { useTranslation } from 'react-i18next';
import { useSession } from '../app/session.js';
import { SectionPages, type PageOfSection } from '../ui/section.js';
import { ChannelsPage } from './channels.js';
import type { Permission } from './choices.js';
import { OfficesPage } from './offices.js';
import { PeoplePage } from './people.js';
import { RetentionPage } from './retention.js';
import { RolesPage } from './roles.js';
import { RulesPage } from './rules.js';
import { SettingsPage } from './settings.js';
import { TrailPage } from './trail.js';

/** The pages under /administration: each for who may change, or read, what it shows. */
export function AdministrationPages() {
  const { t } = useTranslation();
  const { may } = useSession();
  const all: readonly (PageOfSection & { readonly needs: Permission })[] = [
    {
      path: '/administration/offices',
      title: t('administration.offices.title'),
      page: OfficesPage,
      deep: true,
      needs: 'organisation.write',
    },
    {
      path: '/administration/people',
      title: t('administration.people.title'),
      page: PeoplePage,
      deep: true,
      needs: 'organisation.write',
    },
    {
      path: '/administration/rules',
      title: t('administration.rules.title'),
      page: RulesPage,
      needs: 'work.direct',
    },
    {
      path: '/administration/channels',
      title: t('administration.channels.title'),
      page: ChannelsPage,
      needs: 'settings.write',
    },
    {
      path: '/administration/settings',
      title: t('administration.settings.title'),
      page: SettingsPage,
      needs: 'settings.write',
    },
    { path: '/administration/roles', title: t('administration.roles.title'), page: RolesPage, needs: 'role.write' },
    {
      path: '/administration/retention',
      title: t('administration.retention.title'),
      page: RetentionPage,
      needs: 'retention.write',
    },
    { path: '/administration/trail', title: t('administration.trail.title'), page: TrailPage, needs: 'trail.read' },
  ];
  return <SectionPages title={t('administration.title')} pages={all.filter(({ needs }) => may(needs))} />;
}
