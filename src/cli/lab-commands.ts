import type { Comparison } from '../calibration/comparison.ts';
import { renderComparisonTable } from '../report/comparison-table.ts';
import type { BaselineOutcome } from '../tutor/baseline.ts';
import type { PublishOutcome } from '../tutor/published.ts';
import { exitCodes } from './exit-codes.ts';
import type { Streams } from './streams.ts';

const FLIPS_SHOWN = 30;

/** Prints two runs side by side. */
export function printComparison(args: { comparison: Comparison; json: boolean; streams: Streams }): number {
  const { comparison, json, streams } = args;
  const look = { width: streams.width, flips: FLIPS_SHOWN };
  streams.out(json ? `${JSON.stringify(comparison, null, 2)}\n` : `${renderComparisonTable(comparison, look)}\n`);
  return exitCodes.ok;
}

/** Says what was published, or why nothing was (exit code 1). */
export function printPublished({ outcome, streams }: { outcome: PublishOutcome; streams: Streams }): number {
  if (outcome.status === 'nothing-to-publish') {
    streams.err(`Nothing was published. ${outcome.reason}\n`);
    return exitCodes.found;
  }
  const { thresholds, mayGradeAlone, judge, model } = outcome.decision;
  const alone = {
    yes: 'It may grade alone.',
    no: 'It fell at a gate, so a person should confirm what stands too.',
    'cannot-say': 'Whether it may grade alone is not known.',
  }[mayGradeAlone];
  streams.err(
    `Published in ${outcome.path}: verdicts of ${judge} (${model}) stand from ${Math.round(100 * thresholds.verdict)} % confidence on; a person decides the rest. ${alone}\n` +
      'Commit the file. A running server takes it up when it starts again.\n',
  );
  return exitCodes.ok;
}

const figures = { agreement: 'agreement', kappa: 'kappa', quadraticKappa: 'quadratic kappa' } as const;

/** Says how each set stands to its baseline; exit code 1 where a figure got worse. */
export function printBaselines({
  outcomes,
  streams,
}: {
  outcomes: readonly BaselineOutcome[];
  streams: Streams;
}): number {
  if (outcomes.length === 0) {
    streams.out('No set has a baseline. Write one with: viva calibrate <set> --write-baseline\n');
    return exitCodes.ok;
  }
  let worse = false;
  for (const outcome of outcomes) {
    switch (outcome.status) {
      case 'no-baseline':
        streams.err(`viva: ${outcome.set} has no baseline, or no dev answers.\n`);
        worse = true;
        break;
      case 'other-judge':
        streams.err(`viva: the baseline of ${outcome.set} is of another judge, ${outcome.judge}.\n`);
        worse = true;
        break;
      case 'checked':
        worse = printChecks({ outcome, streams }) || worse;
        break;
      default:
        outcome satisfies never;
    }
  }
  return worse ? exitCodes.found : exitCodes.ok;
}

function printChecks(args: { outcome: Extract<BaselineOutcome, { status: 'checked' }>; streams: Streams }): boolean {
  const { outcome, streams } = args;
  const { set, checks, answers, wasAnswers } = outcome;
  for (const { figure, was, is, status } of checks) {
    const now = is.status === 'value' ? is.value.toFixed(3) : '–';
    const before =
      was.status === 'undefined'
        ? '–'
        : `${was.value.toFixed(3)}${was.interval.status === 'value' ? ` [${was.interval.low.toFixed(3)}, ${was.interval.high.toFixed(3)}]` : ''}`;
    const word = { held: 'holds', worse: 'WORSE', better: 'better: write the baseline again' }[status];
    streams.out(`${set}: ${figures[figure]} ${now}, baseline ${before}: ${word}\n`);
  }
  if (answers !== wasAnswers)
    streams.out(
      `${set}: ${answers} dev answers now, ${wasAnswers} in the baseline: write it again with --write-baseline\n`,
    );
  return checks.some(({ status }) => status === 'worse');
}
