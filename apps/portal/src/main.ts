import { runPortal } from './portal.js';

await runPortal();
