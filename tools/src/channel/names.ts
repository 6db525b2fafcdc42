/** What a channel is called, in every place where its name is written. */
export interface Names {
  /** Folder, manifest, account of the bus: `video-call`. */
  readonly id: string;
  /** As people read it: `Videochiamata`. */
  readonly name: string;
  /** Export of its channel.ts: `videoCall`. */
  readonly camel: string;
  /** Beginning of its classes: `VideoCall`. */
  readonly pascal: string;
  /** Beginning of its settings: `VIDEO_CALL`. */
  readonly env: string;
}

/** The names of a channel, from its id and the name people read; or why they cannot be. */
export function namesOf(id: string, name: string): Names | { readonly wrong: string } {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id) || id.length > 40)
    return { wrong: `"${id}" is not an id: lower-case letters, digits and single hyphens, a letter first, 40 at most` };
  if (name.trim() === '' || name.length > 100)
    return { wrong: 'the name that people read has from 1 to 100 characters' };
  const pascal = id
    .split('-')
    .map(word => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
  const camel = pascal.charAt(0).toLowerCase() + pascal.slice(1);
  return { id, name, camel, pascal, env: camel.replace(/([A-Z])/g, '_$1').toUpperCase() };
}

/** A template with its names filled in. Throws when it asks for one that does not exist. */
export const filledIn = (template: string, { id, name, camel, pascal, env }: Names): string => {
  const values: Readonly<Record<string, string>> = {
    id,
    name,
    camel,
    Pascal: pascal,
    ENV: env,
    nameLiteral: `'${name.replace(/[\\']/g, '\\$&')}'`,
  };
  return template.replace(/\{\{(\w+)\}\}/g, (_, key: string) => {
    const value = values[key];
    if (value === undefined) throw new Error(`a template asks for {{${key}}}, which nobody fills in`);
    return value;
  });
};
