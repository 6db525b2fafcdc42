import './administration.css';
import { useTranslation } from 'react-i18next';
import { useSession } from '../app/session.js';
import { SectionPages, type PageOfSection } from '../ui/section.js';
import { AutomationsPage } from './automations.js';
import { ChannelsPage } from './channels.js';
import { GlassPage } from './glass.js';
import { HoldsPage } from './holds.js';
import { LevelsPage } from './levels.js';
import { MacrosPage } from './macros.js';
import { MonitoringPage } from './monitoring.js';
import { OfficesPage } from './offices.js';
import { PeoplePage } from './people.js';
import { PoliciesPage } from './policies.js';
import { PurposesPage } from './purposes.js';
import { QueuesPage } from './queues.js';
import { RegisterPage } from './register.js';
import { RetentionPage } from './retention.js';
import { RightsPage } from './rights.js';
import { RolesPage } from './roles.js';
import { RulesPage } from './rules.js';
import { SettingsPage } from './settings.js';
import { TrailPage } from './trail.js';
import { CategoriesPage, TagsPage, TemplatesPage } from './words.js';
import type { Permission } from './choices.js';

interface Listed {
  /** Last word of its address, and where its words are. */
  readonly name:
    | 'offices'
    | 'people'
    | 'categories'
    | 'rules'
    | 'queues'
    | 'policies'
    | 'automations'
    | 'templates'
    | 'macros'
    | 'tags'
    | 'rights'
    | 'holds'
    | 'purposes'
    | 'levels'
    | 'monitoring'
    | 'glass'
    | 'register'
    | 'retention'
    | 'trail'
    | 'channels'
    | 'settings'
    | 'roles';
  readonly group: 'organisation' | 'work' | 'words' | 'privacy' | 'system';
  readonly page: PageOfSection['page'];
  readonly needs: Permission;
  readonly deep?: boolean;
}

const PAGES: readonly Listed[] = [
  { name: 'offices', group: 'organisation', page: OfficesPage, needs: 'organisation.write', deep: true },
  { name: 'people', group: 'organisation', page: PeoplePage, needs: 'organisation.write', deep: true },
  { name: 'categories', group: 'organisation', page: CategoriesPage, needs: 'organisation.write' },
  { name: 'rules', group: 'work', page: RulesPage, needs: 'work.direct' },
  { name: 'queues', group: 'work', page: QueuesPage, needs: 'work.direct' },
  { name: 'policies', group: 'work', page: PoliciesPage, needs: 'policy.write' },
  { name: 'automations', group: 'work', page: AutomationsPage, needs: 'automation.write' },
  { name: 'templates', group: 'words', page: TemplatesPage, needs: 'template.write' },
  { name: 'macros', group: 'words', page: MacrosPage, needs: 'template.write' },
  { name: 'tags', group: 'words', page: TagsPage, needs: 'tag.write' },
  { name: 'rights', group: 'privacy', page: RightsPage, needs: 'privacy.work' },
  { name: 'purposes', group: 'privacy', page: PurposesPage, needs: 'privacy.decide' },
  { name: 'monitoring', group: 'privacy', page: MonitoringPage, needs: 'privacy.decide' },
  { name: 'register', group: 'privacy', page: RegisterPage, needs: 'privacy.read' },
  { name: 'retention', group: 'privacy', page: RetentionPage, needs: 'retention.write' },
  { name: 'holds', group: 'privacy', page: HoldsPage, needs: 'privacy.erase' },
  { name: 'glass', group: 'privacy', page: GlassPage, needs: 'trail.read' },
  { name: 'trail', group: 'privacy', page: TrailPage, needs: 'trail.read' },
  { name: 'channels', group: 'system', page: ChannelsPage, needs: 'settings.write' },
  { name: 'settings', group: 'system', page: SettingsPage, needs: 'settings.write' },
  { name: 'roles', group: 'system', page: RolesPage, needs: 'role.write' },
  { name: 'levels', group: 'system', page: LevelsPage, needs: 'role.write' },
];

/** The pages under /administration: each for who may change, or read, what it shows. */
export function AdministrationPages() {
  const { t } = useTranslation();
  const { may } = useSession();
  return (
    <SectionPages
      title={t('administration.title')}
      pages={PAGES.filter(({ needs }) => may(needs)).map(({ name, group, page, deep = false }) => ({
        path: `/administration/${name}`,
        title: t(`administration.${name}.title`),
        group: t(`administration.groups.${group}`),
        page,
        deep,
      }))}
    />
  );
}
