import { findTerm, type TermSpan } from './find-term.ts';
import type { Phrase, Place, Side } from './phrase.ts';
import type { Sentence, WordSpan } from './read-answer.ts';

/** What became of one phrase in one sentence. `negated`: its words stand there, but denied. */
export type PhraseMatch =
  | { status: 'found'; spans: WordSpan[]; slip: boolean }
  | { status: 'negated'; spans: WordSpan[] }
  | { status: 'absent' };

/** "reward or preference model" still holds `reward model`. */
const NEAR_WORDS = 2;

type Rule = 'heeding-negation' | 'blind-to-negation';
type Step = TermSpan & { virtual: boolean };

/** Looks for a phrase inside one sentence: every side of it, each in order. */
export function findPhrase(sentence: Sentence, phrase: Phrase): PhraseMatch {
  const heeded = matchSides({ sentence, sides: phrase.sides, rule: 'heeding-negation' });
  if (heeded) return { status: 'found', spans: heeded.map(spanOf), slip: heeded.flat().some(({ slip }) => slip) };
  if (!sentence.words.some(({ negated }) => negated)) return { status: 'absent' };
  const blind = matchSides({ sentence, sides: phrase.sides, rule: 'blind-to-negation' });
  return blind ? { status: 'negated', spans: blind.map(spanOf) } : { status: 'absent' };
}

/** The share (0 to 1) of a phrase's places whose words stand anywhere in a sentence, in whatever order and polarity: how near a miss it is. */
export function shareOfPhrase(sentence: Sentence, phrase: Phrase): number {
  const places = phrase.sides.flatMap(({ readings }) => readings.at(-1) ?? []);
  const present = places.filter(({ terms }) => terms.some((term) => findTerm(sentence, term).length > 0));
  return places.length === 0 ? 0 : present.length / places.length;
}

/** A negation on one side speaks for the whole phrase: `style & no ground truth` may find "style" inside it. */
function matchSides(args: { sentence: Sentence; sides: readonly Side[]; rule: Rule }): Step[][] | undefined {
  const found: Step[][] = [];
  const inside: Side[] = [];
  for (const side of args.sides) {
    const steps = matchSide({ ...args, side });
    if (steps) found.push(steps);
    else inside.push(side);
  }
  if (inside.length === 0) return found;
  if (!found.flat().some((step) => step.virtual || holdsNegator(args.sentence, step))) return undefined;
  for (const side of inside) {
    const steps = matchSide({ sentence: args.sentence, side, rule: 'blind-to-negation' });
    if (!steps) return undefined;
    found.push(steps);
  }
  return found;
}

function matchSide(args: { sentence: Sentence; side: Side; rule: Rule }): Step[] | undefined {
  for (const places of args.side.readings) {
    const steps = matchPlaces({ ...args, places });
    if (steps) return steps;
  }
  return undefined;
}

/**
 * Depth-first over the places in order. Inside a negation a word counts only after the phrase's own negation was met;
 * that is a negating word at its place, or a next word that already stands inside a negation.
 */
function matchPlaces(args: { sentence: Sentence; places: readonly Place[]; rule: Rule }): Step[] | undefined {
  const { sentence, places, rule } = args;
  const choices: Step[][] = [];
  for (const place of places) {
    const steps = stepsOf({ sentence, place, isLast: choices.length === places.length - 1 });
    if (steps.length === 0) return undefined;
    choices.push(steps);
  }
  const dead = new Set<string>();

  function from(at: number, after: number, denied: boolean): Step[] | undefined {
    if (at === places.length) return [];
    const state = `${at} ${after} ${denied ? 1 : 0}`;
    if (dead.has(state)) return undefined;
    for (const step of choices[at] ?? []) {
      if (step.from < after) continue;
      if (at > 0 && places[at]?.gap === 'near' && step.from - after > NEAR_WORDS) break;
      if (step.virtual && denied) continue;
      const opens = step.virtual || holdsNegator(sentence, step);
      if (rule === 'heeding-negation' && !opens && !denied && isNegated(sentence, step)) continue;
      const rest = from(at + 1, step.to, denied || opens);
      if (rest) return [step, ...rest];
    }
    dead.add(state);
    return undefined;
  }
  return from(0, 0, false);
}

function stepsOf(args: { sentence: Sentence; place: Place; isLast: boolean }): Step[] {
  const { sentence, place, isLast } = args;
  const steps: Step[] = [];
  for (const term of place.terms) {
    for (const span of findTerm(sentence, term)) steps.push({ ...span, virtual: false });
  }
  if (!isLast && place.terms.some(({ kind }) => kind === 'negator')) {
    sentence.words.forEach(({ negated }, at) => {
      if (negated) steps.push({ from: at, to: at, slip: false, virtual: true });
    });
  }
  return steps.sort((a, b) => a.from - b.from || a.to - b.to);
}

function isNegated(sentence: Sentence, { from, to }: WordSpan): boolean {
  return sentence.words.slice(from, to).some(({ negated }) => negated);
}

function holdsNegator(sentence: Sentence, { from, to }: WordSpan): boolean {
  return sentence.words.slice(from, to).some(({ negator }) => negator);
}

function spanOf(steps: readonly Step[]): WordSpan {
  return { from: steps[0]?.from ?? 0, to: steps.at(-1)?.to ?? 0 };
}
