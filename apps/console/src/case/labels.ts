import type { TFunction } from 'i18next';
import { MORE_ACTS, type ActName, type MoreAct } from './commands.js';

const isMore = (name: ActName): name is MoreAct => MORE_ACTS.some(one => one === name);

/** What an act is called. */
export const actLabel = (t: TFunction, name: ActName): string =>
  isMore(name) ? t(`work.${name}.action`) : t(`action.${name}`);
