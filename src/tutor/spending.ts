import type { JudgeTask } from '../judge/judge.ts';

/** What grading may cost on one UTC day, in micro-dollars; null where there is no limit. */
export type SpendingLimits = {
  dayMicroUsd: number | null;
  learnerMicroUsd: number | null;
  addressMicroUsd: number | null;
};

/** What a call can cost, and the limits it is held to. */
export type Spending = {
  mostMicroUsd: (task: JudgeTask) => number | null;
  limits: SpendingLimits;
  /** Stands for an address without telling it; the same for the same address. */
  hashAddress: (address: string) => string;
};
