import type { RatedOutcome } from '../../src/calibration/report-input.ts';
import type { CalibrationInput } from '../../src/calibration/report-input.ts';
import type { RaterKind, Rating } from '../../src/core/eval-set.ts';
import type { Grade } from '../../src/core/grade.ts';
import type { Item } from '../../src/core/item.ts';
import type { Rubric } from '../../src/core/rubric.ts';
import type { CriterionVerdict } from '../../src/core/verdict.ts';

/** Verdicts on the two criteria of the item below, in order. */
type Verdicts = readonly [CriterionVerdict, CriterionVerdict];

const letters = { m: 'met', p: 'partial', x: 'missed', u: 'unsure' } as const;

/** "mx" -> met, missed. */
export function verdictsOf(code: string): Verdicts {
  const [first, second] = code.split('').map((letter) => {
    const found = Object.entries(letters).find(([key]) => key === letter);
    if (found === undefined) throw new Error(`No verdict is written "${letter}".`);
    return found[1];
  });
  return [first ?? 'missed', second ?? 'missed'];
}

/** Two criteria worth 1 and 3 points, the second with a half-way level, and a misconception that caps the grade at 1 point. */
export const item: Item = {
  kind: 'free-response',
  id: 'masking',
  title: 'Loss masking',
  chapter: 'sft',
  concept: 'loss',
  difficulty: 2,
  next: ['masking'],
  prompt: 'Why mask?',
  reference: 'Because.',
};

export const rubric: Rubric = {
  item: 'masking',
  criteria: [
    { id: 'names-it', points: 1, asks: 'What?', expects: 'It.', hints: ['Look.'], cues: [['it']] },
    { id: 'says-why', points: 3, asks: 'Why?', expects: 'So.', partial: 'Half.', hints: ['Why?'], cues: [['so']] },
  ],
  misconceptions: [
    { id: 'all-tokens', claim: 'All.', nudge: 'Look.', tempts: 'Easy.', refutes: 'No.', caps: 1, cues: [['all']] },
  ],
  exemplars: [],
};

export function rating(args: { rater: string; kind: RaterKind; code: string; held?: string[] }): Rating {
  const [first, second] = verdictsOf(args.code);
  if (first === 'unsure' || second === 'unsure') throw new Error('Raters are never unsure.');
  return {
    rater: args.rater,
    raterKind: args.kind,
    verdicts: { 'names-it': first, 'says-why': second },
    misconceptions: args.held ?? [],
  };
}

/** A grade with these verdicts; points as the caller says, in thousandths of 4 points. */
export function grade(args: { code: string; low: number; held?: 'held' | 'not-held' | 'unsure' }): Grade {
  const [first, second] = verdictsOf(args.code);
  const rest = {
    points: 0,
    max: 1000,
    evidence: [],
    note: '',
    noteFrom: 'author' as const,
    reasoning: '',
    barred: null,
  };
  return {
    status: args.code.includes('u') ? 'provisional' : 'graded',
    points: { low: args.low, high: args.low, max: 4000 },
    option: null,
    verdicts: [
      { criterion: 'names-it', verdict: first, confidence: 0.9, ...rest },
      { criterion: 'says-why', verdict: second, confidence: 0.6, ...rest },
    ],
    misconceptions: [{ id: 'all-tokens', verdict: args.held ?? 'not-held', evidence: [], confidence: 0.9 }],
    feedback: { summary: '', next: '' },
    provenance: {
      judge: 'recorded',
      model: 'none',
      promptVersion: '1',
      rubricHash: 'h',
      requestKey: 'k',
      tokensIn: null,
      tokensOut: null,
      costMicroUsd: null,
      latencyMs: 0,
    },
  };
}

export function rated(args: {
  id: string;
  ratings: Rating[];
  outcome: RatedOutcome['outcome'];
  family?: string;
  split?: 'dev' | 'test';
  words?: number;
}): RatedOutcome {
  return {
    answer: {
      id: args.id,
      item: item.id,
      text: Array.from({ length: args.words ?? 30 }, () => 'word').join(' '),
      family: args.family ?? args.id,
      split: args.split ?? 'dev',
      tags: [],
      ratings: args.ratings,
    },
    outcome: args.outcome,
  };
}

export function calibrationInput(answers: RatedOutcome[], change: Partial<CalibrationInput> = {}): CalibrationInput {
  return {
    set: { id: 'first-set', title: 'A first set', raters: [{ id: 'ann', kind: 'author', who: 'Ann, who wrote them' }] },
    judge: { name: 'recorded', model: 'none', promptVersion: '1' },
    split: 'dev',
    items: [{ item, rubric }],
    answers,
    robustness: null,
    repeated: [],
    gradings: answers.map(({ outcome }) => outcome),
    courseItems: 1,
    run: null,
    earlier: null,
    seed: 1,
    resamples: 500,
    ...change,
  };
}
