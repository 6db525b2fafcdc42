import { CITIZEN_SCREENS } from './citizen.js';
import { CONSOLE_SCREENS } from './console.js';
import type { Screen } from './screen.js';

/** Every page that is photographed. */
export const SCREENS: readonly Screen[] = [...CONSOLE_SCREENS, ...CITIZEN_SCREENS];
