import type { Item } from '../../core/item.ts';
import type { Rubric } from '../../core/rubric.ts';
import { contentWords, stem } from '../../core/text.ts';
import { promptText } from '../screen.ts';

/** A shorter answer says too little to tell its subject by: "131,072", "SFT, then RL". */
const SHORTEST_SUBJECT_WORDS = 8;
/**
 * An answer to the question shares at least so many of its words with what is written about the question. Of 373 exemplars and learner
 * answers that earn something 1 falls below; of 330 texts about bees, football, tiredness or AI in general 2 do not (2026-11, whole bank).
 */
const LEAST_SHARED_WORDS = 4;
const LEAST_SHARED_SHARE = 0.25;

/** Too little is written about a question with fewer words to know its subject by; the course's have 87 and more. */
const SMALLEST_VOCABULARY = 80;

/** Said of any subject, so they tell none. Figures do not either. */
const generic = new Set(
  (
    'one two three four five six seven eight nine ten first second third last half good bad better best worse new old many few several ' +
    'often always never way thing things people person time keep kept want need know think say use used using work works'
  )
    .split(' ')
    .map(stem),
);

const vocabularies = new WeakMap<Rubric, ReadonlySet<string>>();

/** Whether an answer is about something else: in prose about bees, too, somebody keeps, limits and tastes something. */
export function isOffTopic({ item, rubric, answer }: { item: Item; rubric: Rubric; answer: string }): boolean {
  const said = subjectWords(answer);
  if (said.size < SHORTEST_SUBJECT_WORDS) return false;
  const vocabulary = vocabularyOf({ item, rubric });
  if (vocabulary.size < SMALLEST_VOCABULARY) return false;
  const shared = [...said].filter((word) => vocabulary.has(word)).length;
  return shared < LEAST_SHARED_WORDS || shared < LEAST_SHARED_SHARE * said.size;
}

function vocabularyOf({ item, rubric }: { item: Item; rubric: Rubric }): ReadonlySet<string> {
  const known = vocabularies.get(rubric);
  if (known) return known;
  const texts = [
    promptText(item),
    item.reference,
    ...rubric.criteria.flatMap(({ asks, expects, partial }) => [asks, expects, partial ?? '']),
    ...rubric.misconceptions.flatMap(({ claim, refutes }) => [claim, refutes]),
  ];
  const vocabulary = subjectWords(texts.join('\n'));
  vocabularies.set(rubric, vocabulary);
  return vocabulary;
}

function subjectWords(text: string): Set<string> {
  return new Set(contentWords(text).filter((word) => !generic.has(word) && !/^\p{N}/u.test(word)));
}
