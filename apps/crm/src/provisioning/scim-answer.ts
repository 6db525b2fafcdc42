import type { FastifyReply } from 'fastify';
import { isJson, type Json } from './scim.js';
import { isKnown, shownOf, versionOf } from './scim-query.js';

/** What a version is the version of: all but what is said about the resource itself. */
export const withoutMeta = ({ meta: _, ...resource }: Json): Json => resource;

/** The resource with its version. */
export const versioned = (resource: Json): Json => ({
  ...resource,
  meta: { ...(isJson(resource.meta) ? resource.meta : {}), version: versionOf(withoutMeta(resource)) },
});

/** A resource as it is answered: its version in `ETag`, as much of it as was asked for; nothing (304) of what who asks has. */
export function answered(
  resource: Json,
  reply: FastifyReply,
  { attributes, excludedAttributes }: Json,
  known?: string,
): Json | undefined {
  const version =
    isJson(resource.meta) && typeof resource.meta.version === 'string' ? resource.meta.version : undefined;
  if (version !== undefined) {
    reply.header('etag', version);
    if (isKnown(known, version)) {
      reply.code(304);
      return undefined;
    }
  }
  return shownOf(attributes, excludedAttributes).of(resource);
}
