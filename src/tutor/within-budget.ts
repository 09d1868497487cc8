import type { Judge, Judgment } from '../judge/judge.ts';
import { type Purse, reserveBudget, settleBudget } from '../store/budgets.ts';
import type { TutorDeps } from './deps.ts';
import type { Spending, SpendingLimits } from './spending.ts';

/** Who a call is made for. `addressHash` is null where the answer came without an address. */
export type Payer = { learnerId: string; addressHash: string | null };

/**
 * The judge, held to the deployment's budgets. Before a call the most it can cost is set aside in every purse it is paid from;
 * afterwards what it did cost is spent. Where a purse has not that much left, nobody is asked and the answer stays ungraded
 * with its reason. A judge whose price is not known is not held back: a local model costs nothing.
 */
export function withinBudget(
  args: { judge: Judge; spending: Spending; payer: Payer },
  deps: Pick<TutorDeps, 'database' | 'now' | 'log'>,
): Judge {
  const { judge, spending, payer } = args;
  const purses = pursesOf(spending.limits, payer);
  return async (task, call) => {
    const most = purses.length === 0 ? null : spending.mostMicroUsd(task);
    if (most === null || most === 0) return judge(task, call);
    const day = deps.now().toISOString().slice(0, 10);
    const refused = await reserve({ purses, day, microUsd: most }, deps);
    if (refused !== null) {
      deps.log.warn(
        { purse: refused.scope, limitMicroUsd: refused.limitMicroUsd },
        'an answer was not graded: over budget',
      );
      return overBudget(refused);
    }
    let spent = most;
    try {
      const judgment = await judge(task, call);
      spent = costOf(judgment, most);
      return judgment;
    } finally {
      const scopes = purses.map(({ scope }) => scope);
      await deps.database.transaction((tx) =>
        settleBudget(tx, { scopes, day, reservedMicroUsd: most, spentMicroUsd: spent }),
      );
    }
  };
}

function pursesOf({ dayMicroUsd, learnerMicroUsd, addressMicroUsd }: SpendingLimits, payer: Payer): Purse[] {
  const purse = (scope: string, limitMicroUsd: number | null): Purse[] =>
    limitMicroUsd === null ? [] : [{ scope, limitMicroUsd }];
  return [
    ...purse('all', dayMicroUsd),
    ...purse(`learner:${payer.learnerId}`, learnerMicroUsd),
    ...(payer.addressHash === null ? [] : purse(`address:${payer.addressHash}`, addressMicroUsd)),
  ];
}

class Refused extends Error {
  readonly purse: Purse;

  constructor(purse: Purse) {
    super(`The purse ${purse.scope} is empty.`);
    this.purse = purse;
  }
}

async function reserve(
  args: { purses: readonly Purse[]; day: string; microUsd: number },
  deps: Pick<TutorDeps, 'database'>,
): Promise<Purse | null> {
  try {
    await deps.database.transaction(async (tx) => {
      const reserved = await reserveBudget(tx, args);
      // Thrown, so that what was set aside in the purses before goes back.
      if (reserved.status === 'refused') throw new Refused(reserved.purse);
    });
    return null;
  } catch (error) {
    if (error instanceof Refused) return error.purse;
    throw error;
  }
}

/** What came back from a cache cost nothing; what cannot be told is counted as the most it can have cost. */
function costOf(judgment: Judgment, most: number): number {
  const { provenance } = judgment;
  if (provenance?.replayed === true) return 0;
  if (provenance === null) return judgment.status === 'ungraded' ? 0 : most;
  // An endpoint that failed before it wrote anything reports no tokens and bills none.
  if (provenance.costMicroUsd === null)
    return judgment.status === 'ungraded' && provenance.tokensIn === null ? 0 : most;
  return provenance.costMicroUsd;
}

function overBudget({ scope, limitMicroUsd }: Purse): Judgment {
  const usd = (limitMicroUsd / 1e6).toFixed(2);
  const [kind = scope] = scope.split(':');
  const whose = { all: 'of this server', learner: 'of this learner', address: 'of this address' }[kind] ?? `of ${kind}`;
  const detail = `The budget ${whose} for today, $${usd}, does not cover another grading. Raise it (VIVA_BUDGET_…), or grade the answer again tomorrow (UTC); it is kept.`;
  return { status: 'ungraded', reason: 'over-budget', detail, provenance: null };
}
