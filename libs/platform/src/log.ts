import type { LoggerService } from '@nestjs/common';
import { pino, type DestinationStream, type Logger, type LoggerOptions } from 'pino';
import { correlation } from './context.js';

export type { Logger };

/** Fields that are never written, wherever they are. */
const SECRETS = ['token', 'password', 'secret', 'authorization', 'accessToken', 'apiKey', 'signature'];

/** Structured log of one service: JSON lines on standard output (or `to`), with the correlation id of the work at hand. */
export const createLogger = (service: string, level = 'info', to?: DestinationStream): Logger => {
  const options: LoggerOptions = {
    level,
    base: { service },
    redact: { paths: SECRETS.flatMap(name => [name, `*.${name}`]), censor: '…' },
    mixin: () => ({ ...correlation() }),
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: label => ({ level: label }) },
  };
  return to ? pino(options, to) : pino(options);
};

/** The framework's own lines, through the service's log. */
export class NestLog implements LoggerService {
  constructor(private readonly logger: Logger) {}
  log(message: unknown, ...more: unknown[]): void {
    this.write('debug', message, more);
  }
  error(message: unknown, ...more: unknown[]): void {
    this.write('error', message, more);
  }
  warn(message: unknown, ...more: unknown[]): void {
    this.write('warn', message, more);
  }
  debug(message: unknown, ...more: unknown[]): void {
    this.write('debug', message, more);
  }
  verbose(message: unknown, ...more: unknown[]): void {
    this.write('trace', message, more);
  }
  private write(level: 'error' | 'warn' | 'debug' | 'trace', message: unknown, more: unknown[]): void {
    const place = more.at(-1);
    const stack = more.length > 1 && typeof more[0] === 'string' ? more[0] : undefined;
    const fields = { place, ...(stack ? { stack } : {}) };
    if (message instanceof Error) this.logger[level]({ err: message, ...fields }, message.message);
    else this.logger[level](fields, String(message));
  }
}
