/** What a citizen asked makes no sense; its words are for them. */
export class WrongRequest extends Error {}
