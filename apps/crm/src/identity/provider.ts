import { Problem, type Logger } from '@filodiretto/platform';
import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import {
  allowInsecureRequests,
  discovery,
  enableNonRepudiationChecks,
  type ClientAuth,
  type Configuration,
} from 'openid-client';
import { wordsOf } from '../faults.js';

/** How old what the provider said of itself may be before it is asked again, while one goes on with it. */
const FRESH_MS = 60_000;
/** How soon after a question the same may be asked once more: a flood of unknown keys must not become one of questions. */
const AGAIN_MS = 5_000;
const LOOK_MS = 10_000;
const PATIENCE_SECONDS = 5;

interface Known {
  readonly configuration: Configuration;
  readonly keys: ReturnType<typeof createLocalJWKSet>;
  readonly at: number;
}

/** A provider, and what we are there. */
export interface ProviderSaid {
  /** What it is to us, in words of the log: «the identity provider». */
  readonly what: string;
  /** Exactly as it names itself. */
  readonly issuer: string;
  readonly clientId: string;
  /** How we prove that it is us; a text is a secret, nothing is a public client. */
  readonly proof: ClientAuth | string | undefined;
  /** Whether it may be reached in clear. */
  readonly inClear: boolean;
  /** What else its answers need to be read. */
  readonly prepare?: readonly ((configuration: Configuration) => void)[];
}

/**
 * A provider of OpenID Connect as it describes itself: where people log in, and the keys it signs with. What it said stays good
 * while it is away; new keys are found as soon as something is signed by one.
 */
export class Provider {
  private known: Known | undefined;
  private asking: Promise<Known> | undefined;
  private askedAt = -Infinity;
  private fault: string | undefined;

  constructor(
    private readonly said: ProviderSaid,
    private readonly log: Logger,
  ) {}

  get issuer(): string {
    return this.said.issuer;
  }

  /** For logging people in. Throws a `Problem` of 503 when the provider was never reached. */
  async configuration(): Promise<Configuration> {
    return (await this.current()).configuration;
  }

  /** The key that something of the provider was signed with, for `jwtVerify`. */
  readonly key: JWTVerifyGetKey = async (header, token) => {
    const { keys } = await this.current();
    try {
      return await keys(header, token);
    } catch (fault) {
      if (!(fault instanceof errors.JWKSNoMatchingKey) || performance.now() - this.askedAt < AGAIN_MS) throw fault;
      return (await this.ask()).keys(header, token);
    }
  };

  /** Words when the provider did not answer the last time; sessions go on all the same. Whoever looks often learns it soon. */
  check(): string | undefined {
    if (performance.now() - this.askedAt > LOOK_MS) this.askUnheard();
    return this.fault && `nobody can log in: ${this.fault}`;
  }

  private async current(): Promise<Known> {
    const { known } = this;
    const now = performance.now();
    const asksAgain = now - this.askedAt >= AGAIN_MS;
    if (known) {
      if (now - known.at > FRESH_MS && asksAgain) this.askUnheard();
      return known;
    }
    if (asksAgain || this.asking) return this.ask();
    throw this.away();
  }

  /** Asks, and lets nobody wait for it; a fault is logged where it happens. */
  private askUnheard(): void {
    this.ask().catch(() => undefined);
  }

  /** One question at a time; what was known stays when there is no answer. */
  private ask(): Promise<Known> {
    this.askedAt = performance.now();
    return (this.asking ??= this.learn().finally(() => (this.asking = undefined)));
  }

  private async learn(): Promise<Known> {
    try {
      const configuration = await this.discover();
      const { jwks_uri: address, issuer } = configuration.serverMetadata();
      if (issuer !== this.issuer) throw new Error(`it calls itself ${issuer}`);
      if (address === undefined) throw new Error('it names no keys');
      const answer = await fetch(address, { signal: AbortSignal.timeout(PATIENCE_SECONDS * 1_000), redirect: 'error' });
      if (!answer.ok) throw new Error(`its keys answer ${answer.status}`);
      const keys = createLocalJWKSet((await answer.json()) as JSONWebKeySet);
      if (this.fault) this.log.info({ issuer: this.issuer }, `${this.said.what} answers again`);
      this.fault = undefined;
      return (this.known = { configuration, keys, at: performance.now() });
    } catch (fault) {
      this.fault = `${this.said.what} does not answer (${wordsOf(fault)})`;
      this.log.warn({ because: wordsOf(fault), issuer: this.issuer }, `${this.said.what} does not answer`);
      if (this.known) return this.known;
      throw this.away();
    }
  }

  private discover(): Promise<Configuration> {
    const { clientId, proof, inClear, prepare = [] } = this.said;
    const [secret, way] = typeof proof === 'string' ? [proof, undefined] : [undefined, proof];
    return discovery(new URL(this.issuer), clientId, secret, way, {
      timeout: PATIENCE_SECONDS,
      execute: [enableNonRepudiationChecks, ...(inClear ? [allowInsecureRequests] : []), ...prepare],
    });
  }

  private away(): Problem {
    return new Problem('temporarily-unavailable', 'The identity provider does not answer.', { retryAfter: 5 });
  }
}
