import { Inject, Injectable } from '@nestjs/common';
import { Problem, type Logger } from '@filodiretto/platform';
import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import { allowInsecureRequests, Configuration, discovery, enableNonRepudiationChecks } from 'openid-client';
import { wordsOf } from '../faults.js';
import { LOG } from '../log.js';
import { CrmSettings } from '../settings.js';

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

/**
 * The identity provider as it describes itself: where people log in, and the keys it signs with. What it said stays good
 * while it is away; new keys are found as soon as something is signed by one.
 */
@Injectable()
export class IdentityProvider {
  private known: Known | undefined;
  private asking: Promise<Known> | undefined;
  private askedAt = -Infinity;
  private fault: string | undefined;

  constructor(
    @Inject(CrmSettings) private readonly settings: CrmSettings,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  get issuer(): string {
    return this.settings.oidcIssuer;
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
      if (this.fault) this.log.info('the identity provider answers again');
      this.fault = undefined;
      return (this.known = { configuration, keys, at: performance.now() });
    } catch (fault) {
      this.fault = `the identity provider does not answer (${wordsOf(fault)})`;
      this.log.warn({ because: wordsOf(fault), issuer: this.issuer }, 'the identity provider does not answer');
      if (this.known) return this.known;
      throw this.away();
    }
  }

  private discover(): Promise<Configuration> {
    const { oidcClientId, oidcClientSecret, nodeEnv } = this.settings;
    return discovery(new URL(this.issuer), oidcClientId, oidcClientSecret, undefined, {
      timeout: PATIENCE_SECONDS,
      execute: [enableNonRepudiationChecks, ...(nodeEnv === 'production' ? [] : [allowInsecureRequests])],
    });
  }

  private away(): Problem {
    return new Problem('temporarily-unavailable', 'The identity provider does not answer.', { retryAfter: 5 });
  }
}
