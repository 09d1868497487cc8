import type { Evidence } from '../core/verdict.ts';
import type { AttemptView, DueView, NudgeView, VerdictView } from '../tutor/learner-view.ts';
import { strings } from './strings.ts';

/** What stands beside the learner's words. Criteria are named 1, 2, 3 as their `asks` are; wrong turns A, B, C. */
export type Note = {
  name: string;
  /** `cleared`: a person has found that what the judge called a wrong turn is none. */
  kind: 'met' | 'partial' | 'missed' | 'unsure' | 'wrong-turn' | 'cleared';
  /** The kind in a word, so that nothing is said by colour alone. */
  word: string;
  /** "1 of 2"; null where no points hang on it. */
  worth: string | null;
  asks: string;
  text: string;
  evidence: Evidence[];
  /** Where a person has settled it: what the judge had said, and the person's why. */
  settled?: { judgeSaid: string; why: string } | null;
};

/** What a part or a wrong turn is called on a page, by its place counted from 1: parts 1, 2, 3 as in the rubric, wrong turns A, B, C. */
export function noteName({ kind, ordinal }: { kind: 'criterion' | 'misconception'; ordinal: number }): string {
  return kind === 'criterion' ? String(ordinal) : String.fromCharCode(64 + ordinal);
}

/** The notes of one attempt, sorted by where they go. */
export type SortedNotes = {
  /** In the margin, in the order of the words they quote; those that quote nothing come last. */
  margin: Note[];
  /** Under the answer: parts that are missing, as questions. */
  missing: Note[];
  /** Under the answer: parts whose wording left the judge in doubt. */
  doubtful: Note[];
};

export function sortNotes({ verdicts, nudges }: Pick<AttemptView, 'verdicts' | 'nudges'>): SortedNotes {
  const criteria = verdicts.map(noteOfVerdict);
  const wrongTurns = nudges.map(noteOfNudge);
  const inMargin = ({ kind, evidence }: Note): boolean =>
    kind === 'met' || kind === 'wrong-turn' || kind === 'cleared' || (kind !== 'missed' && evidence.length > 0);
  const firstWord = ({ evidence }: Note): number => Math.min(...evidence.map(({ start }) => start));
  return {
    margin: [...criteria, ...wrongTurns].filter(inMargin).sort((a, b) => order(firstWord(a), firstWord(b))),
    missing: criteria.filter((note) => !inMargin(note) && note.kind !== 'unsure'),
    doubtful: criteria.filter((note) => note.kind === 'unsure'),
  };
}

/** Every note of an attempt once, parts in the order of the rubric, wrong turns last. */
export function allNotes(view: Pick<AttemptView, 'verdicts' | 'nudges'>): Note[] {
  return [...view.verdicts.map(noteOfVerdict), ...view.nudges.map(noteOfNudge)];
}

/** What is open for the next try, in the order of the rubric, wrong turns last. */
export function notesDue(due: DueView): Note[] {
  return [...due.verdicts.map(noteOfVerdict), ...due.nudges.map(noteOfNudge)];
}

function noteOfVerdict({ ordinal, asks, verdict, points, max, note, evidence, settled }: VerdictView): Note {
  return {
    name: noteName({ kind: 'criterion', ordinal }),
    kind: verdict,
    word: strings.verdict[verdict],
    worth: verdict === 'unsure' ? null : strings.points({ low: points, high: points, max }),
    asks,
    text: note,
    // What is missing has no words to point at, whatever the judge quoted beside it.
    evidence: verdict === 'missed' ? [] : evidence,
    settled: settled && { judgeSaid: strings.contest.judgeSaid(strings.verdict[settled.judged]), why: settled.note },
  };
}

function noteOfNudge({ ordinal, nudge, evidence, held, settled }: NudgeView): Note {
  return {
    name: noteName({ kind: 'misconception', ordinal }),
    kind: held ? 'wrong-turn' : 'cleared',
    word: held ? strings.wrongTurn : strings.contest.cleared,
    worth: null,
    asks: '',
    text: held ? nudge : '',
    evidence,
    settled: settled && {
      judgeSaid: strings.contest.judgeSaid(strings.contest.turn[settled.judged]),
      why: settled.note,
    },
  };
}

/** Infinity (nothing quoted) sorts last, and equal places keep their order. */
function order(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
