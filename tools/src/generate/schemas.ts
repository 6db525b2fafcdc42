import { Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { tellFields } from '@filodiretto/contracts';
import { ApiExtraModels, ApiProperty, DocumentBuilder, SwaggerModule } from '@nestjs/swagger';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type Schemas = Record<string, { [key: string]: Json }>;

class Nothing {}

/** The JSON Schema of each class and of all that they are made of, by class name, as their decorators say it. */
export async function schemasOf(classes: readonly (new () => object)[]): Promise<Schemas> {
  Module({})(Nothing);
  tellFields({ property: ApiProperty, models: ApiExtraModels });
  const app = await NestFactory.create(Nothing, new FastifyAdapter(), { logger: false });
  try {
    const document = SwaggerModule.createDocument(app, new DocumentBuilder().setOpenAPIVersion('3.1.0').build(), {
      extraModels: [...classes] as Type[],
    });
    const schemas = JSON.parse(JSON.stringify(document.components?.schemas ?? {})) as Schemas;
    return Object.fromEntries(
      Object.entries(schemas)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, schema]) => [name, jsonSchema(schema) as Schemas[string]]),
    );
  } finally {
    await app.close();
  }
}

/** OpenAPI's one example as JSON Schema's list of them. */
const jsonSchema = (value: Json): Json => {
  if (Array.isArray(value)) return value.map(jsonSchema);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) =>
      key === 'example' && 'type' in value ? ['examples', [inner]] : [key, jsonSchema(inner)],
    ),
  );
};
