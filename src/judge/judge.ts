import type { Provenance, UngradedReason } from '../core/grade.ts';
import type { Item } from '../core/item.ts';
import type { Rubric } from '../core/rubric.ts';
import type { CriterionVerdict, MisconceptionVerdict } from '../core/verdict.ts';

/** One answer to judge, with everything trusted that a judge may read. */
export type JudgeTask = {
  item: Item;
  rubric: Rubric;
  /** SHA-256 over all of the item and rubric that a judge reads; points are left out, so changing them re-scores without a call. */
  rubricHash: string;
  /** Untouched, as the learner wrote it. For a choice item it is the *why*. */
  answer: string;
  /** The picked option of a choice item, counted from 1. */
  option: number | null;
  /** 0 in the tutor; 1…N in repeat runs and panels, so that each is a request of its own. */
  replica: number;
};

/** What a judge says of one criterion, before code has checked any of it. */
export type CriterionFinding = {
  criterion: string;
  verdict: CriterionVerdict;
  quotes: string[];
  reasoning: string;
  /** 0–1 */
  confidence: number;
  /** Learner-facing; empty where the judge has nothing of its own to say and the authored hint serves. */
  note: string;
  /** Who decided, where it was not the judge of the provenance alone. */
  decidedBy?: string;
};

export type MisconceptionFinding = {
  misconception: string;
  verdict: MisconceptionVerdict;
  quotes: string[];
  confidence: number;
  decidedBy?: string;
};

/** A wrong claim that fits none of the misconceptions: kept for the instructor, never forced into one. */
export type UnclassifiedError = { quote: string; why: string };

/** Every criterion and misconception of the rubric exactly once, or the reason why there is no judgment. */
export type Judgment =
  | {
      status: 'judged';
      criteria: CriterionFinding[];
      misconceptions: MisconceptionFinding[];
      errors?: UnclassifiedError[];
      /** One next step phrased as a question; empty where the judge has none. */
      next: string;
      provenance: Provenance;
    }
  | { status: 'ungraded'; reason: UngradedReason; detail: string; provenance: Provenance | null };

/** Whatever turns an answer into verdicts. Never throws for what a provider does; a broken world throws VivaError. */
export type Judge = (task: JudgeTask, call: { signal: AbortSignal }) => Promise<Judgment>;

/** A judge whose requests have names and prices before they are made: what cache, recording, panel and budget need to know. */
export type AskedJudge = {
  judge: Judge;
  /** Names the request that `task` makes; requests of one name have one reply. */
  requestKeyOf: (task: JudgeTask) => string;
  /** The most that judging `task` can cost, retries and repair included, in micro-dollars; null where the price is not known. */
  mostMicroUsd: (task: JudgeTask) => number | null;
};
