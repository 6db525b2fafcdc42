import './ensure.mjs';
const { build } = await import('./build.mjs');
await build();
const { fuzzed } = await import('./dist/fuzz/main.js');
process.exit(await fuzzed(process.argv.slice(2)));
