import { describe, expect, test } from 'vitest';
import { explainCues } from '../../../src/judge/embedded/embedded-judge.ts';

async function finds(phrase: string, answer: string): Promise<string> {
  const [explanation] = await explainCues({ cues: [[phrase]], answer });
  return explanation?.status ?? 'none';
}

describe('the phrase language', () => {
  test.each<[string, string]>([
    ['train', 'It was trained twice.'],
    ['train', 'Training is slow.'],
    ['small*', 'The smaller one wins.'],
    ['0.977', 'Drawing without replacement gives 0.977.'],
    ['score', 'Without any judge it scores the same.'],
    ['rais*', 'Raising it helps.'],
    ['1-C(70,10)', 'It is 1 - C(70, 10) over all.'],
    ['choose', 'The chosen reply wins.'],
    ['reward model', 'a reward or preference model'],
    ['reward model', 'The RM scores it.'],
    ['reinforcement learning', 'Then RL takes over.'],
    ['rl', 'Then reinforcement learning takes over.'],
    ['no|without reward model', 'It works without a reward model.'],
    ['no|without reward model', "It doesn't need to fit any separate reward model."],
    ['verif*', 'a verifiable task'],
    ['pretrain*', 'During pre-training it reads.'],
    ['pretraining', 'During pre training it reads.'],
    ['pre-training', 'During pretraining it reads.'],
    ['fine-tune', 'We finetune it.'],
    ['cross entropy', 'The Cross-entropy falls.'],
    ['sft ... first', 'SFT on the pairs comes first.'],
    ['style & no|without ground truth', 'There is no ground truth in matters of style.'],
    ['131,072', 'It has 131k of them.'],
    ['131,072', 'That is 2^17.'],
    ['0.78%', 'a share of 0.0078'],
    ['0.78 %', 'some 0.78 percent'],
    ['600k', 'about 600,000 samples'],
    ['600k', '~600K samples'],
    ['two matrices', 'There are 2 matrices.'],
    ['step 2', 'In step 2 it stops.'],
    ['2dr', 'It trains 2·d·r numbers.'],
    ['2dr', 'It trains $2 \\cdot d \\cdot r$ numbers.'],
    ['d^2', 'The full update has d² numbers.'],
    ['r_w - r_l', 'It takes r_w − r_l through a sigmoid.'],
    ['β*KL', 'minus beta * KL'],
    ['generalise', 'It generalizes well.'],
    ['demonstration', 'It copies the demonstations.'],
    ['not enough', 'RL alone is not enough.'],
    ['not|n’t need', 'You don’t need labels.'],
    ['rather than reward', 'It uses pairs rather than a reward.'],
    ['nobody scores', 'Here nobody scores anything.'],
  ])('%j is found in %j', async (phrase, answer) => {
    expect(await finds(phrase, answer)).toBe('found');
  });

  test.each<[string, string]>([
    ['reward model', 'a model that somebody gives a reward'],
    ['reward model', 'a reward that is given to the model'],
    ['first sft', 'SFT first.'],
    ['sft ... first', 'SFT it is. First we look.'],
    ['style & truth', 'Style matters. Truth too.'],
    ['verif*', 'a trivial task'],
    ['131,072', 'It has 65,536 of them.'],
    ['65,536', '65,536 × 2 in all'],
    ['2dr', 'It trains 12dr numbers.'],
    ['sample', 'It is simple.'],
    ['symmetric', 'It is asymmetric.'],
    ['sft', 'RL fine-tuning helps.'],
    ['no reward model', 'The reward model helps.'],
  ])('%j is not found in %j', async (phrase, answer) => {
    expect(await finds(phrase, answer)).toBe('absent');
  });

  test.each<[string, string]>([
    ['verifier needed', 'A verifier is not needed.'],
    ['reward model', 'It works without a reward model.'],
    ['reward model', "We don't train a reward model."],
    ['labels', 'It needs no critics, labels, or raters.'],
    ['sampling', 'It reads pairs instead of sampling.'],
    ['alone enough', 'RL alone is hardly enough.'],
    ['beyond', 'SFT cannot go beyond its examples.'],
    ['teach syntax', 'It fails to teach syntax.'],
    ['reward model', 'With a checker that runs every query on the real data it works without\nany reward model.'],
  ])('%j is only denied by %j', async (phrase, answer) => {
    expect(await finds(phrase, answer)).toBe('negated');
  });

  test.each<[string, string]>([
    ['reward model', 'It is not a verifier but a reward model.'],
    ['reward model', 'There is no verifier, so we fit a reward model.'],
    ['stable', 'It is not only cheap and stable.'],
    ['stable', 'No doubt it is stable.'],
    ['simpler', 'It needs no critic and is simpler.'],
    ['sft', 'No, SFT comes first.'],
  ])('a negation ends before %j in %j', async (phrase, answer) => {
    expect(await finds(phrase, answer)).toBe('found');
  });
});

test.each([
  ['', 'empty side'],
  ['a & ', 'empty side'],
  ['... first', 'begins a side with a gap'],
  ['sft ...', 'ends a side with a gap'],
  ['a||b', 'empty alternative'],
  ['*', 'nothing to look for'],
  ['!!', 'nothing to look for'],
])('the phrase %j is refused: %s', async (phrase, what) => {
  await expect(finds(phrase, 'anything')).rejects.toMatchObject({
    code: 'content-invalid',
    message: expect.stringContaining(what) as string,
  });
});

test('bullets and line breaks part sentences, a wrapped line does not', async () => {
  expect(await finds('sft & rl', '- SFT is stable\n- RL explores')).toBe('absent');
  expect(await finds('sft & rl', 'SFT is stable\nRL explores')).toBe('absent');
  const wrapped = 'SFT comes first because it is the stable and the cheap one of these\ntwo, and RL explores.';
  expect(await finds('sft & rl', wrapped)).toBe('found');
});
