let chosen: string | undefined;

/** Says which case is meant from now on: it is shown a moment later. Undefined: the one that is shown. */
export function choose(id: string | undefined): void {
  chosen = id;
}

/** Whether a case is the one that is meant. What is pressed while another is about to be shown is not for the one that is left. */
export const isChosen = (id: string): boolean => chosen === undefined || chosen === id;
