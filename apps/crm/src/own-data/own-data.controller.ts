import { Body, Controller, Get, HttpCode, Inject, Post, Req } from '@nestjs/common';
import { ApiAcceptedResponse, ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import {
  AskOwnDataCode,
  AskOwnRight,
  BeginCitizenLogin,
  CitizenLoginBegun,
  CitizenProviderList,
  ClaimOwnCase,
  DecideOwnConsent,
  EndOwnData,
  FinishCitizenLogin,
  OpenOwnData,
  OwnData,
  OwnDataEnded,
  OwnDataSession,
  ShowOwnData,
} from '@filodiretto/contracts';
import { correlationOf, networkOf, Problem } from '@filodiretto/platform';
import type { FastifyRequest } from 'fastify';
import { NeverCached, Operation } from '../http/documented.js';
import { present } from '../http/present.js';
import { TokenBuckets } from '../http/token-buckets.js';
import { isRefused, type Refused } from '../refused.js';
import { CITIZEN_LOGIN_SECONDS, CitizenLogins } from './citizen-logins.js';
import { CitizenProviders } from './citizen-providers.js';
import { OwnDataCodes } from './codes.js';
import { OwnDataActs } from './own-data.js';
import { OwnDataQuery } from './own-data.query.js';
import { OwnDataSessions, type Citizen } from './sessions.js';

/** What is kept of a citizen, for whoever shows that an address is theirs. Nothing of it travels in an address of a page. */
@ApiTags('Citizens')
@Controller('public/own-data')
export class OwnDataController {
  private readonly asking = new TokenBuckets({ perSecond: 0.05, burst: 10 });
  private readonly trying = new TokenBuckets({ perSecond: 0.2, burst: 20 });
  private readonly logging = new TokenBuckets({ perSecond: 1, burst: 60 });
  private readonly pace = new TokenBuckets({ perSecond: 1, burst: 60 });

  constructor(
    @Inject(OwnDataCodes) private readonly codes: OwnDataCodes,
    @Inject(CitizenProviders) private readonly providers: CitizenProviders,
    @Inject(CitizenLogins) private readonly logins: CitizenLogins,
    @Inject(OwnDataSessions) private readonly sessions: OwnDataSessions,
    @Inject(OwnDataActs) private readonly acts: OwnDataActs,
    @Inject(OwnDataQuery) private readonly query: OwnDataQuery,
  ) {}

  @Post('codes')
  @HttpCode(202)
  @Operation('askOwnDataCode', 'Asks for a one-time code, sent to an address of a citizen', {
    description:
      'The answer, and the time it takes, are the same for an address that is known and for one that is not. A code is good once, for the minutes that the letter says; three in an hour are sent to one address.',
    problems: ['invalid-input', 'malformed-request', 'not-found', 'too-many-requests'],
  })
  @ApiAcceptedResponse({ description: 'If something is kept of this address, a code is on its way' })
  @NeverCached()
  async ask(@Body() said: AskOwnDataCode, @Req() request: FastifyRequest): Promise<void> {
    paced(this.asking.take(networkOf(request.ip)));
    if (!this.codes.areSent) throw new Problem('not-found', 'No codes are sent from here.');
    const { kind, value, language = 'it', administration } = said;
    if ((await this.codes.ask({ kind, value, language, administration })) === 'none')
      throw new Problem('not-found', 'Say of which administration.');
  }

  @Post('sessions')
  @Operation('openOwnData', 'Spends a one-time code', {
    description: 'A code that is wrong, spent or too old looks the same. What is opened lasts half an hour.',
    problems: ['invalid-input', 'malformed-request', 'not-found', 'too-many-requests'],
  })
  @ApiCreatedResponse({ type: OwnDataSession, description: 'What opens the data' })
  @NeverCached()
  async open(@Body() { code }: OpenOwnData, @Req() request: FastifyRequest): Promise<OwnDataSession> {
    paced(this.trying.take(networkOf(request.ip)));
    const opened = await this.sessions.open(code);
    if (!opened) throw new Problem('not-found', 'The code is not good, or no longer.');
    return sessionOf(opened);
  }

  @Post('sessions/end')
  @HttpCode(200)
  @Operation('endOwnData', 'Ends a session of a citizen', {
    problems: ['invalid-input', 'malformed-request', 'too-many-requests'],
  })
  @ApiOkResponse({ type: OwnDataEnded, description: 'It opens nothing any more' })
  @NeverCached()
  async end(@Body() { session }: EndOwnData, @Req() request: FastifyRequest): Promise<OwnDataEnded> {
    paced(this.pace.take(networkOf(request.ip)));
    const provider = await this.sessions.end(session);
    return present({ leave: provider === undefined ? null : ((await this.logins.leave(provider)) ?? null) });
  }

  @Get('providers')
  @Operation('listCitizenProviders', 'Where citizens log in: SPID, CIE', {
    description: 'Without any, citizens are known by a one-time code alone.',
  })
  @ApiOkResponse({ type: CitizenProviderList, description: 'The providers' })
  listProviders(): CitizenProviderList {
    return { items: this.providers.all.map(({ code, name, kind }) => ({ code, name, kind })) };
  }

  @Post('logins')
  @Operation('beginCitizenLogin', 'Begins the login of a citizen by SPID or CIE', {
    description: 'The browser that is sent away must come back within ten minutes with what is given here.',
    problems: ['invalid-input', 'malformed-request', 'not-found', 'too-many-requests'],
  })
  @ApiCreatedResponse({ type: CitizenLoginBegun, description: 'Where the browser goes' })
  @NeverCached()
  async begin(
    @Body() { provider, administration }: BeginCitizenLogin,
    @Req() request: FastifyRequest,
  ): Promise<CitizenLoginBegun> {
    paced(this.logging.take(networkOf(request.ip)));
    const begun = await this.logins.begin(provider, administration);
    if (!begun) throw new Problem('not-found', 'Nobody logs in so here.');
    return { ...begun, until: new Date(Date.now() + CITIZEN_LOGIN_SECONDS * 1_000).toISOString() };
  }

  @Post('logins/end')
  @Operation('openOwnDataByLogin', 'Ends the login of a citizen, and opens what is kept of them', {
    description:
      'Good once, whatever comes of it. What the provider gives is verified (signature, issuer, audience, nonce, time, how strong the login was), read, and thrown away: of the fiscal code a keyed print is kept.',
    problems: [
      'invalid-input',
      'malformed-request',
      'not-found',
      'login-refused',
      'login-too-weak',
      'login-not-usable',
      'too-many-requests',
    ],
  })
  @ApiCreatedResponse({ type: OwnDataSession, description: 'What opens the data' })
  @NeverCached()
  async finish(@Body() { login, query }: FinishCitizenLogin, @Req() request: FastifyRequest): Promise<OwnDataSession> {
    paced(this.logging.take(networkOf(request.ip)));
    const opened = await this.logins.finish(login, query);
    if (isRefused(opened)) throw problemOf(opened);
    return sessionOf(opened);
  }

  @Post('cases')
  @HttpCode(200)
  @Operation('claimOwnCase', 'Shows by its code that a case is theirs: who logged in follows it without from then on', {
    description: 'What is shown of it is what the code shows. A code that is not known yet is kept for a day.',
    problems: ['invalid-input', 'malformed-request', 'not-found', 'too-many-requests'],
  })
  @ApiOkResponse({ type: OwnData, description: 'The data after it' })
  @NeverCached()
  async claim(@Body() said: ClaimOwnCase, @Req() request: FastifyRequest): Promise<OwnData> {
    paced(this.trying.take(networkOf(request.ip)));
    return this.shown(await this.acts.claim(said), said.language);
  }

  @Post()
  @HttpCode(200)
  @Operation('showOwnData', 'What is kept of a citizen, who looked at it, until when, and what they agreed to', {
    description:
      'As far as it is certain who asks: who verified an address sees what came from it and went to it, and all of theirs where it was said at the desk that nobody else reads it. Confidential cases are shown to who logged in alone (`hidesConfidential`); what offices noted among themselves is given when access is asked for and an operator has looked.',
    problems: ['invalid-input', 'malformed-request', 'not-found', 'too-many-requests'],
  })
  @ApiOkResponse({ type: OwnData, description: 'The data' })
  @NeverCached()
  async show(@Body() { session, language, takeAway }: ShowOwnData, @Req() request: FastifyRequest): Promise<OwnData> {
    paced(this.pace.take(networkOf(request.ip)));
    return this.shown(await this.acts.looked(session, 'showOwnData', takeAway ? 'exported' : 'looked'), language);
  }

  @Post('consents')
  @HttpCode(200)
  @Operation('decideOwnConsent', 'Agrees to a purpose, or takes an agreement back', {
    problems: ['invalid-input', 'malformed-request', 'not-found', 'version-stale', 'too-many-requests'],
  })
  @ApiOkResponse({ type: OwnData, description: 'The data after it' })
  @NeverCached()
  async consent(@Body() said: DecideOwnConsent, @Req() request: FastifyRequest): Promise<OwnData> {
    paced(this.pace.take(networkOf(request.ip)));
    return this.shown(await this.acts.consent(said), said.language);
  }

  @Post('requests')
  @HttpCode(200)
  @Operation('askOwnRight', 'Asks for access, rectification, erasure, restriction, or objects', {
    description:
      'It becomes a case with the term of the law; the receipt goes to the verified address. While one of the same sort is open, no other is opened.',
    problems: [
      'invalid-input',
      'malformed-request',
      'not-found',
      'too-many-requests',
      'no-reply-address',
      'channel-cannot',
      'reply-window-closed',
      'text-too-long',
    ],
  })
  @ApiOkResponse({ type: OwnData, description: 'The data after it' })
  @NeverCached()
  async request(@Body() said: AskOwnRight, @Req() request: FastifyRequest): Promise<OwnData> {
    paced(this.pace.take(networkOf(request.ip)));
    return this.shown(await this.acts.request(said, correlationOf(request)), said.language);
  }

  private async shown(done: Citizen | Refused, language: string | undefined): Promise<OwnData> {
    if (isRefused(done)) throw problemOf(done);
    return this.query.of(done, language ?? null);
  }
}

const sessionOf = ({
  session,
  citizen,
  email,
}: {
  readonly session: string;
  readonly citizen: Citizen;
  readonly email?: string | undefined;
}): OwnDataSession => ({
  session,
  until: citizen.until.toISOString(),
  assuranceLevel: citizen.assurance.level,
  ...(citizen.identity ? { name: citizen.identity.name } : {}),
  ...(email === undefined ? {} : { email }),
});

function problemOf({ refused, detail, errors }: Refused): Problem {
  return new Problem(refused, detail, errors ? { errors: [...errors] } : undefined);
}

function paced(wait: number): void {
  if (wait > 0) throw new Problem('too-many-requests', 'Ask more slowly.', { retryAfter: wait });
}
