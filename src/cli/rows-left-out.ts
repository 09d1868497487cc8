import type { TableFault } from '../bank/read-table.ts';
import type { Streams } from './streams.ts';
import { printable } from './grade-command.ts';

/** More lines than this would push the figures off the screen. */
const listedAtMost = 20;

/** Lists on `err` what could not be read of a table, as `file:line: what`. */
export function printFaults(args: { file: string; faults: readonly TableFault[]; streams: Streams }): void {
  const { file, faults, streams } = args;
  for (const { line, what } of faults.slice(0, listedAtMost)) streams.err(`${file}:${line}: ${printable(what)}\n`);
  if (faults.length > listedAtMost) streams.err(`… and ${faults.length - listedAtMost} more; --json lists them all.\n`);
}
