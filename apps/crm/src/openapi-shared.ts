import { isDeepStrictEqual } from 'node:util';
import type { OpenAPIObject } from '@nestjs/swagger';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;
type Reference = { readonly $ref: string };
type Response = Exclude<NonNullable<Operation['responses'][string]>, Reference>;
type Parameter = Exclude<NonNullable<Operation['parameters']>[number], Reference>;

const METHODS = ['get', 'put', 'post', 'patch', 'delete'] as const;
const PROBLEM = 'application/problem+json';

/**
 * The same description, with what many operations have in common said once in `components` and referred to: every refusal,
 * under the names of its problems in the order of the alphabet, joined by dots; each problem, as an example under its name;
 * parameters of query and header that mean the same wherever they are asked, under their names. Throws when two of them
 * that differ would have one name.
 */
export function saidOnce(document: OpenAPIObject): OpenAPIObject {
  const responses = new Shelf<Response>('responses');
  const examples = new Shelf<object>('examples');
  const parameters = new Shelf<Parameter>('parameters');
  const same = sameEverywhere(document);

  const refusal = (response: Response): Reference => {
    const media = response.content?.[PROBLEM];
    const problems = Object.entries(media?.examples ?? {}).sort(([one], [other]) => (one < other ? -1 : 1));
    return responses.put(problems.map(([name]) => name).join('.'), {
      ...response,
      description: problems
        .map(([name, example]) => `\`${name}\`: ${'summary' in example ? example.summary : name}`)
        .join('. '),
      content: {
        [PROBLEM]: {
          ...media,
          examples: Object.fromEntries(problems.map(([name, example]) => [name, examples.put(name, example)])),
        },
      },
    });
  };
  const shortened = (operation: Operation): Operation => ({
    ...operation,
    ...(operation.parameters && {
      parameters: operation.parameters.map(one =>
        '$ref' in one || !same.has(one.name) ? one : parameters.put(one.name, one),
      ),
    }),
    responses: Object.fromEntries(
      Object.entries(operation.responses).map(([status, one]) => [
        status,
        one && !('$ref' in one) && one.content?.[PROBLEM] ? refusal(one) : one,
      ]),
    ),
  });
  const paths = Object.fromEntries(
    Object.entries(document.paths).map(([path, item]) => [
      path,
      Object.fromEntries(
        Object.entries(item).map(([key, value]: [string, unknown]) => [
          key,
          METHODS.some(method => method === key) ? shortened(value as Operation) : value,
        ]),
      ),
    ]),
  );
  const shelves = { responses: responses.things, examples: examples.things, parameters: parameters.things };
  return { ...document, paths, components: { ...document.components, ...shelves } };
}

/** Names of the parameters that more than one operation asks for, and all in the same words; ids in a path say each what they are of. */
function sameEverywhere({ paths }: OpenAPIObject): ReadonlySet<string> {
  const seen = new Map<string, { readonly first: Parameter; again: boolean; differs: boolean }>();
  for (const item of Object.values(paths))
    for (const method of METHODS)
      for (const one of item[method]?.parameters ?? []) {
        if ('$ref' in one) continue;
        const known = seen.get(one.name);
        if (!known) seen.set(one.name, { first: one, again: false, differs: one.in === 'path' });
        else Object.assign(known, { again: true, differs: known.differs || !isDeepStrictEqual(known.first, one) });
      }
  return new Set([...seen].flatMap(([name, { again, differs }]) => (again && !differs ? [name] : [])));
}

/** What is shared of one sort, by name. */
class Shelf<T> {
  readonly things: Record<string, T> = {};

  constructor(private readonly sort: string) {}

  put(name: string, thing: T): Reference {
    const there = (this.things[name] ??= thing);
    if (!isDeepStrictEqual(there, thing)) throw new Error(`two ${this.sort} are called ${name}, and differ`);
    return { $ref: `#/components/${this.sort}/${name}` };
  }
}
