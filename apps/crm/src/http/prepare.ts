import multipart from '@fastify/multipart';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { CorrelationInterceptor, ProblemFilter, strictValidation, type Logger } from '@filodiretto/platform';
import { serveDocs } from '../openapi.js';
import { StorablePipe } from './storable.pipe.js';

/** Largest file of an operator. */
const MAX_UPLOAD_BYTES = 25_000_000;

/** What every request goes through: correlation, strict validation, problems; and the page of the API at `/docs`. To be called before the application is initialised. */
export function prepareHttp(
  app: NestFastifyApplication,
  log: Logger,
  isSystemFault: (fault: unknown) => boolean,
  said: { readonly docs: boolean },
): void {
  void app.register(multipart, { limits: { files: 1, fileSize: MAX_UPLOAD_BYTES, fields: 10, parts: 11 } });
  app.useGlobalInterceptors(new CorrelationInterceptor());
  app.useGlobalPipes(new StorablePipe(), strictValidation());
  app.useGlobalFilters(new ProblemFilter(log, isSystemFault));
  if (said.docs) serveDocs(app);
}
