/** `npm run build`: the console into .vite/renderer/console. */
import { buildConsole } from './console-bundle.ts';

const result = await buildConsole();
if (!result.ok) {
  console.error(result.said);
  process.exitCode = 1;
}
