import './ensure.mjs';
const { build } = await import('./build.mjs');
await build();
const { bench } = await import('./dist/bench/main.js');
process.exit(await bench(process.argv.slice(2)));
