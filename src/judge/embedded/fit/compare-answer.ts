import { contentWords } from '../../../core/text.ts';
import type { JudgeTask } from '../../judge.ts';
import type { TaskReading } from '../read-task.ts';
import type { Sentence } from '../read-answer.ts';
import { indexRubric, likeness, type RubricIndex, type WordVector } from './rubric-index.ts';

/** An answer beside what is written about its question. */
export type Comparison = {
  index: RubricIndex;
  answer: WordVector;
  /** The sentences that state something, with their words; off-topic ones too, for a wrong belief is wrong anywhere. */
  sentences: readonly { sentence: Sentence; vector: WordVector }[];
  /** How like each exemplar the answer is as a whole, in the rubric's order. */
  exemplars: readonly number[];
  /** The share (0 to 1) of the answer's content words that the question itself uses. */
  promptShare: number;
};

/** Sets an answer beside the rubric's texts, once for all of its criteria. */
export function compareAnswer({ task, reading }: { task: JudgeTask; reading: TaskReading }): Comparison {
  const index = indexRubric(task);
  const stating = reading.sentences.filter(({ salad }) => !salad);
  // Not the whole answer: orders to the grader would make it less like an exemplar that missed the point.
  const text = stating.map((sentence) => sentence.text).join(' ');
  const answer = index.vectorOf(text);
  const said = contentWords(text);
  return {
    index,
    answer,
    sentences: stating.map((sentence) => ({ sentence, vector: index.vectorOf(sentence.text) })),
    exemplars: index.exemplars.map(({ vector }) => likeness(answer, vector)),
    promptShare: said.filter((word) => index.prompt.has(word)).length / Math.max(1, said.length),
  };
}

/** The sentence that comes nearest to any of some texts, and how near; undefined where the answer states nothing. */
export function nearest(args: {
  comparison: Comparison;
  texts: readonly WordVector[];
}): { sentence: Sentence; vector: WordVector; likeness: number } | undefined {
  let best: { sentence: Sentence; vector: WordVector; likeness: number } | undefined;
  for (const { sentence, vector } of args.comparison.sentences) {
    const near = Math.max(0, ...args.texts.map((text) => likeness(vector, text)));
    if (best === undefined || near > best.likeness) best = { sentence, vector, likeness: near };
  }
  return best;
}
