import { describe, expect, test } from 'vitest';
import { explainCues } from '../../../src/judge/embedded/embedded-judge.ts';

async function finds(cue: string, answer: string): Promise<string | undefined> {
  return (await explainCues({ cues: [[cue]], answer }))[0]?.status;
}

describe('a bare list of terms claims nothing', () => {
  test.each([
    'GRPO, PPO, verifier, reward model, human preference, SFT, reward hacking, proxy.',
    'SFT, RLHF, DPO, reward model, verifier, chain of thought, constitution, critic, policy',
  ])('%s', async (answer) => {
    expect(await finds('reward model', answer)).toBe('absent');
  });
});

describe('notes, workings and short lists say something', () => {
  test.each([
    ['0.97', '30/100 = 0.3; 1-0.7^10 ≈ 0.97 assuming independent samples.'],
    ['verif*', 'RL w/ verifiers (math, code) = reasoning skill emerges, no RM'],
    ['gloves', 'goggles, gloves, fume cupboard, lock it, keep inventory and SDS at hand'],
    [
      'critic',
      'Policy (learns), reference (frozen, KL), reward model (scores), critic (expected reward, for advantages).',
    ],
    ['critic', 'policy, reference, reward model, critic'],
    ['0.5', 'Without std: first -0.5, second 0.5, third 0.5, fourth -0.5.'],
  ])('%s in: %s', async (cue, answer) => {
    expect(await finds(cue, answer)).toBe('found');
  });
});
