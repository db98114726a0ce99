/**
 * Stands in for the simulator and for `serve`: says it is ready the way they do, has a child of its own, notes both process
 * ids in the folder it is given, and ends the way it is told to.
 *
 *   node stub-child.ts NAME PID_FOLDER 'READY LINE' [stubborn | die | refuse]
 */
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [name = '', folder = '', readyLine = '', manner = ''] = process.argv.slice(2);

const grandchild = spawn(process.execPath, ['-e', "process.on('SIGTERM', () => undefined); setInterval(() => undefined, 1000)"], { stdio: 'ignore' });
writeFileSync(join(folder, name), `${process.pid} ${grandchild.pid ?? 0}`);

if (manner === 'refuse') {
  console.error('rules/h2o2/tags.yaml:3:1: this pack is broken; a list of tags is expected');
  process.exit(2);
}
console.log(`some other line of the ${name}`);
console.log(readyLine);
if (manner === 'die') setTimeout(() => { process.exit(7); }, 500);
if (manner === 'stubborn') {
  process.on('SIGTERM', () => undefined);
} else {
  process.on('SIGTERM', () => { process.exit(0); });
  // --exit-with-parent: the parent's end of this pipe closes when the parent is gone, however it went.
  process.stdin.resume().on('end', () => { grandchild.kill('SIGKILL'); process.exit(0); });
}
setInterval(() => undefined, 1_000);
