import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Parser } from '@asyncapi/parser';
import { Validator } from '@seriousme/openapi-schema-validator';

const ERROR = 0;

/** The description of the bus is AsyncAPI 3.0, as the format's own parser says. */
export async function asyncapiIsValid(root: string): Promise<readonly string[]> {
  const text = readFileSync(join(root, 'contracts/asyncapi.yaml'), 'utf8');
  const { document, diagnostics } = await new Parser().parse(text);
  const faults = diagnostics
    .filter(one => Number(one.severity) === ERROR)
    .map(one => `contracts/asyncapi.yaml ${one.path.join('.')}: ${one.message}`);
  if (document === undefined && faults.length === 0) return ['contracts/asyncapi.yaml cannot be parsed'];
  if (document !== undefined && document.version() !== '3.0.0')
    return [`contracts/asyncapi.yaml is AsyncAPI ${document.version()}, not 3.0.0`];
  return faults;
}

/** The description of the API is OpenAPI 3.1, as the format's own schema says. */
export async function openapiIsValid(root: string): Promise<readonly string[]> {
  const document = JSON.parse(readFileSync(join(root, 'contracts/openapi.json'), 'utf8')) as Record<string, unknown>;
  const version = String(document.openapi);
  if (!version.startsWith('3.1')) return [`contracts/openapi.json is OpenAPI ${version}, not 3.1`];
  const { valid, errors } = await new Validator().validate(document);
  if (valid) return operationsWithoutNames(document);
  return [
    `contracts/openapi.json: ${typeof errors === 'string' ? errors : JSON.stringify(errors?.slice(0, 10), undefined, 2)}`,
  ];
}

/** Two operations of one name would give a client one method. */
const operationsWithoutNames = (document: Record<string, unknown>): string[] => {
  const seen = new Map<string, string>();
  return Object.entries(document.paths ?? {}).flatMap(([path, methods]) =>
    Object.entries(methods as Record<string, { operationId?: string }>).flatMap(([method, operation]) => {
      const here = `${method} ${path}`;
      if (!operation.operationId) return [`contracts/openapi.json: ${here} has no operationId`];
      const other = seen.get(operation.operationId);
      seen.set(operation.operationId, here);
      return other ? [`contracts/openapi.json: ${here} and ${other} are both ${operation.operationId}`] : [];
    }),
  );
};
