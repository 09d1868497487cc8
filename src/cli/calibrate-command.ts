import { renderCalibrationTable } from '../report/calibration-table.ts';
import type { CalibrateOutcome } from '../tutor/calibrate.ts';
import { exitCodes } from './exit-codes.ts';
import type { Streams } from './streams.ts';

/** Prints a calibration run, as a table for people or as report.json for programs, and returns the exit code. */
export function printCalibration(args: {
  set: string;
  outcome: CalibrateOutcome;
  json: boolean;
  streams: Streams;
}): number {
  const { set, outcome, json, streams } = args;
  switch (outcome.status) {
    case 'not-found':
      streams.err(
        `viva: there is no eval set "${set}".\nUse one of: ${outcome.known.join(', ') || '(evals/ is empty)'}.\n`,
      );
      return exitCodes.usage;
    case 'empty':
      streams.err(
        `viva: the eval set "${set}" has no answers in this split.\nLeave --split away, or add answers to evals/${set}/answers.jsonl.\n`,
      );
      return exitCodes.usage;
    case 'stopped':
      streams.err(`viva: stopped after ${outcome.done} of ${outcome.total} answers; there is no report of a part.\n`);
      return exitCodes.interrupted;
    case 'done':
      streams.out(
        json
          ? `${JSON.stringify(outcome.report, null, 2)}\n`
          : `${renderCalibrationTable(outcome.report, { width: streams.width, colour: streams.colour })}\n`,
      );
      return exitCodes.ok;
    default:
      return outcome satisfies never;
  }
}

/** A progress line that is redrawn on a screen and left out of a log. */
export function createProgress({
  streams,
  label,
}: {
  streams: Streams;
  label: string;
}): (done: number, total: number) => void {
  if (!streams.interactive) return () => undefined;
  return (done, total) => {
    streams.err(`\r${label} ${done} of ${total}${done === total ? '\n' : ''}`);
  };
}
