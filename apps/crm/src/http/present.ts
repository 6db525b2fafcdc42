import { instant } from '@filodiretto/contracts/model';

type Present<T> = { [K in keyof T as null extends T[K] ? never : undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as null extends T[K] ? K : undefined extends T[K] ? K : never]?: NonNullable<T[K]>;
};

/** A view without what is absent: the API never says null. */
export const present = <T extends object>(view: T): Present<T> =>
  Object.fromEntries(Object.entries(view).filter(([, value]) => value !== null && value !== undefined)) as Present<T>;

/** An instant of the database, as the API writes it. */
export const at = (value: Date | string): string => instant(value);
export const atOrNull = (value: Date | string | null): string | null => (value === null ? null : instant(value));
