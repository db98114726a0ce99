/** The peer of `haven replay`: reads the same file with csv-parse, streamed, turns fields into numbers, and does nothing with them. */
import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';

let rows = 0;
let sum = 0;
for await (const row of createReadStream(process.argv[2] ?? '').pipe(parse()) as AsyncIterable<string[]>) {
  rows += 1;
  for (const field of row) sum += Number(field) || 0;
}
process.stdout.write(`${JSON.stringify({ rows, sum })}\n`);
