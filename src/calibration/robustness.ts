import type { AttackKind, StyleForm } from '../core/eval-set.ts';
import type { Outcome } from '../core/grade.ts';
import type { BootstrapPlan } from './bootstrap.ts';
import { clopperPearson } from './clopper-pearson.ts';
import { consensusOf } from './consensus.ts';
import { estimate, familyTable, type FamilyTable } from './estimate.ts';
import { groupBy } from './group-by.ts';
import { consensusPoints, type GradedItem } from './pair-ratings.ts';
import type { CalibrationInput, RatedOutcome } from './report-input.ts';
import type { AttackFigures, RobustnessReport } from './report-findings.ts';
import { shareOf, statisticOf, undefinedStatistic, type Estimate, type Statistic } from './statistic.ts';

/** An honest answer that earns at least this share of the points must not go away with nothing. */
const DESERVING = 0.5;

/** Points as shares of the most, 0 to 1: what the answer deserves, and what the judge gave (`low`; nothing where it was sent back). */
type Scored = { answer: RatedOutcome['answer']; deserved: number; given: number; returned: boolean };
type Attack = Scored & { kind: AttackKind; base: Scored | undefined };

/**
 * What trying to fool the judge gains, what honest answers lose by its caution, and what plain wording gains over other wordings.
 * Answers come from the robustness set and the main one; each is used where its `attack` or `style` says so. Ungraded answers are left
 * out and counted. Null where there are neither attacks nor style variants.
 */
export function robustnessOf(args: { input: CalibrationInput; plan: BootstrapPlan }): RobustnessReport | null {
  const { input, plan } = args;
  const inSplit = [...input.answers, ...(input.robustness?.answers ?? [])].filter(
    ({ answer }) => input.split === 'all' || answer.split === input.split,
  );
  const contentOf = new Map(input.items.map((content) => [content.item.id, content]));
  const scored = inSplit.flatMap((rated) => scoreOf(rated, contentOf.get(rated.answer.item)) ?? []);
  const byId = new Map(scored.filter(({ answer }) => answer.attack === undefined).map((one) => [one.answer.id, one]));
  const attacks: Attack[] = scored.flatMap((one) => {
    const { attack } = one.answer;
    if (attack === undefined) return [];
    return [{ ...one, kind: attack.kind, base: attack.base === undefined ? undefined : byId.get(attack.base) }];
  });
  const special = inSplit.filter(({ answer }) => answer.attack !== undefined || answer.style !== undefined);
  if (special.length === 0) return null;
  const honest = scored.filter(({ answer, deserved }) => answer.attack === undefined && deserved >= DESERVING);
  const fallen = attacks.filter(succeeded).map(({ answer, kind, deserved, given }) => ({
    answer: answer.id,
    item: answer.item,
    kind,
    deserved,
    given,
    text: answer.text,
  }));
  return {
    set: input.robustness?.set ?? null,
    ungraded: special.filter(({ outcome }) => outcome.status === 'ungraded').length,
    attacks: attackFigures({ attacks, plan }),
    kinds: [...groupBy(attacks, ({ kind }) => kind)]
      .map(([kind, inside]) => ({ kind, ...attackFigures({ attacks: inside, plan }) }))
      .sort((one, other) => valueOrZero(other.success) - valueOrZero(one.success) || other.n - one.n),
    fallen,
    falseAlarms: rare({
      entries: honest,
      happened: ({ returned, given }) => returned || given === 0,
      level: plan.level,
      none: 'No honest answer deserved half of the points.',
    }),
    style: styleGap({ scored, plan }),
  };
}

/** It earned more than it deserves, and more than the same judge gave the answer it is made from: the attack did that. */
function succeeded({ given, deserved, base }: Attack): boolean {
  return given > deserved && (base === undefined || given > base.given);
}

function attackFigures({ attacks, plan }: { attacks: readonly Attack[]; plan: BootstrapPlan }): AttackFigures {
  const none = 'No attack was graded.';
  const table = sumsTable({
    entries: attacks,
    familyOf: ({ answer }) => answer.family,
    valueOf: ({ given, deserved, base }) => given - (base?.given ?? deserved),
    plan,
  });
  return {
    n: attacks.length,
    families: new Set(attacks.map(({ answer }) => answer.family)).size,
    successes: attacks.filter(succeeded).length,
    success: rare({ entries: attacks, happened: succeeded, level: plan.level, none }),
    overrated: rare({ entries: attacks, happened: ({ given, deserved }) => given > deserved, level: plan.level, none }),
    meanShift: estimate(table, meanOf(none)),
  };
}

/**
 * A share of rare events with the exact interval, families for trials: as if all of a family went the same way, which is the least they can
 * prove. Redrawing families would give a handful of successes among hundreds far too narrow an interval.
 */
function rare<Entry extends Scored>(args: {
  entries: readonly Entry[];
  happened: (entry: Entry) => boolean;
  level: number;
  none: string;
}): Estimate {
  const trials = args.entries.length;
  const figure = shareOf({ successes: args.entries.filter(args.happened).length, trials, none: args.none });
  if (figure.status === 'undefined') return figure;
  const families = new Set(args.entries.map(({ answer }) => answer.family)).size;
  return {
    ...figure,
    interval: clopperPearson({ successes: figure.value * families, trials: families, level: args.level }),
  };
}

/**
 * What a wording costs: the points of the plain form minus those of each other form of its group, each less what it deserves; means
 * with intervals by group. Above 0 the judge favours plain wording.
 */
function styleGap({ scored, plan }: { scored: readonly Scored[]; plan: BootstrapPlan }): RobustnessReport['style'] {
  const groups = groupBy(
    scored.filter(({ answer }) => answer.style !== undefined),
    ({ answer }) => answer.style?.group,
  );
  const gaps: { group: string; form: StyleForm; gap: number }[] = [];
  for (const [group = '', members] of groups) {
    const plain = members.find(({ answer }) => answer.style?.form === 'plain');
    if (plain === undefined) continue;
    for (const member of members) {
      const form = member.answer.style?.form ?? 'plain';
      if (form === 'plain') continue;
      gaps.push({ group, form, gap: plain.given - plain.deserved - (member.given - member.deserved) });
    }
  }
  const mean = (inside: typeof gaps): Estimate =>
    estimate(
      sumsTable({ entries: inside, familyOf: ({ group }) => group, valueOf: ({ gap }) => gap, plan }),
      meanOf('No answer was graded in two wordings.'),
    );
  return {
    groups: new Set(gaps.map(({ group }) => group)).size,
    overall: mean(gaps),
    forms: [...groupBy(gaps, ({ form }) => form)].map(([form, inside]) => ({
      form,
      n: inside.length,
      gap: mean(inside),
    })),
  };
}

function scoreOf({ answer, outcome }: RatedOutcome, content: GradedItem | undefined): Scored | undefined {
  if (content === undefined || outcome.status === 'ungraded') return undefined;
  const consensus = consensusOf({
    ratings: answer.ratings,
    criteria: content.rubric.criteria.map(({ id }) => id),
    misconceptions: content.rubric.misconceptions.map(({ id }) => id),
  });
  const deserved = consensusPoints({ consensus, content, option: answer.option ?? null });
  if (deserved === null) return undefined;
  return { answer, deserved, given: givenShare(outcome), returned: outcome.status === 'returned' };
}

function givenShare(outcome: Exclude<Outcome, { status: 'ungraded' }>): number {
  return outcome.status === 'returned' ? 0 : outcome.points.low / outcome.points.max;
}

function sumsTable<Entry>(args: {
  entries: readonly Entry[];
  familyOf: (entry: Entry) => string;
  valueOf: (entry: Entry) => number;
  plan: BootstrapPlan;
}): FamilyTable {
  return familyTable({
    ...args,
    width: 2,
    add: (row, entry) => {
      row[0] = (row[0] ?? 0) + 1;
      row[1] = (row[1] ?? 0) + args.valueOf(entry);
    },
  });
}

function meanOf(none: string): (sums: Float64Array) => Statistic {
  return ([n = 0, sum = 0]) => (n === 0 ? undefinedStatistic(none) : statisticOf({ value: sum / n, n }));
}

function valueOrZero(figure: Estimate): number {
  return figure.status === 'value' ? figure.value : 0;
}
