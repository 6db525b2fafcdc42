import { writeFileSync } from 'node:fs';
import { client, openapi } from './openapi.js';
const api = await openapi(process.cwd());
for (const file of [api, await client(api)]) writeFileSync(file.path, file.text);
