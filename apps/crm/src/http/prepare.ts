import multipart from '@fastify/multipart';
import { UnsupportedMediaTypeException } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import {
  CorrelationInterceptor,
  ProblemFilter,
  secureHeaders,
  strictValidation,
  BoundedPipe,
  type Logger,
} from '@filodiretto/platform';
import { Begun } from '../isolation/acting.js';
import type { Answered } from '../trail/refusals.js';
import { serveDocs } from '../openapi.js';
import { CONSOLE_PATH, consolePolicy, serveConsole } from './console.js';
import { ReservedKeysPipe } from './reserved-keys.pipe.js';
import { StorablePipe } from './storable.pipe.js';

/** Largest file of an operator. */
const MAX_UPLOAD_BYTES = 25_000_000;

/** The page of the API is made by a library: its scripts and styles are its own files, some styles stand in the page. */
const DOCS_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Where files are taken in as they are, without a form around them. */
const FILES = /^\/api\/imports\//;

/** Lets a file of a table be the body of a request where such files are taken in; anywhere else it is refused as before (415). */
function takeFiles(app: NestFastifyApplication): void {
  const server = app.getHttpAdapter().getInstance();
  server.addContentTypeParser('text/csv', { parseAs: 'buffer', bodyLimit: MAX_UPLOAD_BYTES }, (request, body, done) => {
    if (FILES.test(request.url)) done(null, body);
    else done(new UnsupportedMediaTypeException('A table is not read here: send application/json.'));
  });
}

/** What every request goes through: correlation, strict validation, problems; and the page of the API at `/docs`. To be called before the application is initialised. */
export function prepareHttp(
  app: NestFastifyApplication,
  log: Logger,
  isSystemFault: (fault: unknown) => boolean,
  said: {
    readonly docs: boolean;
    readonly https: boolean;
    readonly console?: string;
    readonly tiles?: string | undefined;
    /** Told of each answer once it has left. */
    readonly answered: (request: Answered, status: number) => void;
  },
): void {
  void app.register(multipart, { limits: { files: 1, fileSize: MAX_UPLOAD_BYTES, fields: 10, parts: 11 } });
  takeFiles(app);
  const server = app.getHttpAdapter().getInstance();
  secureHeaders(server, {
    https: said.https,
    pages: { '/docs': DOCS_POLICY, [CONSOLE_PATH]: consolePolicy(said.tiles) },
  });
  // A request acts for nobody until the guard knows for whom. Once its body was read it goes on where the connection is: said again.
  const begun = new WeakMap<object, Begun>();
  server.addHook('onRequest', (request, _, done) => {
    const one = new Begun();
    begun.set(request, one);
    one.run(done);
  });
  server.addHook('preValidation', (request, _, done) => (begun.get(request) ?? new Begun()).run(done));
  server.addHook('onResponse', (request, reply, done) => {
    said.answered(request, reply.statusCode);
    done();
  });
  server.addContentTypeParser(
    'application/scim+json',
    { parseAs: 'string' },
    server.getDefaultJsonParser('error', 'error'),
  );
  app.useGlobalInterceptors(new CorrelationInterceptor());
  app.useGlobalPipes(new BoundedPipe(), new ReservedKeysPipe(), new StorablePipe(), strictValidation());
  app.useGlobalFilters(new ProblemFilter(log, isSystemFault));
  if (said.docs) serveDocs(app);
  if (said.console !== undefined) serveConsole(app, said.console);
}
