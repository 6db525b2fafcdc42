import { InstantField, ListOf, OneOf, Text, Texts, Whole } from '../fields.js';

/** What of an account's connection is asked by itself: its way in, its way out, the account at the provider, what the channel leans on. */
export const CONNECTION_SIDES = ['account', 'receiving', 'sending', 'device', 'storage', 'scanner'] as const;
export type ConnectionSide = (typeof CONNECTION_SIDES)[number];

/**
 * What came of asking. `unauthorized`: the credentials were refused. `not_found`: it does not know the account. `unreachable`: nobody
 * takes the call. `silent`: it was called, and did not answer in time. `not_linked`: the device waits for a person. `refused`: it
 * answered no, for another reason. `failed`: what it answered proves nothing. `not_asked`: time was over before its turn.
 */
export const CONNECTION_RESULTS = [
  'works',
  'unauthorized',
  'not_found',
  'unreachable',
  'silent',
  'not_linked',
  'refused',
  'failed',
  'not_asked',
] as const;
export type ConnectionResult = (typeof CONNECTION_RESULTS)[number];

/** Which accounts of a channel the other side is asked about now. */
export class AskConnections {
  @Texts('Accounts', { max: 1_000, maxLength: 200 }) readonly accounts: string[];
}
/** What the other side answered, just now, about one side of an account's connection. */
export class ConnectionCheck {
  @Text('Account', { max: 200 }) readonly account: string;
  @OneOf('Which side of its connection', CONNECTION_SIDES, { example: 'sending' }) readonly side: ConnectionSide;
  @OneOf('What came of asking', CONNECTION_RESULTS, { example: 'works' }) readonly result: ConnectionResult;
  @Text('What the other side said of itself, or why not, in its own words; never a secret', { max: 500, optional: true })
  readonly detail?: string;
  @Whole('Milliseconds that it took', {}) readonly tookMs: number;
}
export class ConnectionsAnswer {
  @ListOf('One for each side of each account', () => ConnectionCheck, { max: 6_000 }) readonly items: ConnectionCheck[];
}
/** Which of a channel's accounts the other side is asked about. */
export class CheckConnections {
  @Text('One account; all those of the administration unless told', { max: 200, optional: true, example: 'urp' }) readonly account?: string;
}
/** What a check of a channel's connections found. Of the moment alone. */
export class ConnectionReport extends ConnectionsAnswer {
  @InstantField('When the other sides were asked') readonly checkedAt: string;
}
