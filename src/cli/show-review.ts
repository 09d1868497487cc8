import type { AnswerReview, JoinReply, OpenReviewView, VerdictReview } from '../tutor/review-view.ts';
import { printable } from './grade-command.ts';
import type { Streams } from './streams.ts';
import { createStyle, wrapText } from './terminal-style.ts';

/** Prints one review: question, answer, and the verdict to settle with everything said about it. */
export function showReview(args: { review: OpenReviewView; place: string; streams: Streams }): void {
  const { review, streams } = args;
  const style = createStyle(streams.colour);
  const say = sayer(streams);
  streams.out(`\n${style.bold(`${args.place} · ${review.item.title}`)} (${review.item.id})\n`);
  say(review.item.prompt);
  for (const { number, text, correct } of review.item.options) say(`${number}. ${text}${correct ? ' (right)' : ''}`, 2);
  streams.out(`${style.bold('Model answer')}\n`);
  say(review.item.reference, 2);
  streams.out(
    `${style.bold('The answer')}${review.option === null ? '' : `, option ${review.option} picked`}, ${pointsLine(review)}\n`,
  );
  for (const line of review.answer.split('\n')) say(line, 4);
  if (review.rubricChanged)
    say('The question or its rubric has been edited since; the judge read the older text, below is today’s.', 2);
}

/** The verdict itself: what the rubric asks, what the judge said and why, what the learner says against it. */
export function showVerdict({ review, verdict, streams }: VerdictShown): void {
  const style = createStyle(streams.colour);
  const say = sayer(streams);
  const { kind, text, expects, partial, points, caps, judged, settled, appeal } = verdict;
  streams.out(`${style.bold(kind === 'criterion' ? 'The part in question' : 'The wrong turn in question')}\n`);
  say(text, 2);
  if (kind === 'criterion') say(`Met: ${expects} (${points === 1 ? '1 point' : `${points} points`})`, 4);
  else say(`Wrong, since: ${expects}${caps === null ? '' : ` While it is held: at most ${caps} points.`}`, 4);
  if (partial !== null) say(`Partial: ${partial}`, 4);
  const { judge, model } = review.judgedBy;
  streams.out(`${style.bold('The judge')} (${printable(judge === model ? judge : `${judge}, ${model}`)})\n`);
  say(`${judged.verdict}, ${Math.round(100 * judged.confidence)} % sure${barred[judged.barred ?? 'no']}`, 2);
  for (const { quote } of judged.evidence) say(`“${quote}”`, 4);
  if (judged.reasoning !== '') say(judged.reasoning, 4);
  if (appeal !== null) {
    streams.out(`${style.bold('The learner contests it')}\n`);
    say(appeal.reason, 2);
  }
  if (settled !== null) say(`${settled.by} settled it as ${settled.verdict}.`, 2);
}

type VerdictShown = { review: AnswerReview; verdict: VerdictReview; streams: Streams };

const barred = {
  no: '',
  check: '; code overruled it: the number asked for is not in the answer',
  evidence: '; code overruled it: what it quoted is not in the answer',
  confidence: '; less sure than was published, so its verdict was set aside',
};

export function pointsLine({ points }: Pick<AnswerReview, 'points'>): string {
  const { low, high, max } = points;
  return `${low === high ? low : `${low} to ${high}`} of ${max} points`;
}

export function joinLine(joined: JoinReply): string {
  switch (joined.status) {
    case 'joined':
      return `Added to ${joined.set} (${joined.split}) as ${joined.id}, rated by you.`;
    case 'there-already':
      return `Not added: the same words are in ${joined.set} already, as ${joined.id}.`;
    case 'refused':
      return `Not added. ${printable(joined.message)}`;
    default:
      return joined satisfies never;
  }
}

function sayer(streams: Streams): (text: string, indent?: number) => void {
  return (text, indent = 0) =>
    streams.out(`${wrapText({ text: printable(text), width: streams.width, indent }).join('\n')}\n`);
}
