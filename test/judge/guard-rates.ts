import type { Item } from '../../src/core/item.ts';
import type { Criterion, Rubric } from '../../src/core/rubric.ts';
import { contentWords, words } from '../../src/core/text.ts';
import { createLeakGuard } from '../../src/judge/guard.ts';
import { promptText } from '../../src/judge/screen.ts';

/** How a guard did on one kind of text: `surprises` are the texts it should have judged the other way. */
export type GuardRate = {
  name: string;
  should: 'pass' | 'be refused';
  refused: number;
  total: number;
  surprises: string[];
};

type Graded = { item: Item; rubric: Rubric };
type Kind = { name: string; should: GuardRate['should']; texts: (graded: Graded) => string[] };

/** Notes that fit any question: what a careful grader writes when it has nothing to tell. */
const genericNotes = [
  'Which of the two would you do first, and why?',
  'You name the effect. What causes it?',
  'Could you say that in one plain sentence, with a reason?',
  'What would change if you did the opposite?',
  'Can you give one example of that?',
  'You state this without saying why. What is the reason?',
  'How would you know whether that worked?',
  'That is a good start; what happens next?',
  'What does this look like from the other side?',
  'Read the question once more: which part have you not touched yet?',
  'You describe what happens. How large is the effect?',
  'Is that always so, or only in some cases?',
  'Suppose somebody doubts this. What would you show them?',
  'Which of your sentences carries the answer?',
  'You say it is better. Better than what, and at what cost?',
  'What do you mean by "it" here?',
  'What would you look at first if this went wrong?',
  'Walk through one concrete case, step by step.',
  'You are close. Which word in your answer could be read two ways?',
  'What follows from that for the person who has to decide?',
];

const kinds: readonly Kind[] = [
  {
    name: 'second hints',
    should: 'pass',
    texts: ({ rubric }) => rubric.criteria.flatMap(({ hints }) => hints.slice(1, 2)),
  },
  { name: 'nudges', should: 'pass', texts: ({ rubric }) => rubric.misconceptions.map(({ nudge }) => nudge) },
  { name: 'generic notes', should: 'pass', texts: () => genericNotes },
  {
    name: 'sentences of expects',
    should: 'be refused',
    texts: ({ rubric }) => rubric.criteria.flatMap(({ expects }) => sentences(expects)),
  },
  { name: 'sentences of the reference', should: 'be refused', texts: ({ item }) => sentences(item.reference) },
  {
    name: 'sentences of refutes',
    should: 'be refused',
    texts: ({ rubric }) => rubric.misconceptions.flatMap(({ refutes }) => sentences(refutes)),
  },
  {
    name: 'expects, first ten words asked back',
    should: 'be refused',
    texts: ({ rubric }) => rubric.criteria.map((one) => `Have you thought of this: ${firstTen(one).join(' ')}?`),
  },
  {
    name: 'expects, first ten words out of order',
    should: 'be refused',
    texts: ({ rubric }) => rubric.criteria.map((one) => `Think about ${outOfOrder(firstTen(one)).join(', and the ')}?`),
  },
  {
    name: 'expects, first ten words misspelt',
    should: 'be refused',
    texts: ({ rubric }) =>
      rubric.criteria.map((one) => `Have you thought of this: ${firstTen(one).map(misspell).join(' ')}?`),
  },
];

/** Shows every text of every kind to the guard of its item, as on a first try with a blank answer. */
export function measureGuard(items: readonly Graded[]): GuardRate[] {
  return kinds.map(({ name, should, texts }) => {
    const judged = items.flatMap((graded) => {
      const { item, rubric } = graded;
      const shown = rubric.criteria.flatMap(({ asks, hints }) => [asks, ...hints.slice(0, 1)]);
      const guard = createLeakGuard({ item, rubric, said: [promptText(item), ...shown] });
      return texts(graded).map((text) => ({ verdict: guard(text), place: `${item.id}: ${text}` }));
    });
    const refused = judged.filter(({ verdict }) => verdict.status === 'leaks');
    const surprises = judged.filter(({ verdict }) => (verdict.status === 'leaks') === (should === 'pass'));
    return {
      name,
      should,
      refused: refused.length,
      total: judged.length,
      surprises: surprises.map(({ verdict, place }) =>
        verdict.status === 'leaks' ? `[${verdict.what}] ${place}` : place,
      ),
    };
  });
}

/** The sentences that say something: "Either is enough." gives nothing away. */
function sentences(text: string): string[] {
  return text.split(/(?<=[.!?;:])\s+/u).filter((sentence) => contentWords(sentence).length >= 5);
}

function firstTen({ expects }: Criterion): string[] {
  return words(expects).slice(0, 10);
}

/** Every other word first, then the rest: no run of the text is left. */
function outOfOrder(sequence: readonly string[]): string[] {
  return [...sequence.filter((_word, at) => at % 2 === 0), ...sequence.filter((_word, at) => at % 2 === 1)];
}

/** One letter of each longer word doubled. */
function misspell(word: string): string {
  return /^\p{L}{6,}$/u.test(word) ? word.slice(0, 4) + word.slice(3) : word;
}
