import {
  expectedCalibrationError,
  reliabilityBins,
  type ConfidentCall,
} from '../calibration/confidence-calibration.ts';
import type { PredictedRow } from '../store/attempt-history.ts';

/** Parts a learner ticked beforehand: how many, how sure they were on average and what share the judge found right. 0 to 1. */
export type CalibrationFigure = { n: number; sure: number; right: number };

/** How well a learner knows what they know: what they predicted of their answers beside what came of it. */
export type SelfCalibrationView = {
  /** Answers with a prediction and a grade. */
  answers: number;
  /**
   * Ticked parts with a decided verdict; null where there is none yet. `apart` is how far sureness and success lie apart in the
   * bins, averaged over parts: two errors that cancel out on average do not here.
   */
  ticked: (CalibrationFigure & { apart: number }) | null;
  /** Parts left unticked, and how many of them were right all the same. */
  unticked: { n: number; right: number };
  /** Ticked parts by how sure the learner was, from `low` up to `high`. Empty bins have no figure. */
  bins: { low: number; high: number; figure: CalibrationFigure | null }[];
  /** The same over time, oldest first: so many answers in a row each. The last block may hold fewer. */
  blocks: { from: string; to: string; answers: number; figure: CalibrationFigure | null }[];
};

const BINS = 5;
const ANSWERS_A_BLOCK = 10;

/**
 * Holds predictions against verdicts. Ticked and `met` is a hit; `partial` and `missed` are not; what the judge was `unsure` of
 * tells nothing and is left out, as are criteria since taken out of the rubric. `rows` come newest first.
 */
export function viewSelfCalibration(rows: readonly PredictedRow[]): SelfCalibrationView {
  const calls = rows.flatMap(callsOf);
  const unticked = rows.flatMap(({ prediction, verdicts }) =>
    Object.entries(verdicts).filter(
      ([criterion, verdict]) => verdict !== 'unsure' && !prediction.covered.includes(criterion),
    ),
  );
  const bins = reliabilityBins({ calls, bins: BINS });
  const apart = expectedCalibrationError(bins);
  const ticked = figureOf(calls);
  const oldestFirst = rows.toReversed();
  const blocks = Array.from({ length: Math.ceil(rows.length / ANSWERS_A_BLOCK) }, (_, block) =>
    oldestFirst.slice(block * ANSWERS_A_BLOCK, (block + 1) * ANSWERS_A_BLOCK),
  );
  return {
    answers: rows.length,
    ticked: ticked && { ...ticked, apart: apart.status === 'value' ? apart.value : 0 },
    unticked: { n: unticked.length, right: unticked.filter(([, verdict]) => verdict === 'met').length },
    bins: bins.map(({ low, high, n, meanConfidence, accuracy }) => ({
      low,
      high,
      figure:
        meanConfidence.status === 'value' && accuracy.status === 'value'
          ? { n, sure: meanConfidence.value, right: accuracy.value }
          : null,
    })),
    blocks: blocks.map((block) => ({
      from: block[0]?.createdAt.toISOString() ?? '',
      to: block.at(-1)?.createdAt.toISOString() ?? '',
      answers: block.length,
      figure: figureOf(block.flatMap(callsOf)),
    })),
  };
}

function callsOf({ prediction, verdicts }: PredictedRow): ConfidentCall[] {
  return prediction.covered.flatMap((criterion) => {
    const verdict = verdicts[criterion];
    if (verdict === undefined || verdict === 'unsure') return [];
    return [{ confidence: prediction.sure, correct: verdict === 'met' }];
  });
}

function figureOf(calls: readonly ConfidentCall[]): CalibrationFigure | null {
  const n = calls.length;
  if (n === 0) return null;
  const sure = calls.reduce((sum, { confidence }) => sum + confidence, 0) / n;
  return { n, sure, right: calls.filter(({ correct }) => correct).length / n };
}
