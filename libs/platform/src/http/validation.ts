import { ValidationPipe, type ArgumentMetadata, type PipeTransform } from '@nestjs/common';
import type { FieldProblem } from '@filodiretto/contracts';
import type { ValidationError } from 'class-validator';
import { Problem } from './problem.js';

/** More values than any request of ours has; to check each costs more than to send it. */
const MOST_VALUES = 20_000;
const MOST_MEMBERS = 1_000;
/** Nobody reads more. */
const MOST_FAULTS = 100;

/** Refuses a body of more values, or of an object with more members, than there is a use for, before any of them is looked at. */
export class BoundedPipe implements PipeTransform {
  transform(value: unknown, { type }: ArgumentMetadata): unknown {
    if (type === 'body' && isTooMuch(value))
      throw new Problem('malformed-request', 'What was sent has more values than anything that is read here.');
    return value;
  }
}

function isTooMuch(value: unknown): boolean {
  const ahead: unknown[] = [value];
  let seen = 0;
  for (let one = ahead.pop(); one !== undefined || ahead.length > 0; one = ahead.pop()) {
    if (typeof one !== 'object' || one === null || ArrayBuffer.isView(one)) continue;
    const inner: unknown[] = Array.isArray(one) ? one : Object.values(one);
    seen += inner.length;
    if (seen > MOST_VALUES || (!Array.isArray(one) && inner.length > MOST_MEMBERS)) return true;
    for (const each of inner) ahead.push(each);
  }
  return false;
}

/** Refuses what a request does not declare, and what is not as declared: `invalid-input` with a pointer for each field. */
export const strictValidation = (): ValidationPipe =>
  new ValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    transform: true,
    exceptionFactory: faults =>
      new Problem('invalid-input', undefined, {
        errors: faults.flatMap(fault => fieldProblems(fault, '')).slice(0, MOST_FAULTS),
      }),
  });

/** RFC 6901. */
const escaped = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');

function fieldProblems(fault: ValidationError, above: string): FieldProblem[] {
  const pointer = `${above}/${escaped(fault.property)}`;
  return [
    ...Object.values(fault.constraints ?? {}).map(detail => ({ pointer, detail })),
    ...(fault.children ?? []).flatMap(child => fieldProblems(child, pointer)),
  ];
}
