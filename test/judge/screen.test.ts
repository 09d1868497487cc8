import { describe, expect, test } from 'vitest';
import { screenAnswer } from '../../src/judge/screen.ts';
import { loraItem } from '../fixtures/lora.ts';

const { prompt, reference } = loraItem;
const screened = (answer: string): string => screenAnswer({ item: loraItem, answer })?.reason ?? 'goes on';

describe('what goes back unjudged', () => {
  test.each([
    ['question and reference pasted together', `${prompt}\n\n${reference}`, 'copies-reference'],
    ['reference and question pasted together', `${reference} ${prompt}`, 'copies-reference'],
    ['both, with two words between', `${prompt} I think ${reference}`, 'copies-reference'],
    ['the question twice with a scrap of reference', `${prompt} ${prompt} one of shape d by r`, 'repeats-prompt'],
    [
      'half of the reference and two words',
      'Two low-rank factors are trained, one of shape d by r and so on',
      'copies-reference',
    ],
    ['reference and a number', `${reference} 42`, 'copies-reference'],
  ])('%s', (_name, answer, reason) => {
    expect(screened(answer)).toBe(reason);
  });

  test.each([
    ['the question and an answer of one’s own', `${prompt} It trains both thin matrices, that is 131,072 weights.`],
    ['the question and the one number', `${prompt} 131,072`],
    ['a common turn inside a short sentence', 'I say two low-rank factors are trained'],
    ['a terse answer', '131,072'],
  ])('%s goes on to the judge', (_name, answer) => {
    expect(screened(answer)).toBe('goes on');
  });
});
