import type { BootstrapPlan } from './bootstrap.ts';
import type { RatedVerdict } from './consensus.ts';
import { groupBy } from './group-by.ts';
import { confusionMatrix } from './pair-counts.ts';
import type { PairedAnswer } from './pair-ratings.ts';
import { pointsAgreement } from './points-agreement.ts';
import type { Confusion, Slice } from './report-parts.ts';
import { verdictHeadline } from './verdict-agreement.ts';

/** What share of the points the raters gave. The middle is where judges fail, and full and empty answers hide it. */
const bands = ['no points', 'less than half', 'half or more', 'all points'] as const;

/** Word counts at which a length slice begins, the longest first. */
const lengths = [
  { from: 75, name: '75 words and more' },
  { from: 25, name: '25 to 74 words' },
  { from: 0, name: 'under 25 words' },
] as const;

const byNumber = new Intl.Collator('en', { numeric: true });

/** A part of the answers, before anything is computed over it. */
export type Slicing = { by: Slice['by']; value: string; inside: readonly PairedAnswer[] };

/** Cuts the answers into parts, by each of several rules. An answer with several tags is in several tag slices. */
export function slicingOf(answers: readonly PairedAnswer[]): Slicing[] {
  const bandOrder = new Map<string, number>(bands.map((band, index) => [band, index]));
  const byBand = [...groupBy(answers, bandOf)]
    .filter(([band]) => band !== undefined)
    .sort(([one], [other]) => (bandOrder.get(one ?? '') ?? 0) - (bandOrder.get(other ?? '') ?? 0));
  const tags = [...new Set(answers.flatMap((answer) => answer.tags))].sort();
  return [
    ...byBand.map(([band, inside]) => ({ by: 'band' as const, value: band ?? '', inside })),
    ...entries(
      'item',
      groupBy(answers, (answer) => answer.item),
    ),
    ...entries(
      'chapter',
      groupBy(answers, (answer) => answer.chapter),
    ),
    ...entries(
      'concept',
      groupBy(answers, (answer) => answer.concept),
    ),
    ...shortestFirst(entries('length', groupBy(answers, lengthOf))),
    ...tags.map((tag) => ({
      by: 'tag' as const,
      value: tag,
      inside: answers.filter((answer) => answer.tags.includes(tag)),
    })),
  ];
}

/** The same figures over each part. */
export function slicesOf(args: {
  slicing: readonly Slicing[];
  categories: readonly RatedVerdict[];
  plan: BootstrapPlan;
}): Slice[] {
  return args.slicing.map(({ by, value, inside }) => {
    const verdicts = inside.flatMap((answer) => answer.verdicts);
    return {
      by,
      value,
      answers: inside.length,
      verdicts: verdicts.length,
      ...verdictHeadline({ verdicts, categories: args.categories, plan: args.plan }),
      points: pointsAgreement({ answers: inside, plan: args.plan }),
    };
  });
}

/** Answers by the band of points that raters and judge gave; those without points are left out. */
export function pointBands(answers: readonly PairedAnswer[]): Confusion {
  const pairs = answers.flatMap(({ points }) =>
    points === null ? [] : [{ reference: bandOfShare(points.reference), judge: bandOfShare(points.judge) }],
  );
  return confusionMatrix({ pairs, rows: bands, columns: bands });
}

/** Parts in the order of a table of contents: chapter 2 before chapter 10. */
function entries(by: Slice['by'], groups: ReadonlyMap<string, PairedAnswer[]>): Slicing[] {
  return [...groups]
    .map(([value, inside]) => ({ by, value, inside }))
    .sort((one, other) => byNumber.compare(one.value, other.value));
}

function shortestFirst(parts: readonly Slicing[]): Slicing[] {
  const place = (part: Slicing): number => lengths.findIndex(({ name }) => name === part.value);
  return [...parts].sort((one, other) => place(other) - place(one));
}

function bandOf(answer: PairedAnswer): (typeof bands)[number] | undefined {
  return answer.points === null ? undefined : bandOfShare(answer.points.reference);
}

function bandOfShare(share: number): (typeof bands)[number] {
  if (share === 0) return 'no points';
  if (share === 1) return 'all points';
  return share < 0.5 ? 'less than half' : 'half or more';
}

function lengthOf(answer: PairedAnswer): string {
  return lengths.find(({ from }) => answer.words >= from)?.name ?? 'under 25 words';
}
