import { ValidationPipe } from '@nestjs/common';
import type { FieldProblem } from '@filodiretto/contracts';
import type { ValidationError } from 'class-validator';
import { Problem } from './problem.js';

/** Refuses what a request does not declare, and what is not as declared: `invalid-input` with a pointer for each field. */
export const strictValidation = (): ValidationPipe =>
  new ValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    transform: true,
    exceptionFactory: faults =>
      new Problem('invalid-input', undefined, { errors: faults.flatMap(fault => fieldProblems(fault, '')) }),
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
