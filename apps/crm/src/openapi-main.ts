import 'reflect-metadata';
import { openApiDocument } from './openapi.js';

process.stdout.write(`${JSON.stringify(await openApiDocument(), undefined, 2)}\n`);
