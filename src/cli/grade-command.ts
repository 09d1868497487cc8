import type { CriterionGrade, Grade, MisconceptionGrade, Outcome } from '../core/grade.ts';
import { decimalPoints } from '../core/points.ts';
import type { GradeTextOutcome } from '../tutor/grade-text.ts';
import { exitCodes } from './exit-codes.ts';
import type { Streams } from './streams.ts';
import { createStyle, wrapText } from './terminal-style.ts';

/**
 * Prints what became of one answer, as text or as the JSON described in docs/grading.md, and returns the exit code.
 * `why` adds to the text what the judge went by; the JSON always holds it.
 */
export function printGrade(args: {
  item: string;
  graded: GradeTextOutcome;
  json: boolean;
  why: boolean;
  streams: Streams;
}): number {
  const { item, graded, json, why, streams } = args;
  if (graded.status === 'not-found') {
    streams.err(unknownItem({ item, known: graded.known }));
    return exitCodes.usage;
  }
  if (graded.status === 'invalid') {
    streams.err(
      `viva: ${graded.message}\nLeave --option away, or set it, as the question asks; options count from 1.\n`,
    );
    return exitCodes.usage;
  }
  const { outcome } = graded;
  streams.out(
    json ? `${JSON.stringify(gradeJson({ item, outcome }), null, 2)}\n` : renderOutcome({ outcome, why, streams }),
  );
  if (outcome.status !== 'ungraded') return exitCodes.ok;
  return outcome.reason === 'cancelled' ? exitCodes.interrupted : exitCodes.ungraded;
}

/** What to say of an item that is not in the bank, with those that are most like it. */
export function unknownItem({ item, known }: { item: string; known: readonly string[] }): string {
  const close = known.filter((id) => id.includes(item) || item.includes(id)).slice(0, 3);
  const shown = close.length > 0 ? close : known.slice(0, 3);
  return `viva: there is no question "${item}".\nList them with: viva bank. For example ${shown.join(', ')}.\n`;
}

/** The JSON of `viva grade --json`: points in plain decimals, authored ids kept (this is the author's tool). */
export function gradeJson({ item, outcome }: { item: string; outcome: Outcome }): object {
  if (outcome.status === 'returned' || outcome.status === 'ungraded') return { ...outcome, item };
  const { points, verdicts, misconceptions, feedback, provenance, option, status } = outcome;
  return {
    status,
    item,
    points: { low: decimalPoints(points.low), high: decimalPoints(points.high), max: decimalPoints(points.max) },
    ...(option ? { option: { ...option, points: decimalPoints(option.points), max: decimalPoints(option.max) } } : {}),
    verdicts: verdicts.map((verdict) => ({
      ...verdict,
      points: decimalPoints(verdict.points),
      max: decimalPoints(verdict.max),
    })),
    misconceptions,
    otherErrors: outcome.otherErrors ?? [],
    feedback,
    provenance,
  };
}

const returnedText = {
  empty: 'Returned: there is nothing to grade in it.',
  'repeats-prompt': 'Returned: it only repeats the question.',
  'copies-reference': 'Returned: it is the reference answer, word for word.',
} as const;

const verdictMark = { met: '✓ met', partial: '◐ partial', missed: '○ missing', unsure: '? unsure' } as const;

function renderOutcome({ outcome, why, streams }: { outcome: Outcome; why: boolean; streams: Streams }): string {
  if (outcome.status === 'returned') return `${returnedText[outcome.reason]}\n`;
  if (outcome.status === 'ungraded') return `Ungraded (${outcome.reason}): ${outcome.detail}\n`;
  return renderGrade({ grade: outcome, why, streams });
}

function renderGrade({ grade, why, streams }: { grade: Grade; why: boolean; streams: Streams }): string {
  const style = createStyle(streams.colour);
  const { low, high, max } = grade.points;
  const points = low === high ? `${decimalPoints(low)}` : `${decimalPoints(low)} to ${decimalPoints(high)}`;
  const lines = [
    style.bold(`${points} of ${decimalPoints(max)} points`) + (grade.status === 'provisional' ? ' (provisional)' : ''),
    style.dim(
      `judged by ${grade.provenance.judge} (${grade.provenance.model}) in ${Math.round(grade.provenance.latencyMs)} ms`,
    ),
    '',
  ];
  if (grade.option) lines.push(`Option ${grade.option.picked}: ${grade.option.correct ? 'right' : 'wrong'}`, '');
  for (const verdict of grade.verdicts) {
    const earned = `${decimalPoints(verdict.points)}/${decimalPoints(verdict.max)}`;
    lines.push(`${verdictMark[verdict.verdict].padEnd(10)} ${earned.padStart(5)}  ${style.bold(verdict.criterion)}`);
    for (const { quote } of verdict.evidence)
      lines.push(...wrapText({ text: `“${printable(quote)}”`, width: streams.width, indent: 18 }));
    if (verdict.note !== '')
      lines.push(...wrapText({ text: printable(verdict.note), width: streams.width, indent: 18 }).map(style.dim));
    if (why)
      for (const reason of reasonsOf(verdict))
        lines.push(...wrapText({ text: printable(reason), width: streams.width, indent: 18 }));
  }
  for (const held of grade.misconceptions.filter(({ verdict }) => verdict === 'held')) {
    lines.push('', `✗ common wrong turn: ${style.bold(held.id)}`);
    for (const { quote } of held.evidence)
      lines.push(...wrapText({ text: `“${printable(quote)}”`, width: streams.width, indent: 4 }));
  }
  if (why) lines.push(...renderNotHeld({ misconceptions: grade.misconceptions, streams }));
  for (const { evidence, why: reason } of grade.otherErrors ?? []) {
    lines.push('', '! another wrong claim, for the instructor');
    lines.push(...wrapText({ text: `“${printable(evidence.quote)}”`, width: streams.width, indent: 4 }));
    lines.push(...wrapText({ text: printable(reason), width: streams.width, indent: 4 }).map(style.dim));
  }
  lines.push('', ...wrapText({ text: grade.feedback.summary, width: streams.width, indent: 0 }));
  if (grade.feedback.next !== '')
    lines.push(...wrapText({ text: `Next: ${printable(grade.feedback.next)}`, width: streams.width, indent: 0 }));
  return `${lines.join('\n')}\n`;
}

const barredText = {
  check: 'barred: the number was not found, or stands beside rivals (its check did not pass)',
  evidence: 'barred: no quote of the judge stands in the answer',
  confidence: 'barred: the judge is less sure than it has to be',
} as const;

/** What an author is told of a verdict: what the judge went by, who decided, and what code overruled. */
function reasonsOf({ reasoning, barred, decidedBy }: CriterionGrade): string[] {
  return [
    ...(reasoning === '' ? [] : [`why: ${reasoning}`]),
    ...(decidedBy === undefined ? [] : [`decided by ${decidedBy}`]),
    ...(barred === null ? [] : [barredText[barred]]),
  ];
}

const notHeldText = { unsure: '? perhaps a common wrong turn', 'not-held': '○ wrong turn not taken' } as const;

/** A judge gives no reasons for misconceptions; what it quoted for them is all there is to show. */
function renderNotHeld(args: { misconceptions: readonly MisconceptionGrade[]; streams: Streams }): string[] {
  const { misconceptions, streams } = args;
  const style = createStyle(streams.colour);
  const shown = misconceptions.flatMap(({ id, verdict, evidence }) =>
    verdict === 'held'
      ? []
      : [
          `${notHeldText[verdict]}: ${style.bold(id)}`,
          ...evidence.flatMap(({ quote }) =>
            wrapText({ text: `“${printable(quote)}”`, width: streams.width, indent: 4 }),
          ),
        ],
  );
  return shown.length === 0 ? [] : ['', ...shown];
}

/** An answer is somebody's text: escape sequences and other control characters must not reach the terminal. */
export function printable(text: string): string {
  return text.replace(/\s+/gu, ' ').replace(/[\p{Cc}\p{Cf}]/gu, '\uFFFD');
}
