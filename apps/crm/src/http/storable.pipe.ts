import { Injectable, type ArgumentMetadata, type PipeTransform } from '@nestjs/common';
import { storable } from '../storable.js';

/** What is sent, with a visible mark for each character that PostgreSQL cannot store. */
@Injectable()
export class StorablePipe implements PipeTransform {
  transform(value: unknown, { type }: ArgumentMetadata): unknown {
    const sent = (type === 'body' || type === 'query') && typeof value === 'object' && value !== null;
    return sent ? storable(value) : value;
  }
}
