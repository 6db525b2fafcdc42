import { createRequire } from 'node:module';
import { Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import {
  ApiExcludeController,
  ApiExtraModels,
  ApiProperty,
  DocumentBuilder,
  SwaggerModule,
  type OpenAPIObject,
} from '@nestjs/swagger';
import { PART_VIEWS, ProblemView, tellFields } from '@filodiretto/contracts';
import { HealthController } from '@filodiretto/platform';
import { saidOnce } from './openapi-shared.js';
import { CONTROLLERS } from './rest.module.js';

const TAGS = {
  Cases: 'The matters: opened, answered, moved along their life cycle',
  Messages: 'What was said, and how far what goes out has come',
  Contacts: 'The people and bodies we know',
  Attachments: 'The bytes of what citizens sent',
  'Parked items': 'What could not be taken in by itself and waits for a person',
  Channels: 'The ways in and out, as they say of themselves',
  Organisation: 'Offices, operators, categories',
  Privacy: 'Consents, the rights of citizens, the register of processing',
  Reports: 'Counts, and the proof that nothing was lost',
  Sessions: 'Who is logged in by browser',
  Stream: 'What happens, as it happens',
} as const;

/** Describes the API of an application. */
function describeApi(application: Parameters<typeof SwaggerModule.createDocument>[0]): OpenAPIObject {
  tellFields({ property: ApiProperty, models: ApiExtraModels });
  ApiExcludeController()(HealthController);
  const { version } = createRequire(import.meta.url)('../package.json') as { version: string };
  const builder = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Filodiretto')
    .setDescription(
      'The contact centre of a public administration. Every answer that is not a success is a problem of RFC 9457; every list is paged with `after` and `limit`; whoever makes something may send its id as Idempotency-Key, and whoever changes a case sends the version they have seen as If-Match.',
    )
    .setVersion(version)
    .setLicense('AGPL-3.0-or-later', 'https://www.gnu.org/licenses/agpl-3.0.html')
    .addServer('/', 'Where this document was read from')
    .addBearerAuth({
      type: 'http',
      scheme: 'bearer',
      bearerFormat: 'JWT',
      description: 'Access token of the identity provider (RFC 9068), of the scope that the method needs',
    });
  for (const [name, description] of Object.entries(TAGS)) builder.addTag(name, description);
  return saidOnce(
    SwaggerModule.createDocument(application, builder.build(), { extraModels: [ProblemView, ...PART_VIEWS] }),
  );
}

/** The page `/docs`, where the API can be read and tried. */
export function serveDocs(application: NestFastifyApplication): void {
  SwaggerModule.setup('docs', application, () => describeApi(application), { jsonDocumentUrl: 'docs/openapi.json' });
}

/** The description of the API, made from the controllers alone: no database, no bus, nothing runs. */
export async function openApiDocument(): Promise<OpenAPIObject> {
  const needed = new Set(CONTROLLERS.flatMap(one => Reflect.getMetadata('design:paramtypes', one) as Type[]));
  @Module({ controllers: CONTROLLERS, providers: [...needed].map(provide => ({ provide, useValue: {} })) })
  class Description {}
  const application = await NestFactory.create<NestFastifyApplication>(Description, new FastifyAdapter(), {
    preview: true,
    abortOnError: false,
    logger: false,
  });
  return describeApi(application);
}
