import type { Comparison } from '../calibration/comparison.ts';
import type { Estimate } from '../calibration/statistic.ts';

/** What a comparison comes to, for somebody who wants to know which of two runs to keep. */
export function comparisonWords(comparison: Comparison): string[] {
  const { answers, verdicts, flipped, mcnemar, agreement, rerated, onlyInOne, split } = comparison;
  const mended = flipped.filter(({ change }) => change === 'mended').length;
  const broken = flipped.filter(({ change }) => change === 'broken').length;
  const other = flipped.length - mended - broken;
  const luck =
    mcnemar.pValue.status === 'value'
      ? ` McNemar’s test gives p = ${mcnemar.pValue.value.toFixed(3)}: ${mcnemar.pValue.value < 0.05 ? 'luck explains that badly' : 'that may be luck'}.`
      : '';
  return [
    `On ${answers} ${split === 'all' ? '' : `${split} `}answers with ${verdicts} verdicts that both have, ${flipped.length} verdicts flipped: ${mended} were mended, ${broken} broken${other > 0 ? `, ${other} went from wrong to wrong` : ''}.${luck}`,
    verdictOn(agreement.difference),
    ...(rerated + onlyInOne > 0
      ? [`Left out: ${rerated} verdicts whose ratings have changed, ${onlyInOne} answers that only one run has.`]
      : []),
  ];
}

/** "better", only where the whole interval says so. */
function verdictOn(difference: Estimate): string {
  if (difference.status === 'undefined') return `Their agreement cannot be compared. ${difference.reason}`;
  const points = (100 * Math.abs(difference.value)).toFixed(1);
  const { interval } = difference;
  const side =
    difference.value === 0 ? 'as well' : difference.value > 0 ? `${points} in 100 better` : `${points} in 100 worse`;
  if (interval.status === 'undefined') return `The second agrees ${side}; how far off that is cannot be told.`;
  if (interval.low > 0) return `The second agrees better: ${points} more verdicts in 100 (${range(interval)}).`;
  if (interval.high < 0) return `The second agrees worse: ${points} fewer verdicts in 100 (${range(interval)}).`;
  return `The second agrees ${side}, but so many answers cannot tell the two apart (${range(interval)}).`;
}

function range({ low, high }: { low: number; high: number }): string {
  return `${(100 * low).toFixed(1)} to ${(100 * high).toFixed(1)}`;
}
