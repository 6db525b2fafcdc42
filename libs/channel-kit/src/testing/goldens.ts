import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { environment } from '@filodiretto/platform';
import type { Delivery } from './harness.js';

/** A recorded payload and where its golden is. */
export interface Fixture {
  /** File name, as a person calls it. */
  readonly file: string;
  readonly delivery: Delivery;
  readonly golden: URL;
}

const EXPECTED = '.expected.json';
const ABOUT = '.about.json';

/** The fixtures of a folder, in order of name. */
export function fixturesIn(where: { folder: URL; account: string; mediaType: string }): Fixture[] {
  const folder = new URL(where.folder.href.endsWith('/') ? where.folder.href : `${where.folder.href}/`);
  return readdirSync(folder)
    .filter(file => !file.endsWith(EXPECTED) && !file.endsWith(ABOUT) && !file.startsWith('.'))
    .sort()
    .map(file => {
      const name = file.replace(/\.[^.]*$/, '');
      const about = new URL(`${name}${ABOUT}`, folder);
      const said = existsSync(about) ? (JSON.parse(readFileSync(about, 'utf8')) as Partial<Delivery>) : {};
      return {
        file,
        golden: new URL(`${name}${EXPECTED}`, folder),
        delivery: {
          account: said.account ?? where.account,
          mediaType: said.mediaType ?? where.mediaType,
          ...(said.about ? { about: said.about } : {}),
          raw: readFileSync(new URL(file, folder)),
        },
      };
    });
}

/**
 * The golden to compare with. With `UPDATE_GOLDENS=1` it is first written from what was read, for a person to review in the
 * diff; never where `CI` is set. Throws when there is none.
 */
export function goldenOf(fixture: Fixture, read: unknown, env = environment()): unknown {
  const updating = env.UPDATE_GOLDENS === '1';
  if (updating && env.CI) throw new Error('goldens are not written in CI: unset UPDATE_GOLDENS');
  if (updating) writeFileSync(fixture.golden, `${JSON.stringify(read, null, 2)}\n`);
  if (!existsSync(fixture.golden))
    throw new Error(`${fixture.file} has no golden: run with UPDATE_GOLDENS=1 and review what is written`);
  return JSON.parse(readFileSync(fixture.golden, 'utf8')) as unknown;
}
