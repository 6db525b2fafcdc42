import { invalid } from './graph-error.js';

export type Json = Record<string, unknown>;
export const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A check of one value at a path; throws the provider's error. */
export type Check = (value: unknown, path: string) => void;

/** A text of `min` to `max` characters. */
export const text =
  (max: number, min = 1): Check =>
  (value, path) => {
    if (typeof value !== 'string') throw invalid(`Param ${path} must be a string`);
    if (value.length < min || value.length > max)
      throw invalid(`Param ${path} must have ${min} to ${max} characters, it has ${value.length}`);
  };
export const number =
  (min: number, max: number): Check =>
  (value, path) => {
    if (typeof value !== 'number' || !(value >= min && value <= max))
      throw invalid(`Param ${path} must be a number from ${min} to ${max}`);
  };
export const flag: Check = (value, path) => {
  if (typeof value !== 'boolean') throw invalid(`Param ${path} must be a boolean`);
};
export const oneOf =
  (...values: readonly string[]): Check =>
  (value, path) => {
    if (typeof value !== 'string' || !values.includes(value))
      throw invalid(`Param ${path} must be one of {${values.join(', ')}}`);
  };
export const list =
  (item: Check, min: number, max: number): Check =>
  (value, path) => {
    if (!Array.isArray(value)) throw invalid(`Param ${path} must be an array`);
    if (value.length < min || value.length > max)
      throw invalid(`Param ${path} must have ${min} to ${max} items, it has ${value.length}`);
    value.forEach((one, index) => item(one, `${path}[${index}]`));
  };

/** An object with these fields and no other; a name with a final `?` may be absent. */
export const object =
  (fields: Readonly<Record<string, Check>>): Check =>
  (value, path) => {
    if (!isJson(value)) throw invalid(`Param ${path || 'body'} must be an object`);
    const at = (name: string) => (path === '' ? name : `${path}.${name}`);
    for (const name of Object.keys(value))
      if (!(name in fields) && !(`${name}?` in fields))
        throw invalid(`Unexpected key "${name}" on param "${path || 'body'}"`);
    for (const [declared, check] of Object.entries(fields)) {
      const name = declared.replace(/\?$/, '');
      if (value[name] !== undefined) check(value[name], at(name));
      else if (!declared.endsWith('?')) throw invalid(`The parameter ${at(name)} is required`);
    }
  };

/** Exactly one of these fields of an object is there. */
export const exactlyOne = (value: Json, path: string, ...names: readonly string[]): string => {
  const present = names.filter(name => value[name] !== undefined);
  const [only] = present;
  if (only === undefined || present.length > 1)
    throw invalid(`Exactly one of ${names.join(', ')} is required on ${path}`);
  return only;
};
