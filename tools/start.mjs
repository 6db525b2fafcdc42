import './ensure.mjs';
const { build } = await import('./build.mjs');
await build();
const { start } = await import('./dist/start/main.js');
await start(process.argv.slice(2));
