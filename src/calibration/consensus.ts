import type { RaterKind, Rating } from '../core/eval-set.ts';
import { groupBy } from './group-by.ts';

export type RatedVerdict = Rating['verdicts'][string];

/** What the raters of one answer agree on. A tie or a missing rating is said, not settled. */
export type Consensus = {
  /** Whose ratings count here. */
  basis: RaterKind;
  raters: number;
  verdicts: Map<string, RatedVerdict | 'tied' | 'unrated'>;
  misconceptions: Map<string, 'held' | 'not-held' | 'tied'>;
};

/** People outrank the author of the answers, and the author outranks models: kinds are never put to one vote. */
const raterRank = ['human', 'author', 'model'] as const satisfies readonly RaterKind[];

/** The ratings that count: those of the highest kind that rated this answer at all. */
export function countingRatings(ratings: readonly Rating[]): { basis: RaterKind; ratings: Rating[] } {
  for (const basis of raterRank) {
    const ofKind = ratings.filter((rating) => rating.raterKind === basis);
    if (ofKind.length > 0) return { basis, ratings: ofKind };
  }
  return { basis: 'author', ratings: [] };
}

/**
 * The verdict most of the counting raters gave, for each criterion and misconception. With one rater it is that rating.
 * Two verdicts with equally many votes are `tied`, a criterion nobody rated is `unrated`; both are left out of every figure and counted.
 */
export function consensusOf(args: {
  ratings: readonly Rating[];
  criteria: readonly string[];
  misconceptions: readonly string[];
}): Consensus {
  const { basis, ratings } = countingRatings(args.ratings);
  const verdicts = args.criteria.map((criterion) => {
    const votes = ratings.map((rating) => rating.verdicts[criterion]).filter((verdict) => verdict !== undefined);
    return [criterion, mostVotes(votes) ?? (votes.length === 0 ? 'unrated' : 'tied')] as const;
  });
  const misconceptions = args.misconceptions.map((id) => {
    const votes = ratings.map((rating) => (rating.misconceptions.includes(id) ? 'held' : 'not-held'));
    return [id, mostVotes(votes) ?? 'tied'] as const;
  });
  return { basis, raters: ratings.length, verdicts: new Map(verdicts), misconceptions: new Map(misconceptions) };
}

function mostVotes<Vote>(votes: readonly Vote[]): Vote | undefined {
  const [first, second] = [...groupBy(votes, (vote) => vote)].sort((one, other) => other[1].length - one[1].length);
  if (first === undefined || first[1].length === second?.[1].length) return undefined;
  return first[0];
}
