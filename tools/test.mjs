import './ensure.mjs';
const { build } = await import('./build.mjs');
await build();
const { test } = await import('./dist/test/main.js');
await test(process.argv.slice(2));
