import { createRequire } from 'node:module';
import { getMetadataStorage, ValidationTypes } from 'class-validator';

interface TypeMetadata {
  readonly typeFunction?: (...told: never[]) => unknown;
  readonly options?: {
    readonly keepDiscriminatorProperty?: boolean;
    readonly discriminator?: {
      readonly property: string;
      readonly subTypes: readonly { readonly name: string; readonly value: unknown }[];
    };
  };
}
/** What class-transformer knows of the classes; it gives types to its root only. */
const { defaultMetadataStorage } = createRequire(import.meta.url)('class-transformer/cjs/storage.js') as {
  readonly defaultMetadataStorage: {
    findTypeMetadata(type: unknown, property: string): TypeMetadata | undefined;
    findTransformMetadatas(type: unknown, property: string, way: number): unknown[];
    getExposedMetadatas(type: unknown): unknown[];
    getExcludedMetadatas(type: unknown): unknown[];
    getStrategy(type: unknown): 'none' | 'exposeAll' | 'excludeAll';
  };
};

type ClassOf<T extends object> = new () => T;
type Rule = (value: unknown, instance: object) => boolean;
type Metadata = ReturnType<ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']>[number];
type Bag = Record<string, unknown>;

/** The quick check cannot say: class-transformer and class-validator must be asked. */
const UNSURE = Symbol('unsure');

interface Field {
  readonly name: string;
  readonly read: (value: unknown) => unknown;
  /** When one of them is false, nothing is asked of the field. */
  readonly conditions: readonly Rule[];
  readonly rules: readonly Rule[];
}
type Reader = (value: Bag) => unknown;

const readers = new Map<unknown, Reader>();

/**
 * The instance of a class that a plain value describes, when it certainly passes the rules that the class declares to
 * class-validator; `undefined` when it does not, or when that cannot be said quickly. Unknown fields are left out. What it
 * accepts is what `plainToInstance` and `validateSync` with `whitelist` give: the decorators stay the only declaration.
 */
export function quickly<T extends object>(type: ClassOf<T>, value: object): T | undefined {
  const read = isPlain(value, type) ? readerOf(type)(value) : UNSURE;
  return read === UNSURE ? undefined : (read as T);
}

function readerOf(type: unknown): Reader {
  let reader = readers.get(type);
  if (!reader) {
    reader = compiled(type);
    readers.set(type, reader);
  }
  return reader;
}

const never: Reader = () => UNSURE;

function compiled(type: unknown): Reader {
  if (!isClass(type) || transforms(type)) return never;
  const byName = new Map<string, Metadata[]>();
  for (const rule of getMetadataStorage().getTargetValidationMetadatas(type, '', false, false))
    byName.set(rule.propertyName, [...(byName.get(rule.propertyName) ?? []), rule]);
  const fields = [...byName].map(([name, rules]) => fieldOf(type, name, rules));
  if (fields.length === 0 || !allKnown(fields)) return never;
  return value => {
    const instance = new type() as Bag;
    for (const field of fields) {
      const given = value[field.name];
      if (given === undefined && !Object.hasOwn(value, field.name)) continue;
      const read = field.read(given);
      if (read === UNSURE) return UNSURE;
      instance[field.name] = read;
    }
    for (const { name, conditions, rules } of fields) {
      const held = instance[name];
      if (conditions.every(condition => condition(held, instance)) && !rules.every(rule => rule(held, instance)))
        return UNSURE;
    }
    return instance;
  };
}

const allKnown = (fields: readonly (Field | undefined)[]): fields is readonly Field[] =>
  fields.every(field => field !== undefined);

/** Whether class-transformer was told to do more with the class than to make instances. */
const transforms = (type: unknown): boolean =>
  defaultMetadataStorage.getStrategy(type) !== 'none' ||
  defaultMetadataStorage.getExposedMetadatas(type).length > 0 ||
  defaultMetadataStorage.getExcludedMetadatas(type).length > 0;

/** A field, or `undefined` when it says something that only class-validator understands. */
function fieldOf(type: ClassOf<object>, name: string, metadatas: readonly Metadata[]): Field | undefined {
  const nested = metadatas.some(metadata => metadata.type === ValidationTypes.NESTED_VALIDATION);
  const typed = defaultMetadataStorage.findTypeMetadata(type, name);
  const transformed = [0, 1, 2].some(way => defaultMetadataStorage.findTransformMetadatas(type, name, way).length > 0);
  if (name in Object.prototype || transformed || nested !== (typed !== undefined)) return undefined;
  const conditions: Rule[] = [];
  const rules: Rule[] = [];
  for (const metadata of metadatas) {
    if (metadata.validateIf) return undefined;
    switch (metadata.type) {
      case ValidationTypes.CONDITIONAL_VALIDATION: {
        const asks = metadata.constraints[0] as (instance: object, value: unknown) => boolean;
        conditions.push((value, instance) => asks(instance, value));
        break;
      }
      case ValidationTypes.CUSTOM_VALIDATION:
      case ValidationTypes.IS_DEFINED:
        rules.push(...rulesOf(type, metadata));
        break;
      case ValidationTypes.NESTED_VALIDATION:
      case ValidationTypes.WHITELIST:
        break;
      default:
        return undefined;
    }
  }
  const read = typed ? nestedReader(typed) : plainCopy;
  return read && { name, read, conditions, rules };
}

/** Reads an object of another class of ours, or a list of them; each is checked by its own rules. */
function nestedReader({ typeFunction, options }: TypeMetadata): Field['read'] | undefined {
  if (!typeFunction || typeFunction.length > 0) return undefined;
  const discriminator = options?.discriminator;
  if (discriminator && !options.keepDiscriminatorProperty) return undefined;
  const subTypes = new Map(discriminator?.subTypes.map(({ name, value }) => [name, value]));
  const classOf = (value: object): unknown =>
    discriminator ? subTypes.get((value as Bag)[discriminator.property] as string) : typeFunction();
  const one = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return UNSURE;
    const type = classOf(value);
    return isPlain(value, type) ? readerOf(type)(value) : UNSURE;
  };
  return value => (value === undefined ? value : Array.isArray(value) ? list(value, one) : one(value));
}

function list(values: readonly unknown[], read: (value: unknown) => unknown): unknown {
  const copy: unknown[] = [];
  for (const value of values) {
    const item = read(value);
    // JSON has no undefined, and class-transformer skips the holes of a list.
    if (item === UNSURE || item === undefined) return UNSURE;
    copy.push(item);
  }
  return copy;
}

/** A copy of what JSON can say; an object that is more than its fields is not for us. */
function plainCopy(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return typeof value === 'function' ? UNSURE : value;
  if (Array.isArray(value)) return list(value, plainCopy);
  if (!isPlain(value, Object)) return UNSURE;
  const copy: Bag = {};
  for (const [key, item] of Object.entries(value)) {
    if (key in Object.prototype) return UNSURE;
    const held = plainCopy(item);
    if (held === UNSURE) return UNSURE;
    copy[key] = held;
  }
  return copy;
}

const isClass = (type: unknown): type is ClassOf<object> => typeof type === 'function';

const isPlain = (value: object, type: unknown): value is Bag => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || (isClass(type) && prototype === type.prototype);
};

/** The rules of one decorator: a quick yes by its name, else the decorator's own word. */
function rulesOf(type: ClassOf<object>, metadata: Metadata): Rule[] {
  const constraints = metadata.constraints as readonly unknown[] | undefined;
  const soon = QUICK_YES[metadata.name ?? '']?.(constraints ?? []);
  return getMetadataStorage()
    .getTargetValidatorConstraints(metadata.constraintCls)
    .map(({ instance: validator }) => {
      const says = (value: unknown, args: Parameters<typeof validator.validate>[1]): boolean =>
        soon?.(value) === true || validator.validate(value, args) === true;
      return (value, object) => {
        const args = {
          targetName: type.name,
          property: metadata.propertyName,
          object,
          value,
          constraints: metadata.constraints,
        };
        return metadata.each && Array.isArray(value) ? value.every(item => says(item, args)) : says(value, args);
      };
    });
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
/** Instants as our own programs write them, on a day that every month has. */
const INSTANT = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?Z$/;

/** When a decorator of class-validator certainly says yes. Whatever is not certain is asked of the decorator itself. */
const QUICK_YES: Record<string, (constraints: readonly unknown[]) => (value: unknown) => boolean> = {
  isString: () => value => typeof value === 'string',
  isNotEmpty: () => value => typeof value === 'string' && value !== '',
  maxLength:
    ([max]) =>
    value =>
      typeof value === 'string' && value.length <= Number(max),
  isUuid:
    ([version]) =>
    value =>
      version === undefined && typeof value === 'string' && UUID.test(value),
  isIso8601: () => value => typeof value === 'string' && INSTANT.test(value),
  isIn: ([values]) => {
    const known = new Set(Array.isArray(values) ? values : []);
    // A set takes NaN for itself.
    return value => typeof value === 'string' && known.has(value);
  },
  isBoolean: () => value => typeof value === 'boolean',
  isArray: () => value => Array.isArray(value),
  arrayMinSize:
    ([min]) =>
    value =>
      Array.isArray(value) && value.length >= Number(min),
  arrayMaxSize:
    ([max]) =>
    value =>
      Array.isArray(value) && value.length <= Number(max),
  isObject: () => value => typeof value === 'object' && value !== null && !Array.isArray(value),
  isInt: () => value => Number.isInteger(value),
  min:
    ([min]) =>
    value =>
      typeof value === 'number' && value >= Number(min),
  max:
    ([max]) =>
    value =>
      typeof value === 'number' && value <= Number(max),
};
