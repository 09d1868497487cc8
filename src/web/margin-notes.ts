import type { Evidence } from '../core/verdict.ts';
import type { AttemptView, VerdictView } from '../tutor/learner-view.ts';
import { strings } from './strings.ts';

/** What stands beside the learner's words. Criteria are named 1, 2, 3 as their `asks` are; wrong turns A, B, C. */
export type Note = {
  name: string;
  kind: 'met' | 'partial' | 'missed' | 'unsure' | 'wrong-turn';
  /** The kind in a word, so that nothing is said by colour alone. */
  word: string;
  /** "1 of 2"; null where no points hang on it. */
  worth: string | null;
  asks: string;
  text: string;
  evidence: Evidence[];
};

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
  const wrongTurns = nudges.map(({ ordinal, nudge, evidence }): Note => {
    const name = String.fromCharCode(64 + ordinal);
    return { name, kind: 'wrong-turn', word: strings.wrongTurn, worth: null, asks: '', text: nudge, evidence };
  });
  const inMargin = ({ kind, evidence }: Note): boolean =>
    kind === 'met' || kind === 'wrong-turn' || (kind !== 'missed' && evidence.length > 0);
  const firstWord = ({ evidence }: Note): number => Math.min(...evidence.map(({ start }) => start));
  return {
    margin: [...criteria, ...wrongTurns].filter(inMargin).sort((a, b) => order(firstWord(a), firstWord(b))),
    missing: criteria.filter((note) => !inMargin(note) && note.kind !== 'unsure'),
    doubtful: criteria.filter((note) => note.kind === 'unsure'),
  };
}

function noteOfVerdict({ ordinal, asks, verdict, points, max, note, evidence }: VerdictView): Note {
  return {
    name: String(ordinal),
    kind: verdict,
    word: strings.verdict[verdict],
    worth: verdict === 'unsure' ? null : strings.points({ low: points, high: points, max }),
    asks,
    text: note,
    // What is missing has no words to point at, whatever the judge quoted beside it.
    evidence: verdict === 'missed' ? [] : evidence,
  };
}

/** Infinity (nothing quoted) sorts last, and equal places keep their order. */
function order(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
