import type { Content } from '../bank/content.ts';
import type { Judge } from '../judge/judge.ts';
import type { Queue } from '../queue/queue.ts';
import type { Database } from '../store/database.ts';
import type { Log } from '../store/log.ts';
import type { JudgeCard } from './learner-view.ts';
import type { Spending } from './spending.ts';

/** Everything slow, paid, random or outside that a use case needs. Built once in main.ts. */
export type TutorDeps = {
  content: Content;
  database: Database;
  queue: Queue;
  judge: Judge;
  judgeCard: JudgeCard;
  /** What the judge's calls can cost and the limits on that; absent where calls cost nothing. */
  spending?: Spending;
  /** Told on every change of an attempt's status, so that whoever watches it on this process need not wait for the next look. */
  attemptChanges: AttemptChanges;
  now: () => Date;
  newId: () => string;
  /** A number in [0, 1). */
  random: () => number;
  log: Log;
};

/** An in-process signal per attempt. Another process's change is seen at the watcher's next look at the database. */
export type AttemptChanges = {
  announce: (attemptId: string) => void;
  /** Resolves at the next announcement for this attempt, or after `timeoutMs`, or when the signal aborts. Never rejects. */
  next: (attemptId: string, wait: { timeoutMs: number; signal: AbortSignal }) => Promise<void>;
};
