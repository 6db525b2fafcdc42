/** What somebody may do from a letter without logging in. Each is a link of its own. */
export const ACTIONS = [
  'takeCharge',
  'resolve',
  'extend',
  'refuseCompetence',
  'askCitizen',
  'answerTask',
  'extendTask',
  'refuseTask',
] as const;
export type ActionName = (typeof ACTIONS)[number];

/** How each action is called in letters and on its page. Italian. */
export const ACTION_NAMES: Readonly<Record<ActionName, string>> = {
  takeCharge: 'Prendere in carico',
  resolve: 'Fatto: chiudere con un esito',
  extend: 'Serve più tempo',
  refuseCompetence: 'Non è di nostra competenza',
  askCitizen: 'Chiedere qualcosa al cittadino',
  answerTask: 'Rispondere al quesito',
  extendTask: 'Serve più tempo per rispondere',
  refuseTask: 'Il quesito non è di nostra competenza',
};
