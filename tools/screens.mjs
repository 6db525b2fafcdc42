import './ensure.mjs';
const { build } = await import('./build.mjs');
await build();
const { screens } = await import('./dist/screens/main.js');
process.exit(await screens(process.argv.slice(2)));
