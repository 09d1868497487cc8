import type { UngradedReason } from '../core/grade.ts';
import measured from '../judge/embedded/measured.json' with { type: 'json' };
import type { JudgeCard } from '../tutor/learner-view.ts';

/** Said before the first submit, so that nobody finds out afterwards where their words went. */
export function judgeWillRead({ judge, model, readBy }: JudgeCard): string {
  if (judge === 'embedded') {
    return 'A program on this server; your words go nowhere else. It matches wording, so it can miss a right answer said another way.';
  }
  return `The model ${model}, run by ${readBy}. Your words are sent there to be graded, so leave out anything private.`;
}

/** Said beside the marks: who made them, and how far that may be trusted. */
export function judgeDidRead({ judge, model, readBy }: JudgeCard): string {
  if (judge === 'code') return 'Graded by code alone: the option was checked, and there was no explanation to read.';
  if (judge === 'embedded') {
    const otherwise = 100 - Math.round(100 * measured.agreement);
    return `Marked by a program on this server that matches wording, so it can miss a right answer said another way. On ${measured.answers} answers of this kind, raters (language models, not people) marked ${otherwise} of 100 parts otherwise.`;
  }
  return `Graded by the model ${model}, run by ${readBy}. Models err.`;
}

/** Why grading failed, as far as it helps a learner; the operator's log has the rest. */
export function describeUngraded(reason: UngradedReason): string {
  switch (reason) {
    case 'unauthorized':
    case 'forbidden':
    case 'not-found':
    case 'bad-request':
      return 'The model that grades is not set up rightly. Whoever runs this server can mend it.';
    case 'too-large':
    case 'truncated':
      return 'The answer was too long for the model that grades.';
    case 'refused':
    case 'content-filter':
      return 'The model that grades declined to read this answer.';
    case 'malformed-reply':
      return 'The model that grades gave a reply that could not be used.';
    case 'rate-limited':
      return 'The model that grades is busy.';
    case 'provider-error':
    case 'unreachable':
    case 'timeout':
      return 'The model that grades did not answer in time.';
    case 'over-budget':
      return 'The money set aside for grading is used up for today. Ask for the grade again tomorrow.';
    case 'cancelled':
    case 'internal':
      return 'Grading was interrupted on our side.';
    default:
      return reason satisfies never;
  }
}
