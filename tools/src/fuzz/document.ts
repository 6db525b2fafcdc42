import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../runtime/places.js';

/** A schema of the API's description (JSON Schema 2020-12), as far as it is used there. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly pattern?: string;
  readonly enum?: readonly unknown[];
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly allOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly example?: unknown;
}

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly schema: Schema;
}

type Content = Readonly<Record<string, { readonly schema?: Schema }>>;

/** One operation of the API. */
export interface Operation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly Parameter[];
  /** What is sent, by media type. */
  readonly body: Content;
  /** What may be answered, by status. */
  readonly answers: Readonly<Record<string, { readonly content?: Content }>>;
}

type Answer = Operation['answers'][string];
interface Reference {
  readonly $ref: string;
}
interface Described {
  readonly operationId: string;
  readonly parameters?: readonly (Parameter | Reference)[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, Answer | Reference>>;
}

/** The thing itself, when what is given refers to one of `shared`. */
const followed = <T extends object>(given: T | Reference, shared: Readonly<Record<string, T>> = {}): T => {
  if (!('$ref' in given)) return given;
  const found = shared[given.$ref.split('/').at(-1) ?? ''];
  if (!found) throw new Error(`the description of the API refers to ${given.$ref}, which is not there`);
  return found;
};

/** The API as `contracts/openapi.json` describes it. */
export class ApiDocument {
  readonly operations: readonly Operation[];
  readonly schemas: Readonly<Record<string, Schema>>;

  constructor(file = join(ROOT, 'contracts', 'openapi.json')) {
    const document = JSON.parse(readFileSync(file, 'utf8')) as {
      readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
      readonly components: {
        readonly schemas: Readonly<Record<string, Schema>>;
        readonly parameters?: Readonly<Record<string, Parameter>>;
        readonly responses?: Readonly<Record<string, Answer>>;
      };
    };
    const { schemas, parameters, responses } = document.components;
    this.schemas = schemas;
    this.operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, described]) => ({
        id: described.operationId,
        method: method.toUpperCase(),
        path,
        parameters: (described.parameters ?? []).map(one => followed(one, parameters)),
        body: described.requestBody?.content ?? {},
        answers: Object.fromEntries(
          Object.entries(described.responses).map(([status, one]) => [status, followed(one, responses)]),
        ),
      })),
    );
  }

  /** The schema itself, when it is a reference to one. */
  resolved(schema: Schema): Schema {
    const name = schema.$ref?.split('/').at(-1);
    return name === undefined ? schema : (this.schemas[name] ?? {});
  }
}
