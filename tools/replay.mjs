import './ensure.mjs';
const { build } = await import('./build.mjs');
await build();
const { replayFolder } = await import('./dist/replay/main.js');
process.exit(await replayFolder(process.argv.slice(2)));
