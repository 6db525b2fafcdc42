import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** `nx g @filodiretto/tools:channel ID --name NAME`: the same as `npm run channel`, once Nx has let go of the files. */
export const channel =
  (tree, { id, name = id }) =>
  () => {
    const { status } = spawnSync(process.execPath, [join(tree.root, 'tools/channel.mjs'), id, name], {
      stdio: 'inherit',
    });
    if (status !== 0) throw new Error(`the channel ${id} was not written`);
  };
