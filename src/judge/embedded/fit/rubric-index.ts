import type { Item } from '../../../core/item.ts';
import type { Rubric } from '../../../core/rubric.ts';
import { contentWords } from '../../../core/text.ts';
import { promptText } from '../../screen.ts';

/** A text as weights of its content words, of length 1; empty where it has none the index knows. */
export type WordVector = ReadonlyMap<string, number>;

export type IndexedExemplar = {
  vector: WordVector;
  verdicts: Readonly<Record<string, string>>;
  /** For each criterion the sentence that comes nearest to what it expects. */
  telling: ReadonlyMap<string, WordVector>;
  holds: ReadonlySet<string>;
};

/** All that is written about one question, made comparable with what learners write. */
export type RubricIndex = {
  vectorOf: (text: string) => WordVector;
  prompt: ReadonlySet<string>;
  expects: ReadonlyMap<string, WordVector>;
  claims: ReadonlyMap<string, WordVector>;
  /** The words of exemplars that hold each misconception. */
  spans: ReadonlyMap<string, readonly WordVector[]>;
  exemplars: readonly IndexedExemplar[];
};

const sentenceEnd = /(?<=[.!?])\s+/u;

const indexes = new WeakMap<Rubric, RubricIndex>();

/**
 * Indexes one rubric at its first answer, once a process. A word's weight falls with the number of its texts (criteria, claims,
 * exemplars) that use it, so that what all of them say tells nothing apart.
 */
export function indexRubric({ item, rubric }: { item: Item; rubric: Rubric }): RubricIndex {
  const known = indexes.get(rubric);
  if (known) return known;
  const { criteria, misconceptions, exemplars } = rubric;
  const texts = [
    item.reference,
    ...criteria.map(({ expects }) => expects),
    ...misconceptions.flatMap(({ claim, refutes }) => [claim, refutes]),
    ...exemplars.map(({ answer }) => answer),
  ];
  const weightOf = weighWords(texts);
  const vectorOf = (text: string): WordVector => toVector({ words: contentWords(text), weightOf });
  const expects = new Map(criteria.map(({ id, expects: text }) => [id, vectorOf(text)]));
  const index: RubricIndex = {
    vectorOf,
    prompt: new Set(contentWords(promptText(item))),
    expects,
    claims: new Map(misconceptions.map(({ id, claim }) => [id, vectorOf(claim)])),
    spans: new Map(
      misconceptions.map(({ id }) => [
        id,
        exemplars.flatMap((exemplar) =>
          exemplar.misconceptions.filter((held) => held.id === id).map(({ span }) => vectorOf(span)),
        ),
      ]),
    ),
    exemplars: exemplars.map((exemplar) => ({
      vector: vectorOf(exemplar.answer),
      verdicts: exemplar.verdicts,
      telling: tellingSentences({ sentences: exemplar.answer.split(sentenceEnd).map(vectorOf), expects }),
      holds: new Set(exemplar.misconceptions.map(({ id }) => id)),
    })),
  };
  indexes.set(rubric, index);
  return index;
}

/** How alike two texts are in their words, 0 to 1. */
export function likeness(one: WordVector, other: WordVector): number {
  const [small, large] = one.size < other.size ? [one, other] : [other, one];
  let sum = 0;
  for (const [word, weight] of small) sum += weight * (large.get(word) ?? 0);
  return sum;
}

/** The share (0 to 1) of what `wanted` says that `said` says too, by the weight of its words. */
export function coverage({ wanted, said }: { wanted: WordVector; said: WordVector }): number {
  let all = 0;
  let covered = 0;
  for (const [word, weight] of wanted) {
    all += weight * weight;
    if (said.has(word)) covered += weight * weight;
  }
  return all === 0 ? 0 : covered / all;
}

function tellingSentences(args: {
  sentences: readonly WordVector[];
  expects: ReadonlyMap<string, WordVector>;
}): Map<string, WordVector> {
  return new Map(
    [...args.expects].flatMap(([criterion, wanted]) => {
      const [best] = args.sentences.toSorted((one, other) => likeness(other, wanted) - likeness(one, wanted));
      return best === undefined ? [] : [[criterion, best] as const];
    }),
  );
}

function weighWords(texts: readonly string[]): (word: string) => number {
  const uses = new Map<string, number>();
  for (const text of texts) for (const word of new Set(contentWords(text))) uses.set(word, (uses.get(word) ?? 0) + 1);
  return (word) => Math.log((texts.length + 1) / ((uses.get(word) ?? 0) + 0.5));
}

function toVector(args: { words: readonly string[]; weightOf: (word: string) => number }): WordVector {
  const weights = new Map([...new Set(args.words)].map((word) => [word, args.weightOf(word)]));
  const length = Math.hypot(...weights.values());
  return new Map([...weights].map(([word, weight]) => [word, length === 0 ? 0 : weight / length]));
}
