import './supervision.css';
import { useTranslation } from 'react-i18next';
import { useSession } from '../app/session.js';
import { SectionPages, type PageOfSection } from '../ui/section.js';
import { AgeingPage } from './ageing.js';
import { MapPage } from './map.js';
import { NothingLostPage } from './nothing-lost.js';
import { WallboardPage } from './wallboard.js';

/** The pages under /supervision: each for who may see what it shows. */
export function SupervisionPages() {
  const { t } = useTranslation();
  const { may } = useSession();
  const pages: PageOfSection[] = [
    ...(may('report.read')
      ? [
          { path: '/supervision/wallboard', title: t('supervision.wallboard.title'), page: WallboardPage },
          { path: '/supervision/ageing', title: t('supervision.ageing.title'), page: AgeingPage },
        ]
      : []),
    ...(may('case.read') ? [{ path: '/supervision/map', title: t('supervision.map.title'), page: MapPage }] : []),
    ...(may('report.read') || may('parked.settle')
      ? [{ path: '/supervision/nothing-lost', title: t('supervision.lost.title'), page: NothingLostPage }]
      : []),
  ];
  return <SectionPages title={t('supervision.title')} pages={pages} />;
}
