import { readFileSync } from 'node:fs';
import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';

/** A configuration that cannot be used. `mistakes` are all of them, by environment name; never a secret's value. */
export class ConfigurationError extends Error {
  constructor(readonly mistakes: readonly string[]) {
    super(`The configuration cannot be used:\n${mistakes.map(m => `  - ${m}`).join('\n')}`);
  }
}

type Kind = 'text' | 'whole' | 'flag' | 'choice' | 'list' | 'url' | 'json';
/** One setting, as `.env.example` shows it. */
export interface SettingDescription {
  /** Name in the environment. */
  readonly name: string;
  readonly description: string;
  readonly kind: Kind;
  readonly secret: boolean;
  readonly optional: boolean;
  readonly default?: unknown;
  readonly values?: readonly string[];
}
interface Setting extends SettingDescription {
  readonly property: string;
  /** Gives the value, or throws a `Mistake`. */
  readonly parse: (text: string) => unknown;
}
class Mistake extends Error {}

const settingsOf = new WeakMap<object, Setting[]>();
const environmentName = (property: string): string => property.replace(/([A-Z])/g, '_$1').toUpperCase();

const setting =
  (
    kind: Kind,
    description: string,
    said: Said<unknown>,
    parse: (text: string) => unknown,
    values?: readonly string[],
  ): PropertyDecorator =>
  (target, property) => {
    const own = settingsOf.get(target) ?? [];
    settingsOf.set(target, own);
    own.push({
      name: environmentName(String(property)),
      property: String(property),
      description,
      kind,
      secret: said.secret ?? false,
      optional: said.optional ?? false,
      ...('default' in said ? { default: said.default } : {}),
      ...(values ? { values } : {}),
      parse,
    });
  };

interface Said<T> {
  /** Used when the environment says nothing. */
  readonly default?: T;
  /** Never printed; may be read from the file named by `<NAME>_FILE`. */
  readonly secret?: true;
  /** May be absent: the property is then `undefined`. */
  readonly optional?: true;
}

/** A text. */
export const TextSetting = (
  description: string,
  said: Said<string> & { readonly pattern?: RegExp; readonly min?: number; readonly max?: number } = {},
): PropertyDecorator =>
  setting('text', description, said, text => {
    if (said.pattern && !said.pattern.test(text)) throw new Mistake(`does not look like ${said.pattern.source}`);
    if (said.min !== undefined && text.length < said.min) throw new Mistake(`needs at least ${said.min} characters`);
    if (said.max !== undefined && text.length > said.max) throw new Mistake(`has more than ${said.max} characters`);
    return text;
  });

/** A whole number. */
export const WholeSetting = (
  description: string,
  said: Said<number> & { readonly min?: number; readonly max?: number } = {},
): PropertyDecorator =>
  setting('whole', description, said, text => {
    const value = /^-?\d{1,15}$/.test(text) ? Number(text) : NaN;
    if (Number.isNaN(value)) throw new Mistake('is not a whole number');
    if (value < (said.min ?? 0)) throw new Mistake(`is less than ${said.min ?? 0}`);
    if (said.max !== undefined && value > said.max) throw new Mistake(`is more than ${said.max}`);
    return value;
  });

/** `true` or `false`. */
export const FlagSetting = (description: string, said: Said<boolean> = {}): PropertyDecorator =>
  setting('flag', description, said, text => {
    if (text !== 'true' && text !== 'false') throw new Mistake('is neither true nor false');
    return text === 'true';
  });

/** One of a few words. */
export const ChoiceSetting = (
  description: string,
  values: readonly string[],
  said: Said<string> = {},
): PropertyDecorator =>
  setting(
    'choice',
    description,
    said,
    text => {
      if (!values.includes(text)) throw new Mistake(`is none of ${values.join(', ')}`);
      return text;
    },
    values,
  );

/** Texts separated by commas. */
export const ListSetting = (description: string, said: Said<readonly string[]> = {}): PropertyDecorator =>
  setting('list', description, said, text =>
    text
      .split(',')
      .map(item => item.trim())
      .filter(item => item !== ''),
  );

/** An absolute URL, without a final slash. */
export const UrlSetting = (description: string, said: Said<string> = {}): PropertyDecorator =>
  setting('url', description, said, text => {
    if (!URL.canParse(text)) throw new Mistake('is not an absolute URL');
    return text.replace(/\/+$/, '');
  });

/** JSON, checked against a decorated class: written inline, or `@` and the path of a file. */
export const JsonSetting = (
  description: string,
  item: () => new () => object,
  said: Said<unknown> & { readonly list?: true } = {},
): PropertyDecorator =>
  setting('json', description, said, text => {
    let value: unknown;
    try {
      value = JSON.parse(text.startsWith('@') ? readFileSync(text.slice(1), 'utf8') : text);
    } catch (error) {
      throw new Mistake(
        text.startsWith('@') ? `cannot be read: ${error instanceof Error ? error.message : 'unknown'}` : 'is not JSON',
      );
    }
    if (said.list && !Array.isArray(value)) throw new Mistake('is not a JSON list');
    if (!said.list && (typeof value !== 'object' || value === null || Array.isArray(value)))
      throw new Mistake('is not a JSON object');
    const instances = (Array.isArray(value) ? value : [value]).map(one => plainToInstance(item(), one));
    const faults = instances.flatMap((one, index) =>
      one === null || typeof one !== 'object'
        ? [`[${index}] is not an object`]
        : faultsOf(validateSync(one, { whitelist: true, forbidNonWhitelisted: true }), said.list ? `[${index}]` : ''),
    );
    if (faults.length > 0) throw new Mistake(faults.join('; '));
    return said.list ? instances : instances[0];
  });

const faultsOf = (errors: readonly ValidationError[], path: string): string[] =>
  errors.flatMap(error => {
    const here = path === '' ? error.property : `${path}.${error.property}`;
    return [
      ...Object.values(error.constraints ?? {}).map(words => `${here}: ${words.replace(`${error.property} `, '')}`),
      ...faultsOf(error.children ?? [], here),
    ];
  });

const allSettings = (type: new () => object): Setting[] => {
  const found: Setting[] = [];
  for (let at: object | null = type.prototype as object; at !== null; at = Object.getPrototypeOf(at) as object | null)
    found.unshift(...(settingsOf.get(at) ?? []));
  return found;
};

/** The settings of a class, in the order written, those of its base classes first. */
export const describeSettings = (type: new () => object): SettingDescription[] =>
  allSettings(type).map(({ name, description, kind, secret, optional, values, ...rest }) => ({
    name,
    description,
    kind,
    secret,
    optional,
    ...(values ? { values } : {}),
    ...('default' in rest ? { default: rest.default } : {}),
  }));

/** The environment of the process: the one place where it is read. */
export const environment = (): Readonly<Record<string, string | undefined>> => process.env;

/** Reads and checks a service's configuration once, at start. Throws `ConfigurationError` with every mistake. An empty value counts as absent. */
export function loadSettings<T extends object>(
  type: new () => T,
  env: Readonly<Record<string, string | undefined>> = environment(),
): T {
  const values: Record<string, unknown> = {};
  const mistakes: string[] = [];
  for (const one of allSettings(type)) {
    try {
      const text = env[one.name] || fromFile(one, env);
      if (text) values[one.property] = one.parse(text);
      else if ('default' in one) values[one.property] = one.default;
      else if (!one.optional) throw new Mistake('is missing');
    } catch (error) {
      if (!(error instanceof Mistake)) throw error;
      mistakes.push(`${one.name}: ${error.message} (${one.description})`);
    }
  }
  if (mistakes.length > 0) throw new ConfigurationError(mistakes);
  return Object.assign(new type(), values);
}

const fromFile = (one: Setting, env: Readonly<Record<string, string | undefined>>): string | undefined => {
  const path = one.secret ? env[`${one.name}_FILE`] : undefined;
  if (!path) return undefined;
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    throw new Mistake(`the file named by ${one.name}_FILE cannot be read`);
  }
};
