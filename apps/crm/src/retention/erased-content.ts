import type { Part } from '@filodiretto/contracts';
import { present } from '../http/present.js';

/** What stands where something was said that is gone. */
const GONE = { type: 'unsupported', providerType: 'erased' } as const;

/** What stands in place of a title. */
export const ERASED_TITLE = 'Contenuto cancellato';

/** What remains of a message: of what sort its parts were, and the times that figures are made of; nothing that was said. */
export const erasedContent = (content: readonly Part[]): Part[] => content.map(remains);

function remains(part: Part): Part {
  switch (part.type) {
    case 'call': {
      const { type, direction, arrivedAt, queuedAt, answeredAt, endedAt, ending } = part;
      return { type, direction, arrivedAt, ...present({ queuedAt, answeredAt, endedAt, ending }), steps: [] };
    }
    case 'media':
      return { type: 'media', kind: part.kind, mediaType: part.mediaType, fetch: 'expired', scan: part.scan };
    case 'form':
      return { type: 'form', form: part.form, version: part.version, fields: {} };
    case 'template':
      return { type: 'template', name: part.name, language: part.language, parameters: [] };
    default:
      return GONE;
  }
}

/** The addresses of the bytes that something refers to, wherever in it. */
export function blobsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(blobsIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    name === 'sha256' && typeof inner === 'string' ? [inner] : blobsIn(inner),
  );
}
