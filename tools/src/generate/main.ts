import 'reflect-metadata';
import { generateAll } from './all.js';
import { writeAll } from './output.js';

const root = process.cwd();
const { files, faults } = await generateAll(root);
writeAll(root, files);
for (const file of files) console.log(`made ${file.path}`);
for (const fault of faults) console.error(fault);
process.exitCode = faults.length === 0 ? 0 : 1;
