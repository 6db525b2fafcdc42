/** Something whoever answers must be able to do, at least so well. Levels go from 1 to 5. */
export interface RequiredSkill {
  readonly skill: string;
  readonly level: number;
  /** Given: no longer required once the work has waited so long. */
  readonly relaxAfterSeconds?: number;
}

/** From a certain wait on, work is content with less, or looks further. The effects of all rings in force add up. */
export interface Ring {
  readonly afterSeconds: number;
  /** Skills no longer required; `*` is all of them. */
  readonly dropSkills?: readonly string[];
  readonly lowerLevelsBy?: number;
  /** Offices whose operators may take it too. */
  readonly addOffices?: readonly string[];
}

/** What is required of an operator now. */
export interface Need {
  /** How many rings are in force. */
  readonly ring: number;
  readonly skills: readonly RequiredSkill[];
  readonly offices: readonly string[];
}

const isInForce = (ring: Ring, waitedSeconds: number): boolean => waitedSeconds >= ring.afterSeconds;

/** What is required of whoever takes work of an office that has waited so long. The longer the wait, the less is required. */
export function needAt(
  work: { readonly office: string; readonly skills: readonly RequiredSkill[] },
  rings: readonly Ring[],
  waitedSeconds: number,
): Need {
  const inForce = rings.filter(ring => isInForce(ring, waitedSeconds));
  const dropped = new Set(inForce.flatMap(ring => ring.dropSkills ?? []));
  const lower = inForce.reduce((sum, ring) => sum + (ring.lowerLevelsBy ?? 0), 0);
  return {
    ring: inForce.length,
    skills: work.skills
      .filter(
        ({ skill, relaxAfterSeconds }) =>
          !dropped.has('*') &&
          !dropped.has(skill) &&
          (relaxAfterSeconds === undefined || waitedSeconds < relaxAfterSeconds),
      )
      .map(({ skill, level }) => ({ skill, level: Math.max(1, level - lower) })),
    offices: [...new Set([work.office, ...inForce.flatMap(ring => ring.addOffices ?? [])])],
  };
}

/** After how many seconds of waiting, from so many on, less is required; null when that never happens again. */
export function nextRelaxation(
  skills: readonly RequiredSkill[],
  rings: readonly Ring[],
  waitedSeconds: number,
): number | null {
  const later = [...rings.map(ring => ring.afterSeconds), ...skills.flatMap(one => one.relaxAfterSeconds ?? [])].filter(
    seconds => seconds > waitedSeconds,
  );
  return later.length > 0 ? Math.min(...later) : null;
}

/** After how long whoever speaks another language is answered by somebody rather than by nobody. */
const LANGUAGE_SECONDS = 120;

/** What a language requires of whoever answers; null for Italian, which everybody here speaks. */
export function languageNeed(language: string | null | undefined): RequiredSkill | null {
  const primary = language?.toLowerCase().split(/[-_]/)[0];
  return primary && primary !== 'it'
    ? { skill: languageSkill(primary), level: 1, relaxAfterSeconds: LANGUAGE_SECONDS }
    : null;
}

/** The skill that speaking a language is. */
export const languageSkill = (language: string): string => `language:${language.toLowerCase()}`;
