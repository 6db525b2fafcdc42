import './ensure.mjs';
const { build } = await import('./build.mjs');
await build();
const { faults } = await import('./dist/faults/main.js');
process.exit(await faults(process.argv.slice(2)));
