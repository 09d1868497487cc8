import { mathSpans } from '../core/math-spans.ts';
import { normaliseWithMap } from '../core/text.ts';
import { listAnswers, type AnswerEntry, type AnswersDeps, type AnswersOutcome } from './read-answers.ts';

/** Words looked for at once; a longer question is a paste. */
const MOST_TERMS = 8;
const LONGEST_QUERY = 200;
/** An excerpt stops after the sentence that passes this. */
const EXCERPT_LENGTH = 180;

/** One question that was found. `excerpt` is authored Markdown round the first word found; null where only the title holds them all. */
export type AnswerFound = AnswerEntry & { excerpt: string | null; foundIn: 'title' | 'prompt' | 'reference' };

export type AnswersSearch = {
  query: string;
  /** The words looked for, lower-case. */
  terms: string[];
  conceptId: string | null;
  found: AnswerFound[];
};

/**
 * The questions whose title, prompt or reference holds every word of the query, as whole words or parts of words, in the order of
 * the course. A reference is searched only where its question counts as seen: what a search finds must not tell what an answer says.
 */
export async function searchAnswers(
  args: { courseId: string; learnerId: string | null; query: string; conceptId: string | null },
  deps: AnswersDeps,
): Promise<AnswersOutcome<AnswersSearch>> {
  const answers = await listAnswers(args, deps);
  if (answers.status !== 'open') return answers;
  const query = args.query.trim().slice(0, LONGEST_QUERY);
  const terms = [...new Set(fold(query).split(/\s+/))].filter((term) => term !== '').slice(0, MOST_TERMS);
  const found = answers.view.listed
    .filter(({ courseItem }) => args.conceptId === null || courseItem.item.concept === args.conceptId)
    .flatMap(({ courseItem, entry }): AnswerFound[] => {
      const { title, prompt, reference } = courseItem.item;
      const texts = [title, prompt, ...(entry.seen ? [reference] : [])].map(fold);
      if (!terms.every((term) => texts.some((text) => text.includes(term)))) return [];
      return [{ ...entry, ...excerptOf({ terms, title, prompt, reference: entry.seen ? reference : '' }) }];
    });
  return { status: 'open', view: { query, terms, conceptId: args.conceptId, found } };
}

function excerptOf(args: {
  terms: readonly string[];
  title: string;
  prompt: string;
  reference: string;
}): Pick<AnswerFound, 'excerpt' | 'foundIn'> {
  const holds = (text: string, term: string): boolean => fold(text).includes(term);
  if (args.terms.every((term) => holds(args.title, term))) return { excerpt: null, foundIn: 'title' };
  const term = args.terms.find((one) => !holds(args.title, one)) ?? '';
  const foundIn = holds(args.prompt, term) ? 'prompt' : 'reference';
  return { excerpt: cutExcerpt({ text: args[foundIn], term }), foundIn };
}

/** The sentences of one paragraph from the one that holds the term on. Formulas stay whole. */
function cutExcerpt({ text, term }: { text: string; term: string }): string {
  const paragraph = text.split(/\n\s*\n/).find((part) => fold(part).includes(term)) ?? text;
  // Same length, so that offsets hold; a full stop inside a formula ends no sentence.
  const plain = mathSpans(paragraph).reduce(
    (masked, { kind, text: tex, start }) =>
      kind === 'prose' ? masked : masked.slice(0, start) + 'x'.repeat(tex.length) + masked.slice(start + tex.length),
    paragraph,
  );
  const ends = [...plain.matchAll(/[.!?]["'”’)]*(?=\s+["'“(]?\p{Lu})/gu)].map((match) => match.index + match[0].length);
  const bounds = [0, ...ends, paragraph.length];
  const holding = bounds.findIndex((_from, index) => fold(paragraph.slice(0, bounds[index + 1])).includes(term));
  const from = bounds[Math.max(0, holding)] ?? 0;
  const to = bounds.find((end) => end > from + EXCERPT_LENGTH) ?? paragraph.length;
  const excerpt = paragraph.slice(from, to).trim();
  return `${from > 0 ? '… ' : ''}${excerpt}${to < paragraph.length ? ' …' : ''}`;
}

function fold(text: string): string {
  return normaliseWithMap(text).text.toLowerCase();
}
