import type { Outcome } from '../core/grade.ts';
import type { BootstrapPlan } from './bootstrap.ts';
import { estimateShare, familyTable } from './estimate.ts';
import type { RepeatedAnswer } from './report-input.ts';
import type { RepeatRuns } from './report-findings.ts';

/**
 * How steady the judge is when asked the same thing again. `flipRate`: of two gradings of one criterion, taken at random among
 * the repeats, the chance that they differ. It does not grow with the number of repeats; `everFlipped`, the share of criteria on which any
 * two repeats differed, does. Null where every answer was graded once. Ungraded and returned repeats are left out.
 */
export function repeatRuns(args: { repeated: readonly RepeatedAnswer[]; plan: BootstrapPlan }): RepeatRuns | null {
  const runs = Math.max(0, ...args.repeated.map(({ outcomes }) => outcomes.length));
  if (runs < 2) return null;
  const table = familyTable({
    entries: args.repeated,
    familyOf: (entry) => entry.family,
    width: 4,
    add: (row, { outcomes }) => {
      for (const said of verdictsByCriterion(outcomes)) {
        if (said.length < 2) continue;
        const pairs = (said.length * (said.length - 1)) / 2;
        const same = [...new Set(said)].reduce((sum, verdict) => {
          const times = said.filter((other) => other === verdict).length;
          return sum + (times * (times - 1)) / 2;
        }, 0);
        // Shares, so that an answer with a failed repeat weighs like the others.
        [(pairs - same) / pairs, 1, Number(same < pairs), 1].forEach((term, place) => {
          row[place] = (row[place] ?? 0) + term;
        });
      }
    },
    plan: args.plan,
  });
  const none = 'No criterion was graded twice.';
  return {
    runs,
    flipRate: estimateShare(table, { successes: (sums) => sums[0] ?? 0, trials: (sums) => sums[1] ?? 0, none }),
    everFlipped: estimateShare(table, { successes: (sums) => sums[2] ?? 0, trials: (sums) => sums[3] ?? 0, none }),
  };
}

/** For each criterion, what the repeats said of it. */
function verdictsByCriterion(outcomes: readonly Outcome[]): string[][] {
  const said = new Map<string, string[]>();
  for (const outcome of outcomes) {
    if (outcome.status !== 'graded' && outcome.status !== 'provisional') continue;
    for (const { criterion, verdict } of outcome.verdicts) {
      said.set(criterion, [...(said.get(criterion) ?? []), verdict]);
    }
  }
  return [...said.values()];
}
