import type { CriterionReport } from './report-parts.ts';

/** A criterion with fewer rated answers tells nothing worth acting on. */
export const FEWEST_OF_CRITERION = 5;

/**
 * The criteria with enough rated answers, the surely worst first: by the favourable end of the interval of agreement, so that few answers
 * put no criterion on top by luck. The page, the terminal and the summary all mean this order by "worst".
 */
export function worstCriteria<Criterion extends Pick<CriterionReport, 'n' | 'agreement'>>(
  criteria: readonly Criterion[],
): Criterion[] {
  return criteria
    .filter(({ n, agreement }) => n >= FEWEST_OF_CRITERION && agreement.status === 'value')
    .sort((one, other) => best(one) - best(other) || value(one) - value(other) || other.n - one.n);
}

/** Where no interval can be told, the figure may in truth be perfect. */
function best({ agreement }: Pick<CriterionReport, 'agreement'>): number {
  return agreement.status === 'value' && agreement.interval.status === 'value' ? agreement.interval.high : 1;
}

function value({ agreement }: Pick<CriterionReport, 'agreement'>): number {
  return agreement.status === 'value' ? agreement.value : 1;
}
