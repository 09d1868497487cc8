import { createHash } from 'node:crypto';
import type { Content, CourseItem, LoadedEvalSet } from '../bank/content.ts';
import { seededRandom } from '../calibration/seeded-random.ts';
import type { EvalAnswer, EvalSet, Split } from '../core/eval-set.ts';

/** One answer to be graded, once. */
export type Call = { set: string; answer: EvalAnswer; replica: number };

/** What `viva calibrate` is asked for. `split` null: figures on test, with dev beside them to fit on; `all` mixes the two. */
export type CalibrationRequest = {
  setId: string;
  split: Split | 'all' | null;
  runs: number;
  limit: number | null;
  withRobustness: boolean;
  seed: number;
};

/** Every call of a run in the order in which they are made, and what the report will be about. */
export type CalibrationPlan = {
  set: EvalSet;
  robustness: EvalSet | null;
  split: Split | 'all';
  withDev: boolean;
  runs: number;
  limit: number | null;
  seed: number;
  items: CourseItem[];
  calls: Call[];
  /** Over the answers with their ratings and all a judge reads of their items. */
  contentHash: string;
};

export type PlanOutcome =
  { status: 'planned'; plan: CalibrationPlan } | { status: 'not-found'; known: string[] } | { status: 'empty' };

/** Chooses the answers and puts the calls in order. Asks no judge. */
export function planCalibration(request: CalibrationRequest, { content }: { content: Content }): PlanOutcome {
  const loaded = content.evalSets.find(({ set }) => set.id === request.setId);
  if (!loaded) return { status: 'not-found', known: content.evalSets.map(({ set }) => set.id) };
  const { set } = loaded;
  const named = request.withRobustness ? set.robustness : undefined;
  const attacks = content.evalSets.find((other) => named !== undefined && other.set.id === named);
  const { split, withDev } = chooseSplit({ loaded, asked: request.split });
  const choose = (from: LoadedEvalSet, withDevToo: boolean): EvalAnswer[] =>
    stratified({
      answers: from.answers.filter((answer) => split === 'all' || answer.split === split || withDevToo),
      limit: request.limit,
      seed: request.seed,
    });
  const answers = choose(loaded, withDev);
  if (!answers.some((answer) => split === 'all' || answer.split === split)) return { status: 'empty' };
  const robustness = attacks === undefined ? [] : choose(attacks, false);
  const items = content.courses.filter(({ course }) => course.id === set.course).flatMap((entry) => entry.items);
  const { runs, limit, seed } = request;
  return {
    status: 'planned',
    plan: {
      set,
      robustness: attacks?.set ?? null,
      split,
      withDev,
      runs,
      limit,
      seed,
      items,
      calls: callsOf({ set, answers, attacks: attacks?.set, robustness, runs, seed }),
      contentHash: hashOf({ answers: [...answers, ...robustness], items }),
    },
  };
}

/** Test where the set has any: figures on answers that tuning has seen would flatter. A set without splits to speak of is taken whole. */
function chooseSplit(args: { loaded: LoadedEvalSet; asked: CalibrationRequest['split'] }): {
  split: Split | 'all';
  withDev: boolean;
} {
  if (args.asked !== null) return { split: args.asked, withDev: false };
  const hasTest = args.loaded.answers.some(({ split }) => split === 'test');
  return hasTest ? { split: 'test', withDev: true } : { split: 'all', withDev: false };
}

/** All first gradings before any repeat, so that a run cut short is a whole first pass over fewer answers. */
function callsOf(args: {
  set: EvalSet;
  answers: readonly EvalAnswer[];
  attacks: EvalSet | undefined;
  robustness: readonly EvalAnswer[];
  runs: number;
  seed: number;
}): Call[] {
  const { set, attacks, runs, seed } = args;
  const main = byShuffledItem(args.answers, seed);
  const replica = (number: number): Call[] => main.map((answer) => ({ set: set.id, answer, replica: number }));
  const tried = attacks === undefined ? [] : byShuffledItem(args.robustness, seed);
  return [
    ...replica(1),
    ...tried.map((answer) => ({ set: attacks?.id ?? '', answer, replica: 1 })),
    ...Array.from({ length: runs - 1 }, (_, index) => replica(index + 2)).flat(),
  ];
}

/** Answers to one item stand together, since providers cache the prompt's beginning; items in a drawn order, since a run may be cut short. */
function byShuffledItem(answers: readonly EvalAnswer[], seed: number): EvalAnswer[] {
  const items = shuffled([...new Set(answers.map(({ item }) => item))], seed);
  const rank = new Map(items.map((item, index) => [item, index]));
  return [...answers].sort((one, other) => (rank.get(one.item) ?? 0) - (rank.get(other.item) ?? 0));
}

/** At most `limit` answers, drawn evenly from every item, split and kind of attack. Null takes all. */
function stratified(args: { answers: readonly EvalAnswer[]; limit: number | null; seed: number }): EvalAnswer[] {
  const { answers, limit, seed } = args;
  if (limit === null || answers.length <= limit) return [...answers];
  const strata = new Map<string, EvalAnswer[]>();
  for (const answer of shuffled(answers, seed)) {
    const key = `${answer.item} ${answer.split} ${answer.attack?.kind ?? ''}`;
    strata.set(key, [...(strata.get(key) ?? []), answer]);
  }
  const order = shuffled([...strata.values()], seed + 1);
  const drawn: EvalAnswer[] = [];
  for (let round = 0; drawn.length < limit; round += 1) {
    for (const stratum of order) {
      const next = stratum[round];
      if (next !== undefined && drawn.length < limit) drawn.push(next);
    }
  }
  return drawn;
}

/** Fisher and Yates. */
function shuffled<Entry>(entries: readonly Entry[], seed: number): Entry[] {
  const random = seededRandom(seed);
  const pool = [...entries];
  const order: Entry[] = [];
  while (pool.length > 0) order.push(...pool.splice(random.nextBelow(pool.length), 1));
  return order;
}

function hashOf({ answers, items }: { answers: readonly EvalAnswer[]; items: readonly CourseItem[] }): string {
  const used = new Set(answers.map(({ item }) => item));
  const rubrics = items.filter(({ item }) => used.has(item.id)).map(({ item, rubricHash }) => [item.id, rubricHash]);
  const rated = [...answers].sort((one, other) => (one.id < other.id ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([rated, rubrics.sort()]))
    .digest('hex');
}
