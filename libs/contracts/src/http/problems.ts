/** Every refusal and fault of the API (RFC 9457). `type` is `/problems/<name>`; there is no second code. Titles are written for the operator. */
export const PROBLEMS = {
  'invalid-input': { status: 422, title: 'Some fields are not right' },
  'malformed-request': { status: 400, title: 'The request cannot be read' },
  'not-authenticated': { status: 401, title: 'Say who you are' },
  'step-up-required': { status: 401, title: 'Log in again to do this' },
  'not-allowed': { status: 403, title: 'You may not do this' },
  'foreign-page': { status: 403, title: 'The request does not come from our own pages' },
  'not-found': { status: 404, title: 'There is nothing here' },
  'version-required': { status: 428, title: 'Say which version you are changing' },
  'version-stale': { status: 412, title: 'Someone changed it first' },
  'transition-not-allowed': { status: 409, title: 'A case cannot go from here to there' },
  'kept-by-law': { status: 409, title: 'The law has it kept for now' },
  'office-in-use': { status: 409, title: 'The office still holds something' },
  'idempotency-mismatch': { status: 409, title: 'This key was used for another request' },
  'reply-window-closed': { status: 409, title: 'The channel no longer accepts a free reply' },
  'channel-cannot': { status: 409, title: 'The channel cannot do this' },
  'no-reply-address': { status: 409, title: 'There is no address to answer at' },
  'text-too-long': { status: 422, title: 'The text is longer than the channel accepts' },
  'outcome-required': { status: 422, title: 'Say with which outcome the case ends' },
  'retry-not-allowed': { status: 409, title: 'Only a failed or unknown message can be sent again' },
  'cannot-be-withdrawn': { status: 409, title: 'What has left cannot be taken back' },
  'processing-restricted': { status: 409, title: 'The data of this person rest: nothing more is done with them' },
  'personal-data': { status: 422, title: 'What everybody will read may hold personal data' },
  'offer-over': { status: 409, title: 'This offer is over' },
  'media-type-not-accepted': { status: 415, title: 'What was sent is of a sort that is not read here' },
  'too-large': { status: 413, title: 'What was sent is too large' },
  'too-many-requests': { status: 429, title: 'Too many requests: try again later' },
  'temporarily-unavailable': { status: 503, title: 'Not available right now: try again shortly' },
  'internal-error': { status: 500, title: 'Something went wrong on our side' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemName = keyof typeof PROBLEMS;
export const PROBLEM_NAMES = Object.keys(PROBLEMS) as readonly ProblemName[];
