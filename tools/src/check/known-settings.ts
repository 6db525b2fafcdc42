/** What the example configuration says of the settings: all names, and those that a service cannot start without. */
export interface KnownSettings {
  readonly names: ReadonlySet<string>;
  /** Required by the core, by the citizens' pages, by every channel. */
  readonly required: {
    readonly core: readonly string[];
    readonly portal: readonly string[];
    readonly channel: readonly string[];
  };
}

/** Reads `.env.example`, which is made from the settings classes. */
export function knownSettings(example: string): KnownSettings {
  const names = new Set<string>();
  const requiredIn = new Map<string, string[]>();
  let section = '';
  for (const line of example.split('\n')) {
    section = /^# ─+ (.*?) ─+$/.exec(line)?.[1] ?? section;
    const name = /^(?:# )?([A-Z][A-Z0-9_]*)=/.exec(line)?.[1];
    if (name === undefined) continue;
    names.add(name).add(`${name}_FILE`);
    if (!line.startsWith('#')) requiredIn.set(section, [...(requiredIn.get(section) ?? []), name]);
  }
  const of = (prefix: string): string[] =>
    [...requiredIn].flatMap(([title, required]) => (title.startsWith(prefix) ? required : []));
  const everywhere = of('Every service');
  return {
    names,
    required: {
      core: [...everywhere, ...of('The core')],
      // They are on no bus, and keep no blobs.
      portal: ['PORT', ...of("The citizens' pages")],
      channel: [...everywhere, ...of('Every channel')],
    },
  };
}
