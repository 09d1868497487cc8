import type { FreeResponseItem } from '../core/item.ts';
import type { Misconception, Rubric } from '../core/rubric.ts';
import { contentWords, words } from '../core/text.ts';
import type { CourseItem } from './content.ts';
import { rubricHash } from './rubric-hash.ts';

/** Its only criterion. */
export const WHY = 'why';

/** Telling words beyond these say the same again; pairs grow with their square. */
const MOST_TELLING = 24;
const SHORTEST_TELLING = 3;
/** Said in refuting anything, so two of them tell nothing. */
const generic = new Set(
  contentWords(
    'wrong right true false good bad better worse best need take come say says use used using work works works thing things ' +
      'way ways case cases many few first last second never always often whole kind part still same different without mean means',
  ),
);

const derived = new WeakMap<Misconception, CourseItem>();

/**
 * The question "why is this wrong?" about one misconception, as an item with a rubric of its own, so that a learner's reason is
 * graded by the same pipeline as every answer: one criterion, which expects what the author's `refutes` says. The mistaken
 * answer itself stays out of it: everything a judge reads here is authored, and the same for every answer that holds it.
 *
 * A model judges by `expects`. The embedded judge needs cues, and nobody authored any: two words of the refutation that no wrong turn
 * of this question uses, in one sentence and not denied. What that finds names what counts; whether it says the same of it, wording
 * cannot tell, so nobody may call it right on these cues alone (docs/decisions/0011-the-drill.md).
 */
export function refutationOf(args: { courseItem: CourseItem; misconception: Misconception }): CourseItem {
  const { misconception } = args;
  const { item } = args.courseItem;
  const known = derived.get(misconception);
  if (known) return known;
  const asked: FreeResponseItem = {
    kind: 'free-response',
    id: item.id,
    title: item.title,
    chapter: item.chapter,
    concept: item.concept,
    difficulty: item.difficulty,
    next: item.next,
    prompt: `${item.prompt}\n\nSomebody answered with this mistake: ${misconception.claim}\n\nWhy is it wrong?`,
    reference: misconception.refutes,
  };
  const rubric: Rubric = {
    item: item.id,
    criteria: [
      {
        id: WHY,
        points: 1,
        asks: 'Why is it wrong?',
        expects: `Gives a sound reason why the mistake is one, such as: ${misconception.refutes}`,
        hints: [misconception.nudge],
        cues: [pairs(tellingWords({ misconception, rubric: args.courseItem.rubric }), misconception.refutes)],
      },
    ],
    misconceptions: [],
    exemplars: [],
  };
  const refutation = { item: asked, rubric, rubricHash: rubricHash({ item: asked, rubric }) };
  derived.set(misconception, refutation);
  return refutation;
}

type Telling = { word: string; at: number };

/**
 * The words of the refutation that carry it, one of each stem, as written, with their places: no stop words, and none that a claim, or what
 * makes one tempting, says too. Whoever repeats a wrong turn in its own words must not pass for having refuted one.
 */
function tellingWords({ misconception, rubric }: { misconception: Misconception; rubric: Rubric }): Telling[] {
  const said = new Set(rubric.misconceptions.flatMap(({ claim, tempts }) => contentWords(`${claim}\n${tempts}`)));
  const telling = new Map<string, Telling>();
  words(misconception.refutes).forEach((word, at) => {
    const [stem] = contentWords(word);
    if (stem === undefined || word.length < SHORTEST_TELLING || said.has(stem) || generic.has(stem)) return;
    if (!telling.has(stem)) telling.set(stem, { word, at });
  });
  return [...telling.values()].slice(0, MOST_TELLING);
}

/**
 * Each two of them as a cue phrase, neighbours apart: "base weights" names one thing. Where there are not two, a whole refutation must
 * be repeated, so that nothing is found by chance.
 */
function pairs(telling: readonly Telling[], refutes: string): string[] {
  const phrases = telling.flatMap((one, index) =>
    telling
      .slice(index + 1)
      .filter(({ at }) => at - one.at > 1)
      .map(({ word }) => `${one.word} & ${word}`),
  );
  return phrases.length > 0 ? phrases : [words(refutes).slice(0, MOST_TELLING).join(' ')];
}
