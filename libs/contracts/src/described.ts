import type { ApiPropertyOptions } from '@nestjs/swagger';

/** Whoever writes the document of the API, field by field. */
export interface DocumentWriter {
  property(said: ApiPropertyOptions): PropertyDecorator;
  /** Classes that a field may hold, beside the one of its type. */
  models(...classes: (new () => object)[]): PropertyDecorator;
}

const waiting: ((writer: DocumentWriter) => void)[] = [];

/** What a field says of itself. Kept until somebody writes documents: a service that only checks loads nothing that could. */
export const Described =
  (said: ApiPropertyOptions): PropertyDecorator =>
  (target, key) =>
    void waiting.push(writer => writer.property(said)(target, key));

/** The classes that a field may hold. */
export const MayHold =
  (...classes: readonly (new () => object)[]): PropertyDecorator =>
  (target, key) =>
    void waiting.push(writer => writer.models(...classes)(target, key));

/** Where the schema of a class is in the document. */
export const schemaOf = ({ name }: new () => object): { $ref: string } => ({ $ref: `#/components/schemas/${name}` });

/** Tells a writer what all fields said that nobody was told yet, in the order in which they said it. Call before a document is made. */
export function tellFields(writer: DocumentWriter): void {
  for (const say of waiting.splice(0)) say(writer);
}
