/** A named place where failure tests kill the process. Does nothing unless `armFaultPoint` named it. */
let armed: { readonly name: string; skip: number } | undefined;

/** Arms one place: `name`, or `name#n` to let it pass n times first. Refused in production. */
export function armFaultPoint(crashAt: string | undefined, nodeEnv: string): void {
  if (!crashAt) return;
  if (nodeEnv === 'production') throw new Error('CRASH_AT is for failure tests: refused in production');
  const [name = '', skip = '0'] = crashAt.split('#');
  armed = { name, skip: Number(skip) };
}

/** Kills the process here, as kill -9 does, when this place is armed. */
export function faultPoint(name: string): void {
  if (armed?.name !== name) return;
  if (armed.skip > 0) {
    armed.skip -= 1;
    return;
  }
  process.kill(process.pid, 'SIGKILL');
}
