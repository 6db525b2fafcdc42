import type { TFunction } from 'i18next';
import { MORE_ACTS, type ActName, type MoreAct } from './commands.js';

/** What is done with a case, by a form or at once. */
export type Doing = ActName | 'assignMe';

const isMore = (name: Doing): name is MoreAct => MORE_ACTS.some(one => one === name);

/** What an act is called. */
export const actLabel = (t: TFunction, name: Doing): string =>
  isMore(name) ? t(`work.${name}.action`) : t(`action.${name}`);
