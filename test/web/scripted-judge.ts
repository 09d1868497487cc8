import type { Judge, Judgment } from '../../src/judge/judge.ts';
import { judgmentOf } from '../fixtures/lora.ts';

/** What the judge of these tests says of the demo items: one part met with a quote, the wrong turn held, the rest missing. */
export const someMet = judgmentOf({
  criteria: {
    'both-factors': { verdict: 'met', quotes: ['Both factors are trained'] },
    count: { verdict: 'missed' },
    'why-few': { verdict: 'missed' },
  },
  misconceptions: { 'one-factor': { verdict: 'held', quotes: ['only one matrix counts'] } },
});

export const choiceMet = judgmentOf({
  criteria: { 'limits-drift': { verdict: 'met', quotes: ['limits the drift'] } },
  misconceptions: { 'longer-helps': { verdict: 'not-held' } },
});

export const unreachable: Judgment = {
  status: 'ungraded',
  reason: 'unreachable',
  detail: 'Nobody answers at this address.',
  provenance: null,
};

export const answerText = 'Both factors are trained, but only one matrix counts <b>twice</b>.';
export const whyText = 'It limits the drift from the reference.';

/** A judge that says what `next` holds for free-response items, and waits for `gate` first. */
export function scriptJudge(): { judge: Judge; script: { next: Judgment; gate: Promise<void> } } {
  const script: { next: Judgment; gate: Promise<void> } = { next: someMet, gate: Promise.resolve() };
  const judge: Judge = async (task) => {
    await script.gate;
    return task.item.kind === 'choice' ? choiceMet : script.next;
  };
  return { judge, script };
}
