import { shareOf, undefinedStatistic, type Statistic } from './statistic.ts';

/** How a yes/no call fared against the raters: rightly flagged, wrongly flagged, overlooked, rightly left alone. */
export type DetectionCounts = {
  truePositives: number;
  falsePositives: number;
  falseNegatives: number;
  trueNegatives: number;
};

/** Of those the raters saw, the share the judge found (recall, sensitivity), 0 to 1. Undefined where the raters saw none. */
export function truePositiveRate(counts: DetectionCounts): Statistic {
  const trials = counts.truePositives + counts.falseNegatives;
  return shareOf({ successes: counts.truePositives, trials, none: 'The raters saw no case of it.' });
}

/** Of those the raters did not see, the share the judge left alone (specificity), 0 to 1. Undefined where the raters saw it in every answer. */
export function trueNegativeRate(counts: DetectionCounts): Statistic {
  const trials = counts.trueNegatives + counts.falsePositives;
  return shareOf({ successes: counts.trueNegatives, trials, none: 'The raters saw it in every answer.' });
}

/** Of those the judge flagged, the share the raters saw too, 0 to 1. Undefined where the judge flagged none. */
export function precision(counts: DetectionCounts): Statistic {
  const trials = counts.truePositives + counts.falsePositives;
  return shareOf({ successes: counts.truePositives, trials, none: 'The judge never reported it.' });
}

/** Of those the raters saw, the share the judge found: another name for the true positive rate. */
export function recall(counts: DetectionCounts): Statistic {
  return truePositiveRate(counts);
}

/**
 * The harmonic mean of precision and recall, 0 to 1; what the judge rightly left alone does not enter.
 * 0 where the raters saw cases and the judge found none of them; undefined where neither ever saw one.
 * Source: C. J. van Rijsbergen, Information Retrieval, 2nd ed. (1979).
 */
export function f1Score(counts: DetectionCounts): Statistic {
  const { truePositives, falsePositives, falseNegatives } = counts;
  const trials = 2 * truePositives + falsePositives + falseNegatives;
  if (trials === 0) return undefinedStatistic('Neither the raters nor the judge ever saw it.');
  const value = (2 * truePositives) / trials;
  return { status: 'value', value, n: truePositives + falsePositives + falseNegatives };
}
