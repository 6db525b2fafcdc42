export { showAll, type Outcome, type Shown } from './browser.js';
export { SCRIPTS } from './scripts.js';
