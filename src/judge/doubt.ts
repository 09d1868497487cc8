import type { Thresholds } from '../core/publish-decision.ts';
import type { Grounded } from './ground.ts';

/**
 * Leaves to a person what the judge is not sure enough of: a verdict below the published threshold becomes `unsure` and earns nothing until somebody
 * decides. What code decided stands (a check that failed is no matter of confidence), and what is unsure already stays so. Misconceptions are
 * left alone: doubt about one would hold back points that the criteria earned. Null thresholds change nothing.
 */
export function applyThreshold(grounded: Grounded, thresholds: Thresholds | null): Grounded {
  if (thresholds === null) return grounded;
  const verdicts = grounded.verdicts.map((verdict) => {
    const settled = verdict.verdict === 'unsure' || verdict.barred !== null;
    if (settled || verdict.confidence >= thresholds.verdict) return verdict;
    return { ...verdict, verdict: 'unsure' as const, points: 0, barred: 'confidence' as const };
  });
  return { ...grounded, verdicts };
}
