import type { Item } from '../../core/item.ts';
import type { Rubric } from '../../core/rubric.ts';
import { contentWords, stem } from '../../core/text.ts';
import { promptText } from '../screen.ts';
import { isOneSlipApart } from './word-forms.ts';

/** A shorter answer says too little to tell its subject by, and too little to earn much by chance: "131,072", "SFT, then RL". */
const SHORTEST_SUBJECT_WORDS = 8;
/**
 * An answer to the question shares at least so many of its telling words with what is written about the question, and so large a share of
 * them; one of fewer than twelve telling words needs three. Of 377 exemplars and learner answers that earn something none falls below; of
 * 335 texts about bees, football, tiredness or AI in general 2 do not (2026-11, whole bank).
 */
const LEAST_SHARED = { few: 3, many: 4, share: 0.25, manyFrom: 12 } as const;
/** Too little is written about a question with fewer words to know its subject by; the course's have 87 and more. */
const SMALLEST_VOCABULARY = 80;

/** Shorter words have too many neighbours one letter away. */
const SHORTEST_SLIP_WORD = 5;

/** Said of any subject, so they tell none. Figures do not either. */
const generic = new Set(
  (
    'one two three four five six seven eight nine ten first second third last half good bad better best worse new old many few several ' +
    'often always never way thing things people person time keep kept want need know think say use used using work works'
  )
    .split(' ')
    .map(stem),
);

type Subject = { words: ReadonlySet<string>; figures: ReadonlySet<string> };

const subjects = new WeakMap<Rubric, Subject>();

/** Whether an answer is about something else: in prose about bees, too, somebody keeps, limits and tastes something. */
export function isOffTopic({ item, rubric, answer }: { item: Item; rubric: Rubric; answer: string }): boolean {
  const said = subjectOf(answer);
  if (said.words.size < SHORTEST_SUBJECT_WORDS) return false;
  const subject = subjectOfItem({ item, rubric });
  if (subject.words.size < SMALLEST_VOCABULARY) return false;
  // Somebody who works out the question's own figure is answering it, in however few words.
  if ([...said.figures].some((figure) => subject.figures.has(figure))) return false;
  const isShort = (shared: number): boolean => isUnrelated({ shared, said: said.words.size });
  const shared = [...said.words].filter((word) => subject.words.has(word)).length;
  // Slips are looked for only where it matters: "the polisy hacks the rewrad" is about the policy and the reward.
  return isShort(shared) && isShort(shared + countSlips({ said: said.words, subject: subject.words }));
}

function isUnrelated({ shared, said }: { shared: number; said: number }): boolean {
  if (said < LEAST_SHARED.manyFrom) return shared < LEAST_SHARED.few;
  return shared < LEAST_SHARED.many || shared < LEAST_SHARED.share * said;
}

/** Words one typing slip away from a word of the subject. */
function countSlips({ said, subject }: { said: ReadonlySet<string>; subject: ReadonlySet<string> }): number {
  const slipped = [...said].filter(
    (word) =>
      word.length >= SHORTEST_SLIP_WORD &&
      !subject.has(word) &&
      [...subject].some((other) => isOneSlipApart(other, word)),
  );
  return slipped.length;
}

function subjectOfItem({ item, rubric }: { item: Item; rubric: Rubric }): Subject {
  const known = subjects.get(rubric);
  if (known) return known;
  const texts = [
    promptText(item),
    item.reference,
    ...rubric.criteria.flatMap(({ asks, expects, partial }) => [asks, expects, partial ?? '']),
    ...rubric.misconceptions.flatMap(({ claim, refutes }) => [claim, refutes]),
  ];
  const subject = subjectOf(texts.join('\n'));
  subjects.set(rubric, subject);
  return subject;
}

/** The telling words of a text, no letters of formulas among them, and its figures of two digits or more: a lone "2" stands in every text. */
function subjectOf(text: string): Subject {
  const all = contentWords(text);
  return {
    words: new Set(all.filter((word) => !generic.has(word) && word.length > 1 && !/\p{N}/u.test(word))),
    figures: new Set(all.filter((word) => /^\p{N}/u.test(word) && word.replace(/\P{N}/gu, '').length >= 2)),
  };
}
