export * from './context.js';
export * from './fault-point.js';
export * from './http/health.js';
export * from './http/metrics.js';
export * from './log.js';
export * from './settings/service.js';
export * from './settings/settings.js';
export { BlobMissing, openRawStore, RawStore, type Reception } from './store/raw-store.js';
export * from './telemetry.js';
