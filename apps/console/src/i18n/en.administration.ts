import type { administration as italian } from './it.administration.js';
import type { Words } from './words.js';

export const administration: Words<typeof italian> = {
  title: 'Administration',
};
