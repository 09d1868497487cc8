import { rateSentences, renderRates } from '../report/rate-table.ts';
import type { EstimatedRate } from '../tutor/estimate-rate.ts';
import { exitCodes } from './exit-codes.ts';
import { printFaults } from './rows-left-out.ts';
import type { Streams } from './streams.ts';

/** Prints an estimated rate, as a page for people or as JSON with every figure, and returns the exit code. */
export function printEstimate(args: { estimated: EstimatedRate; json: boolean; streams: Streams }): number {
  const { estimated, json, streams } = args;
  if (json) {
    streams.out(`${JSON.stringify({ summary: rateSentences(estimated), ...estimated }, null, 2)}\n`);
    return exitCodes.ok;
  }
  const { file, faults, empty, all } = estimated;
  printFaults({ file, faults, streams });
  const left = [
    empty > 0 ? `${empty} rows hold neither a verdict nor a rating.` : '',
    all.ratedUnjudged > 0
      ? `${all.ratedUnjudged} rated answers have no verdict; only the ratings alone can use them.`
      : '',
    faults.length > 0 ? `${faults.length} cell${faults.length === 1 ? '' : 's'} or lines could not be read.` : '',
  ].filter((line) => line !== '');
  const look = { width: streams.width, colour: streams.colour };
  streams.out(`${renderRates({ rates: estimated, lines: left.length > 0 ? [left.join(' ')] : [], look })}\n`);
  return exitCodes.ok;
}
