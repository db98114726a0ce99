/** A run that is written down until somebody kills this process: `node simulator-run.process.ts FOLDER`. Prints the number of each moment once it is written. */
import { H2O2 } from '../../simulators/plants/h2o2/plant.ts';
import { RunFolder } from '../../simulators/server/run-file.ts';
import { SimulationSession } from '../../simulators/server/session.ts';

const session = new SimulationSession(H2O2, 5, 1, Date.now, new RunFolder(process.argv[2] ?? '', H2O2.id, H2O2.model));
session.takeSnapshot('before');
session.note('the air fails', 'instructor');
session.plant.inject('F4-02F', {});
for (let n = 1; ; n += 1) {
  session.step(30);
  if (n % 3 === 0) session.takeSnapshot(`n ${n}`);
  process.stdout.write(`${n}\n`);
}
