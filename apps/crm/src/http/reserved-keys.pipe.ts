import { Injectable, type ArgumentMetadata, type PipeTransform } from '@nestjs/common';
import { Problem } from '@filodiretto/platform';

/** Keys that the pipes after this one take away without a word. */
const RESERVED: ReadonlySet<string> = new Set(['constructor', 'prototype', '__proto__']);

/** No body that is asked for is nested so deep; what comes after may follow it call by call. */
const DEEPEST = 60;

/** Refuses keys that are names of the language, before they vanish: nobody is told that something was kept which was not; and what is nested without end. */
@Injectable()
export class ReservedKeysPipe implements PipeTransform {
  transform(value: unknown, { type }: ArgumentMetadata): unknown {
    const found = type === 'body' || type === 'query' ? pointersIn(value) : [];
    if (found.length === 0) return value;
    throw new Problem('invalid-input', undefined, {
      errors: found.map(pointer => ({ pointer, detail: 'is a name of the language: nothing is called so' })),
    });
  }
}

/** RFC 6901. With a stack of its own: what is sent may be nested deeper than calls can be. */
function pointersIn(sent: unknown): string[] {
  const found: string[] = [];
  const waiting: { readonly value: unknown; readonly at: string; readonly depth: number }[] = [
    { value: sent, at: '', depth: 0 },
  ];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { value, at, depth } = next;
    if (typeof value !== 'object' || value === null || Buffer.isBuffer(value)) continue;
    if (depth === DEEPEST)
      throw new Problem('malformed-request', `What is sent is nested deeper than ${DEEPEST} levels.`);
    for (const [key, item] of Object.entries(value)) {
      const pointer = `${at}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
      if (RESERVED.has(key)) found.push(pointer);
      else waiting.push({ value: item, at: pointer, depth: depth + 1 });
    }
  }
  return found;
}
