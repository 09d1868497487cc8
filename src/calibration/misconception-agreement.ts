import type { BootstrapPlan } from './bootstrap.ts';
import { f1Score, type DetectionCounts } from './detection.ts';
import { estimate, estimateShare, familyTable } from './estimate.ts';
import { confusionMatrix } from './pair-counts.ts';
import type { PairedMisconception } from './pair-ratings.ts';
import type { MisconceptionAgreement } from './report-parts.ts';

const width = 6;

/**
 * Whether the judge finds the common wrong answers the raters found, and no others. `unsure` counts as not found, because
 * that is what the learner sees; how often it happens is in `coverage`.
 */
export function misconceptionAgreement(args: {
  entries: readonly PairedMisconception[];
  plan: BootstrapPlan;
}): MisconceptionAgreement {
  const { entries } = args;
  const table = familyTable({
    entries,
    familyOf: (entry) => entry.family,
    width,
    add: (row, entry) => {
      const cell = (entry.reference === 'held' ? 0 : 3) + ['held', 'not-held', 'unsure'].indexOf(entry.judge);
      row[cell] = (row[cell] ?? 0) + 1;
    },
    plan: args.plan,
  });
  const truePositives = (sums: Float64Array): number => detectionCounts(sums).truePositives;
  return {
    n: entries.length,
    families: table.rows.length,
    held: entries.filter((entry) => entry.reference === 'held').length,
    reported: entries.filter((entry) => entry.judge === 'held').length,
    confusion: confusionMatrix({ pairs: entries, rows: ['held', 'not-held'], columns: ['held', 'not-held', 'unsure'] }),
    precision: estimateShare(table, {
      successes: truePositives,
      trials: (sums) => truePositives(sums) + detectionCounts(sums).falsePositives,
      none: 'The judge never reported it.',
    }),
    recall: estimateShare(table, {
      successes: truePositives,
      trials: (sums) => truePositives(sums) + detectionCounts(sums).falseNegatives,
      none: 'The raters saw no case of it.',
    }),
    trueNegativeRate: estimateShare(table, {
      successes: (sums) => detectionCounts(sums).trueNegatives,
      trials: (sums) => detectionCounts(sums).trueNegatives + detectionCounts(sums).falsePositives,
      none: 'The raters saw it in every answer.',
    }),
    f1: estimate(table, (sums) => f1Score(detectionCounts(sums))),
    coverage: estimateShare(table, {
      successes: (sums) => (sums[0] ?? 0) + (sums[1] ?? 0) + (sums[3] ?? 0) + (sums[4] ?? 0),
      trials: (sums) => sums.reduce((total, count) => total + count, 0),
      none: 'No answer was graded for it.',
    }),
  };
}

function detectionCounts(sums: Float64Array): DetectionCounts {
  return {
    truePositives: sums[0] ?? 0,
    falseNegatives: (sums[1] ?? 0) + (sums[2] ?? 0),
    falsePositives: sums[3] ?? 0,
    trueNegatives: (sums[4] ?? 0) + (sums[5] ?? 0),
  };
}
