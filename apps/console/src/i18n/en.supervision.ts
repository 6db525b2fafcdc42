import type { supervision as italian } from './it.supervision.js';
import type { Words } from './words.js';

export const supervision: Words<typeof italian> = {
  title: 'Supervision',
};
