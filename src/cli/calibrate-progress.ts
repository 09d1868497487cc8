import type { Progress } from '../tutor/grade-calls.ts';
import { dollars } from '../calibration/summary.ts';
import type { Streams } from './streams.ts';

/** A log gets a line each tenth of the way, and each half minute where that takes longer. */
const LOG_STEPS = 10;
const LOG_EVERY_MS = 30_000;
/** A rate over fewer seconds than this jumps about. */
const SHORTEST_RATE_MS = 1_000;

/**
 * Tells how a run goes: done of all, how fast, what it cost so far and how long the rest may take. One line that is redrawn on a screen;
 * whole lines, now and then, in a log. `begun`: gradings stored before this start, which say nothing of the rate.
 */
export function createCalibrationProgress(args: {
  streams: Pick<Streams, 'err' | 'interactive'>;
  now: () => number;
  begun: number;
}): { show: (progress: Progress) => void; end: () => void } {
  const { streams, now, begun } = args;
  const startedAt = now();
  let lastLoggedAt = startedAt;
  let lastStep = 0;
  let drawn = 0;
  return {
    show: (progress) => {
      const line = describeProgress({ progress, begun, elapsedMs: now() - startedAt });
      if (streams.interactive) {
        streams.err(`\r${line.padEnd(drawn)}`);
        drawn = line.length;
        return;
      }
      const step = Math.floor((LOG_STEPS * progress.done) / progress.total);
      if (step <= lastStep && now() - lastLoggedAt < LOG_EVERY_MS) return;
      lastStep = Math.max(step, lastStep);
      lastLoggedAt = now();
      streams.err(`${line}\n`);
    },
    end: () => {
      if (streams.interactive && drawn > 0) streams.err('\n');
    },
  };
}

/** "graded 312 of 670 · 4.1 a second · $0.43 so far · 1 min 27 s left" */
export function describeProgress(args: { progress: Progress; begun: number; elapsedMs: number }): string {
  const { progress, begun, elapsedMs } = args;
  const { done, total, costMicroUsd } = progress;
  const perMs = elapsedMs < SHORTEST_RATE_MS ? 0 : (done - begun) / elapsedMs;
  return [
    `graded ${done} of ${total}`,
    ...(perMs > 0 ? [`${rate(1000 * perMs)} a second`] : []),
    ...(costMicroUsd === 0 ? [] : [costMicroUsd === null ? 'cost unknown' : `${dollars(costMicroUsd)} so far`]),
    ...(perMs > 0 && done < total ? [`${duration((total - done) / perMs)} left`] : []),
  ].join(' · ');
}

/** "8 s", "1 min 27 s", "2 h 5 min". */
export function duration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return seconds % 60 === 0 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

function rate(perSecond: number): string {
  return perSecond >= 10 ? String(Math.round(perSecond)) : perSecond.toFixed(1);
}
