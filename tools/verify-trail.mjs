import './ensure.mjs';
const { build } = await import('./build.mjs');
await build();
const { verify } = await import('./dist/trail/main.js');
process.exit(await verify(process.argv.slice(2)));
