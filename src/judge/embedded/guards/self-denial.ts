import { contentWords } from '../../../core/text.ts';
import type { Sentence, Word } from '../read-answer.ts';

/*
 * "There was a cold start. There was no cold start." An answer that says everything and its opposite says nothing, but each cue finds its half.
 * Such an answer repeats its words, denies in every second sentence, and does both in neighbouring clauses. All sixteen of dev's
 * contradictions but one are like that, and none of 640 answers that earn something (2026-11).
 */

const SHORTEST_DENIAL = { words: 40, sentences: 4 } as const;
/** Share of content words that were said before. Clean answers: 8 %, one in fifty above 24 %; contradictions 20 to 35 %. */
const LEAST_REPEATED = { withFlip: 0.18, alone: 0.26 } as const;
/** Share of sentences that deny something. Half of all clean answers stay below 29 %. */
const LEAST_DENYING = 0.45;
/** How many clauses further on the opposite may stand. */
const REACH = 3;
/** Two clauses say the same of opposite sign where they share so many content words and so large a share of the shorter. */
const LEAST_SHARED = { words: 2, share: 0.5 } as const;

const denying = new Set('not no never none nothing neither nor without cannot nobody'.split(' '));
const joining = new Set('and but or though although while whereas yet except'.split(' '));

/** Whether an answer asserts things and takes them back throughout. */
export function deniesItself(sentences: readonly Sentence[]): boolean {
  const said = sentences.flatMap(({ words }) => words);
  if (said.length < SHORTEST_DENIAL.words || sentences.length < SHORTEST_DENIAL.sentences) return false;
  const content = said.flatMap(({ lower }) => contentWords(lower));
  const repeated = 1 - new Set(content).size / Math.max(1, content.length);
  const deniers = sentences.filter(({ words }) => words.some(denies)).length / sentences.length;
  if (deniers < LEAST_DENYING || repeated < LEAST_REPEATED.withFlip) return false;
  return repeated >= LEAST_REPEATED.alone || hasFlip(sentences.flatMap(clausesOf));
}

type Clause = { content: ReadonlySet<string>; denies: boolean };

function hasFlip(clauses: readonly Clause[]): boolean {
  return clauses.some((clause, at) => clauses.slice(at + 1, at + 1 + REACH).some((next) => isOpposite(clause, next)));
}

function isOpposite(one: Clause, other: Clause): boolean {
  if (one.denies === other.denies) return false;
  const shared = [...one.content].filter((word) => other.content.has(word)).length;
  const shorter = Math.min(one.content.size, other.content.size);
  return shared >= LEAST_SHARED.words && shared >= LEAST_SHARED.share * shorter;
}

function clausesOf({ words }: Sentence): Clause[] {
  const clauses: Word[][] = [];
  for (const word of words) {
    if (clauses.length === 0 || joining.has(word.lower) || /[;:,.!?\u2013\u2014]/u.test(word.breakBefore))
      clauses.push([]);
    clauses.at(-1)?.push(word);
  }
  return clauses.map((clause) => ({
    content: new Set(clause.flatMap(({ lower }) => contentWords(lower))),
    denies: clause.some(denies),
  }));
}

function denies({ lower, negator }: Word): boolean {
  return negator || denying.has(lower);
}
