import type { Rubric } from '../../core/rubric.ts';
import type { CriterionFinding, MisconceptionFinding, UnclassifiedError } from '../judge.ts';
import { storableText } from '../storable-text.ts';
import type { Quarantined } from './quarantine.ts';
import { criterionKey, misconceptionKey, type Reply } from './reply-schema.ts';

/** More than these are a judge listing what it would have written itself. */
const MOST_ERRORS = 3;

export type Findings = {
  criteria: CriterionFinding[];
  misconceptions: MisconceptionFinding[];
  errors: UnclassifiedError[];
  next: string;
};

/** Turns numbers back into authored ids and quotes of the block into the learner's own characters; a quote found nowhere stays for grounding to reject. */
export function toFindings(args: { reply: Reply; rubric: Rubric; answer: Quarantined }): Findings {
  const { reply, rubric, answer } = args;
  const original = (quotes: string[]): string[] => quotes.map((quote) => answer.findQuote(quote) ?? quote);
  return {
    criteria: rubric.criteria.map(({ id }, index) => {
      const found = valueOf(reply.criteria, criterionKey(index));
      return { ...found, criterion: id, quotes: original(found.quotes), note: oneLine(found.note) };
    }),
    misconceptions: rubric.misconceptions.map(({ id }, index) => {
      const found = valueOf(reply.misconceptions ?? {}, misconceptionKey(index));
      return { ...found, misconception: id, quotes: original(found.quotes) };
    }),
    errors: reply.errors
      .slice(0, MOST_ERRORS)
      .map(({ quote, why }) => ({ quote: answer.findQuote(quote) ?? quote, why: oneLine(why) })),
    next: oneLine(reply.next),
  };
}

function valueOf<Value>(record: Record<string, Value>, key: string): Value {
  const value = record[key];
  if (value === undefined) throw new Error(`a reply that passed its schema lacks ${key}`);
  return value;
}

/** Prose for a learner: what a model writes may carry escape sequences it read in an answer. */
function oneLine(prose: string): string {
  return storableText(prose)
    .replace(/[\s\p{Cc}\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]+/gu, ' ')
    .trim();
}
