import type { Grade } from '../core/grade.ts';
import type { BootstrapPlan } from './bootstrap.ts';
import { estimateShare, familyTable } from './estimate.ts';
import type { RatedOutcome } from './report-input.ts';
import type { ReplyQuality } from './report-findings.ts';

type Verdict = Grade['verdicts'][number] & { family: string };

/**
 * What code had to mend in the judge's replies. `grounded`: of the verdicts that need the learner's own words, the share whose
 * quotes really stand in the answer; the rest became `unsure`. `ownNotes`: of the parts not met, the share on which the judge's
 * own note was fit to show; the rest showed the authored hint, because the judge wrote none or the guard against giving the answer away held it back.
 */
export function replyQuality(args: { answers: readonly RatedOutcome[]; plan: BootstrapPlan }): ReplyQuality {
  const verdicts: Verdict[] = args.answers.flatMap(({ answer, outcome }) =>
    outcome.status === 'graded' || outcome.status === 'provisional'
      ? outcome.verdicts.map((verdict) => ({ ...verdict, family: answer.family }))
      : [],
  );
  const table = familyTable({
    entries: verdicts,
    familyOf: (verdict) => verdict.family,
    width: 4,
    add: (row, { verdict, barred, noteFrom }) => {
      const grounded = barred === null && (verdict === 'met' || verdict === 'partial');
      const open = verdict !== 'met';
      const terms = [
        Number(grounded),
        Number(barred === 'evidence'),
        Number(open && noteFrom === 'judge'),
        Number(open),
      ];
      terms.forEach((term, place) => {
        row[place] = (row[place] ?? 0) + term;
      });
    },
    plan: args.plan,
  });
  return {
    grounded: estimateShare(table, {
      successes: (sums) => sums[0] ?? 0,
      trials: (sums) => (sums[0] ?? 0) + (sums[1] ?? 0),
      none: 'The judge gave no verdict that needs a quote.',
    }),
    barredByCheck: verdicts.filter(({ barred }) => barred === 'check').length,
    ownNotes: estimateShare(table, {
      successes: (sums) => sums[2] ?? 0,
      trials: (sums) => sums[3] ?? 0,
      none: 'Everything was met, so no part needed a note.',
    }),
  };
}
