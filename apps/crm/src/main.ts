import { runCrm } from './crm.js';

await runCrm();
