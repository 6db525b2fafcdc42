import { parseArgs, type ParseArgsConfig } from 'node:util';
import { CannotGoOn, tell, wordsOf } from './words.js';

/** Reads a command line. Throws, in words and with how the command is used, when there is something it does not know. */
export function argumentsOf<const T extends ParseArgsConfig>(
  usage: string,
  config: T,
): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs(config);
  } catch (error) {
    throw new CannotGoOn(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
  }
}

/** Runs a command and gives its exit code: 2 when it could not be done, told in words, whatever the command means by 1. */
export async function command(run: () => Promise<number>): Promise<number> {
  try {
    return await run();
  } catch (error) {
    tell(wordsOf(error));
    return 2;
  }
}
