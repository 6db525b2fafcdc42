export * from './context.js';
export * from './fault-point.js';
export * from './http/correlation.js';
export * from './http/health.js';
export * from './http/metrics.js';
export { networkOf } from './http/network.js';
export * from './http/problem.js';
export { secureHeaders, unprotected, unreadableAddress } from './http/secure-headers.js';
export * from './http/validation.js';
export { newId } from './ids.js';
export * from './log.js';
export { mapOf, originOfTiles, type MapFile } from './map/map.js';
export { scannerLives, scannerOf, type Scan } from './screen/clamd.js';
export { inspect, plainName } from './screen/inspect.js';
export * from './service.js';
export { keysOf, type Keys } from './settings/keys.js';
export * from './settings/service.js';
export * from './settings/settings.js';
export {
  BlobMissing,
  DESTROYED,
  openRawStore,
  RawStore,
  type NotedErasure,
  type Reception,
} from './store/raw-store.js';
export { S3Store } from './store/s3-store.js';
export * from './telemetry.js';
