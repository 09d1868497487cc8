import { FEWEST_RATINGS } from '../calibration/gates.ts';
import type { CalibrationReport } from '../calibration/report-schema.ts';
import { worstCriteria } from '../calibration/worst-criteria.ts';

/** One thing to do, and the command that does it where there is one. */
type NextStep = { text: string; command: string | null };

/** What an instructor can do about a report, in order; everything rests on what the report itself says. */
export function nextSteps(report: CalibrationReport): NextStep[] {
  const { split, set, summary } = report;
  const again = `viva calibrate ${set.id}${split === 'test' ? '' : ` --split ${split}`}`;
  return [
    ...(summary.mayGradeAlone === 'yes'
      ? [
          {
            text: 'Store the decision; grading keeps to it from then on, and leaves to a person what the judge is not sure of.',
            command: `${again} --publish`,
          },
        ]
      : [{ text: 'Let a person confirm what the judge says until a report says otherwise.', command: null }]),
    ...rate(report),
    ...mend(report),
    ...(split !== 'dev'
      ? [{ text: 'Then make this report again, on the same answers.', command: `${again} --gate` }]
      : [
          {
            text: 'Then make a report on answers that nothing was tuned on: only that can show how good the judge is.',
            command: `viva calibrate ${set.id} --split test --gate`,
          },
        ]),
  ];
}

function rate({ ratings, counts, ceiling, set, slices }: CalibrationReport): NextStep[] {
  const command = `viva rate ${set.id} --rater ann --who "a teacher of the course"`;
  const steps: NextStep[] = [];
  if (ratings.answersByKind.human < counts.answers)
    steps.push({
      text:
        'Rate the answers yourself, or let somebody who knows the subject do it. One key a verdict; stop at any time, the same command goes on. ' +
        'It shows answers of both splits and does not say which is which.',
      command,
    });
  if (ceiling.points.n < FEWEST_RATINGS) {
    const items = itemsWith(FEWEST_RATINGS, slices);
    steps.push({
      text:
        `Let a second person rate ${FEWEST_RATINGS} of the same answers, without talking it over. Everybody gets an order of their own, so name ` +
        'the questions to both; these have enough answers together:',
      command: `viva rate ${set.id} --rater ben --who "a second teacher" --items ${items.join(' ')}`,
    });
  }
  return steps;
}

function mend({ criteria, set, split }: CalibrationReport): NextStep[] {
  const worst = worstCriteria(criteria)[0];
  if (worst === undefined || worst.agreement.status === 'undefined' || worst.agreement.value === 1) return [];
  return [
    {
      text:
        'Mend the worst criteria under rubrics/, each in the file of its question, and read dev answers only while you do: what is changed by ' +
        'test answers can no longer be tested with them.',
      // A set that is taken whole may have no dev answers.
      command: split === 'all' ? null : `viva calibrate ${set.id} --split dev`,
    },
  ];
}

/** So many questions, from all over the course, as have `needed` answers together. */
function itemsWith(needed: number, slices: CalibrationReport['slices']): string[] {
  const items = slices.filter(({ by }) => by === 'item');
  const all = items.reduce((sum, { answers }) => sum + answers, 0);
  const step = Math.max(1, Math.floor(all / needed));
  const spread = [...items.filter((_, index) => index % step === 0), ...items.filter((_, index) => index % step !== 0)];
  const chosen: string[] = [];
  let answers = 0;
  for (const item of spread) {
    if (answers >= needed) break;
    chosen.push(item.value);
    answers += item.points.n;
  }
  return chosen;
}
