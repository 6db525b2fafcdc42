import { Text, Whole } from '../fields.js';

/** Bytes kept in the blob store, addressed by their content. Never leaves the back end. */
export class BlobRef {
  @Text('SHA-256 of the bytes, lower-case hexadecimal', { max: 64, pattern: /^[0-9a-f]{64}$/ }) readonly sha256: string;
  @Whole('Length in bytes', {}) readonly size: number;
  @Text('Media type, as declared', { max: 255 }) readonly mediaType: string;
}
