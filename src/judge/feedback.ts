import type { CriterionGrade, Feedback, MisconceptionGrade } from '../core/grade.ts';
import type { Criterion, Rubric } from '../core/rubric.ts';
import type { Grounded } from './ground.ts';
import type { LeakGuard } from './guard.ts';

/** The rung of a criterion's hint ladder that is due on this try (counted from 1); the last rung stays. */
export function hintDue({ criterion, tryNumber }: { criterion: Criterion; tryNumber: number }): string {
  return criterion.hints[Math.min(tryNumber, criterion.hints.length) - 1] ?? criterion.asks;
}

/** The hints a learner has been shown once feedback on this try is given. */
export function hintsShown({ criterion, tryNumber }: { criterion: Criterion; tryNumber: number }): string[] {
  return criterion.hints.slice(0, tryNumber);
}

/**
 * Gives every criterion its note: the judge's own words where it has some and the guard lets them pass, else the authored
 * hint due where something is missing, else nothing (the highlighted quote speaks).
 */
export function writeNotes(args: {
  rubric: Rubric;
  verdicts: Grounded['verdicts'];
  notes: ReadonlyMap<string, string>;
  guard: LeakGuard;
  tryNumber: number;
}): CriterionGrade[] {
  const criteria = new Map(args.rubric.criteria.map((criterion) => [criterion.id, criterion]));
  return args.verdicts.map((verdict) => {
    const criterion = criteria.get(verdict.criterion);
    // A barred verdict contradicts the judge, so its note would praise what does not stand.
    const written = verdict.barred === null ? (args.notes.get(verdict.criterion) ?? '') : '';
    const guarded = written.trim() === '' ? undefined : args.guard(written);
    if (guarded?.status === 'safe') return { ...verdict, note: guarded.note, noteFrom: 'judge' as const };
    const hint =
      verdict.verdict === 'met' || criterion === undefined ? '' : hintDue({ criterion, tryNumber: args.tryNumber });
    return { ...verdict, note: hint, noteFrom: 'author' as const };
  });
}

/** What the learner reads first: how it stands in one sentence without a score, and one next step as a question. */
export function writeFeedback(args: {
  rubric: Rubric;
  verdicts: readonly CriterionGrade[];
  misconceptions: readonly MisconceptionGrade[];
  judgeNext: string;
  guard: LeakGuard;
}): Feedback {
  return { summary: summarise(args), next: nextStep(args) };
}

function summarise(args: {
  verdicts: readonly CriterionGrade[];
  misconceptions: readonly MisconceptionGrade[];
}): string {
  const met = args.verdicts.filter(({ verdict }) => verdict === 'met').length;
  const started = args.verdicts.some(({ verdict }) => verdict === 'met' || verdict === 'partial');
  const unsure = args.verdicts.some(({ verdict }) => verdict === 'unsure');
  const held = args.misconceptions.some(({ verdict }) => verdict === 'held');
  const wrongTurn = held ? ' It also takes a common wrong turn: see the marked words.' : '';
  if (met === args.verdicts.length) return `Everything the question asks for stands in your answer.${wrongTurn}`;
  if (unsure)
    return `Part of your answer could be read two ways, so the grade is open until you say it more plainly.${wrongTurn}`;
  if (started)
    return `Part of what the question asks for stands in your answer; the rest is put to you as questions.${wrongTurn}`;
  return `What the question asks for is not in this answer yet.${wrongTurn}`;
}

function nextStep(args: {
  rubric: Rubric;
  verdicts: readonly CriterionGrade[];
  misconceptions: readonly MisconceptionGrade[];
  judgeNext: string;
  guard: LeakGuard;
}): string {
  const open = args.verdicts.filter(({ verdict }) => verdict !== 'met');
  if (open.length === 0) return 'Could you now explain it to someone who is sure of the opposite?';
  const doubtful = open.find(({ verdict }) => verdict === 'unsure');
  if (doubtful) return `In one more sentence: ${lowerFirst(asksOf(args.rubric, doubtful.criterion))}`;
  const suggested = args.judgeNext.trim() === '' ? undefined : args.guard(args.judgeNext);
  if (suggested?.status === 'safe' && suggested.note.endsWith('?')) return suggested.note;
  const worth = [...open].sort((a, b) => b.max - b.points - (a.max - a.points))[0];
  return worth === undefined ? '' : asksOf(args.rubric, worth.criterion);
}

function asksOf(rubric: Rubric, criterionId: string): string {
  return rubric.criteria.find(({ id }) => id === criterionId)?.asks ?? '';
}

/** Sentence case gives way after a colon, but not for "SFT", "I" or "RL". */
function lowerFirst(sentence: string): string {
  return /^[A-Z][a-z]/.test(sentence) ? sentence.charAt(0).toLowerCase() + sentence.slice(1) : sentence;
}
