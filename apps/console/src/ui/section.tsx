import './table.css';
import { Fragment, useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Redirect, Route, Switch, useLocation } from 'wouter';
import { useTitle } from '../app/title.js';
import { Boundary } from './boundary.js';

export interface PageOfSection {
  readonly path: string;
  readonly title: string;
  readonly page: () => ReactNode;
  /** Under which words it is listed; absent: under none. */
  readonly group?: string;
  /** Below it are places of their own, such as one of the things it lists. */
  readonly deep?: boolean;
}

interface SectionProps {
  readonly title: string;
  readonly pages: readonly PageOfSection[];
}

/** A part of the console made of pages: their list beside, and the one that the address names. */
export function SectionPages({ title, pages }: SectionProps) {
  const { t } = useTranslation();
  const [path] = useLocation();
  const list = useRef<HTMLElement>(null);
  // The list may be longer than its place: the page one is at stands where it is seen.
  useEffect(() => {
    list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [path]);
  const [first] = pages;
  if (!first)
    return (
      <Page title={title}>
        <p>{t('problem.not-allowed')}</p>
      </Page>
    );
  return (
    <div className="section-pages">
      <nav ref={list} className="section-nav no-print" aria-label={title}>
        <h2>{title}</h2>
        {groupsOf(pages).map(([group, listed]) => (
          <Fragment key={group}>
            {group !== '' && <h3>{group}</h3>}
            <ul>
              {listed.map(one => (
                <li key={one.path}>
                  <Link href={one.path} aria-current={path.startsWith(one.path) ? 'page' : undefined}>
                    {one.title}
                  </Link>
                </li>
              ))}
            </ul>
          </Fragment>
        ))}
      </nav>
      <div className="section-body">
        <Boundary key={path}>
          <Switch>
            {pages.map(one => (
              <Route key={one.path} path={one.deep ? `${one.path}/:id?` : one.path}>
                <one.page />
              </Route>
            ))}
            <Route>
              <Redirect to={first.path} replace />
            </Route>
          </Switch>
        </Boundary>
      </div>
    </div>
  );
}

/** The pages by the words under which they are listed, in the order in which these are first met. */
function groupsOf(pages: readonly PageOfSection[]): (readonly [string, readonly PageOfSection[]])[] {
  const groups = [...new Set(pages.map(({ group = '' }) => group))];
  return groups.map(group => [group, pages.filter(one => (one.group ?? '') === group)] as const);
}

interface PageProps {
  readonly title: string;
  readonly lead?: string;
  /** What can be done on the page. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A page with its title. */
export function Page({ title, lead, actions, children }: PageProps) {
  useTitle(title);
  return (
    <div className="page">
      <div>
        <div className="page-head">
          <h1>{title}</h1>
          {actions}
        </div>
        {lead !== undefined && <p className="soft">{lead}</p>}
      </div>
      {children}
    </div>
  );
}
