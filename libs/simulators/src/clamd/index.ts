export { EICAR, startClamd, type ClamdMood, type ClamdSimulator } from './clamd.js';
export { zipOf, type ZipFile } from './zip.js';
