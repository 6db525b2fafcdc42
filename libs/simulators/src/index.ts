export * from './mail/index.js';
export * from './meta/index.js';
export * from './s3/index.js';
export * from './twilio/index.js';
export * from './clamd/index.js';
export * from './attacks/index.js';
