import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { EVENTS, type EventPayload, type EventType } from '@filodiretto/contracts';
import { quickly } from './quick-check.js';

/** A payload that is not what its type promises. No retry mends it. */
export class InvalidPayload extends Error {
  constructor(
    type: string,
    readonly faults: readonly string[],
  ) {
    super(`${type}: ${faults.join('; ')}`);
  }
}

const words = (errors: readonly ValidationError[], path = ''): string[] =>
  errors.flatMap(error => {
    const here = path === '' ? error.property : `${path}/${error.property}`;
    return [
      ...Object.values(error.constraints ?? {}).map(text => `${here}: ${text}`),
      ...words(error.children ?? [], here),
    ];
  });

/** The checked instance of a class. Fields that the class does not know are left out. Throws `InvalidPayload`. */
export function checked<T extends object>(type: new () => T, value: unknown, name: string = type.name): T {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new InvalidPayload(name, ['is not an object']);
  const sure = quickly(type, value);
  if (sure) return sure;
  const instance = plainToInstance(type, value);
  const errors = validateSync(instance, { whitelist: true });
  if (errors.length > 0) throw new InvalidPayload(name, words(errors).slice(0, 20));
  return instance;
}

export const isEventType = (type: string): type is EventType => Object.hasOwn(EVENTS, type);

/** The checked payload of an event. Throws `InvalidPayload`. */
export const checkedEvent = <T extends EventType>(type: T, value: unknown): EventPayload<T> =>
  checked(EVENTS[type].payload as new () => EventPayload<T>, value, type);
