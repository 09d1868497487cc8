import type { CriterionGrade, Feedback, MisconceptionGrade, OptionGrade, PointsRange } from '../core/grade.ts';
import type { Criterion, Rubric } from '../core/rubric.ts';
import type { Grounded } from './ground.ts';
import type { LeakGuard } from './guard.ts';

/** A longer passage, in UTF-16 units, is not one sentence to make plain. */
const LONGEST_QUOTE = 240;

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

/** Whether a grade is final: what its status, its summary and its next step all say. */
export type Finality =
  | { status: 'provisional'; doubt: { about: 'criterion'; criterion: string } | { about: 'wrong-turn'; quote: string } }
  | { status: 'graded' };

/** A grade is provisional where its points are a range; then one criterion, or else one costly wrong turn, is in doubt. */
export function finalityOf(args: {
  points: PointsRange;
  verdicts: readonly Pick<CriterionGrade, 'criterion' | 'verdict'>[];
  misconceptions: readonly MisconceptionGrade[];
  rubric: Rubric;
}): Finality {
  if (args.points.low === args.points.high) return { status: 'graded' };
  const criterion = args.verdicts.find(({ verdict }) => verdict === 'unsure');
  if (criterion) return { status: 'provisional', doubt: { about: 'criterion', criterion: criterion.criterion } };
  const costly = new Set(args.rubric.misconceptions.flatMap(({ id, caps }) => (caps === undefined ? [] : [id])));
  const turn = args.misconceptions.find(({ id, verdict }) => verdict === 'unsure' && costly.has(id));
  return { status: 'provisional', doubt: { about: 'wrong-turn', quote: turn?.evidence[0]?.quote ?? '' } };
}

/** What the learner reads first: how it stands in one sentence without a score, and one next step: the note on the part that is worth most. */
export function writeFeedback(args: {
  rubric: Rubric;
  finality: Finality;
  verdicts: readonly CriterionGrade[];
  misconceptions: readonly MisconceptionGrade[];
  /** The first tier of a choice item; null for others. */
  option: OptionGrade | null;
  judgeNext: string;
  guard: LeakGuard;
}): Feedback {
  return { summary: summarise(args), next: nextStep(args) };
}

function summarise(args: {
  finality: Finality;
  verdicts: readonly CriterionGrade[];
  misconceptions: readonly MisconceptionGrade[];
  option: OptionGrade | null;
}): string {
  const { finality } = args;
  const held = args.misconceptions.some(({ verdict }) => verdict === 'held');
  const wrongTurn = held ? ' It also takes a common wrong turn: see the marked words.' : '';
  if (finality.status === 'provisional' && finality.doubt.about === 'criterion')
    return `Part of your answer could be read two ways, so the grade is open until you say it more plainly.${wrongTurn}`;
  const doubt =
    finality.status === 'provisional'
      ? ' One sentence could be read as a common wrong turn, so the grade is open until you make it plain.'
      : '';
  const met = args.verdicts.filter(({ verdict }) => verdict === 'met').length;
  const started = args.verdicts.some(({ verdict }) => verdict === 'met' || verdict === 'partial');
  if (met === args.verdicts.length && args.option?.correct === false)
    return `Your explanation holds all that is asked for, yet the choice you picked is another one.${doubt}${wrongTurn}`;
  if (met === args.verdicts.length)
    return `Everything the question asks for stands in your answer.${doubt}${wrongTurn}`;
  if (started)
    return `Part of what the question asks for stands in your answer; the rest is put to you as questions.${doubt}${wrongTurn}`;
  return `What the question asks for is not in this answer yet.${doubt}${wrongTurn}`;
}

function nextStep(args: {
  rubric: Rubric;
  finality: Finality;
  verdicts: readonly CriterionGrade[];
  misconceptions: readonly MisconceptionGrade[];
  option: OptionGrade | null;
  judgeNext: string;
  guard: LeakGuard;
}): string {
  const { finality } = args;
  if (finality.status === 'provisional') return settleDoubt(args.rubric, finality.doubt);
  const open = args.verdicts.filter(({ verdict }) => verdict !== 'met');
  if (open.length === 0 && args.option?.correct === false)
    return 'Which of the choices does your own explanation speak for?';
  if (open.length === 0) return nudgeOf(args) ?? 'Could you now explain it to someone who is sure of the opposite?';
  const suggested = args.judgeNext.trim() === '' ? undefined : args.guard(args.judgeNext);
  if (suggested?.status === 'safe' && suggested.note.endsWith('?')) return suggested.note;
  const worth = [...open].sort((a, b) => b.max - b.points - (a.max - a.points))[0];
  if (worth === undefined) return '';
  return worth.note === '' ? asksOf(args.rubric, worth.criterion) : worth.note;
}

/** Full points do not mend a wrong belief: while one is held, it is what comes next. */
function nudgeOf(args: { rubric: Rubric; misconceptions: readonly MisconceptionGrade[] }): string | undefined {
  const held = args.misconceptions.find(({ verdict }) => verdict === 'held');
  return args.rubric.misconceptions.find(({ id }) => id === held?.id)?.nudge;
}

/** The learner's own words may be quoted back; what the wrong turn is must not be told. */
function settleDoubt(rubric: Rubric, doubt: Extract<Finality, { status: 'provisional' }>['doubt']): string {
  if (doubt.about === 'criterion') return `In one more sentence: ${lowerFirst(asksOf(rubric, doubt.criterion))}`;
  if (doubt.quote === '' || doubt.quote.length > LONGEST_QUOTE)
    return 'Which sentence of yours could be misread, and how would you make it plain?';
  return `Could you make plain in one more sentence what you mean by "${doubt.quote}"?`;
}

function asksOf(rubric: Rubric, criterionId: string): string {
  return rubric.criteria.find(({ id }) => id === criterionId)?.asks ?? '';
}

/** Sentence case gives way after a colon, but not for "SFT", "I" or "RL". */
function lowerFirst(sentence: string): string {
  return /^[A-Z][a-z]/.test(sentence) ? sentence.charAt(0).toLowerCase() + sentence.slice(1) : sentence;
}
