export { startBucket, type BucketServer, type StoredVersion } from './bucket.js';
