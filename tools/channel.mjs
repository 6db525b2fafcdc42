import './ensure.mjs';
const { fromSource } = await import('./from-source.mjs');
process.exitCode = await fromSource('src/channel/main.ts');
