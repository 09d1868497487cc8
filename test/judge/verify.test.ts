import { describe, expect, test } from 'vitest';
import type { Check } from '../../src/core/rubric.ts';
import { verifyCheck } from '../../src/judge/verify.ts';

const loraPrompt = 'A square weight matrix has d = 4096. You attach LoRA with r=16. How many parameters train?';
const parameters: Check = { accept: [131072, '131k'], unit: 'parameters' };

function passes(check: Check, answer: string, prompt = loraPrompt): boolean {
  return verifyCheck({ check, answer, prompt }).passed;
}

describe('a stated value passes', () => {
  test.each([
    'It trains 131,072 parameters.',
    'It trains 131072.',
    'It trains 131 072.',
    '2·4096·16 = 131 072',
    'about 131k in all',
    '~131K',
    'that makes 0.131M numbers',
    '2·4096·16 parameters',
    '2 x 4096 x 16 = 131k',
    '2 * 4096 * 16 is about 131 thousand',
    '2 * 4096 * 16 = 131,072',
    'd·r is 65,536, times two: 65,536 x 2',
    '2^17 of them',
    '65,536 per matrix, so 131,072 in all',
    'Not 65,536 but 131,072.',
    'A common mistake is 65,536, but the count is 131,072.',
    'One factor holds 65,536; both hold 131,072.',
    'It is 131,072 or about 131k.',
    'With d=4096, r=16, 131,072 parameters train.',
    '131,072/16,777,216 = 0.78%',
    'not only 65,536 but 131,072',
    'one hundred thirty-one thousand seventy-two',
    '$2 \\times 4096 \\times 16$',
    'The full matrix has 16.78M and the adapter 131,072.',
    'We do not train the base; 131,072 are trained.',
  ])('%s', (answer) => {
    expect(passes(parameters, answer)).toBe(true);
  });
});

describe('a value that is missing, off, denied or hedged does not pass', () => {
  test.each([
    '2 x 4096 x 16 = 65,536',
    '2·4096·16 gives about 65k',
    'It trains 65,536 parameters.',
    'It trains 130k.',
    'about 100 thousand',
    'not 131k',
    "It isn't 131,072.",
    'It is never 131,072, I think 65,536.',
    'It is 65,536 or 131,072.',
    'either 131,072 or 262,144',
    '65,536, 131,072, 262,144',
    '65536/131072/262144',
    'somewhere between 65,536 and 131,072',
    'It is 65,536. It is 131,072. It is 262,144.',
    '- 65,536\n- 131,072',
    '65,536 rather than 131,072',
    '131,072 is wrong.',
    'A common mistake is to report 131,072.',
    'Some people would say 131,072.',
    'Could be 131,072, maybe 65,536.',
    'R131072',
    'no number at all',
    '',
  ])('%s', (answer) => {
    expect(passes(parameters, answer)).toBe(false);
  });
});

test('a number the prompt gives away earns nothing', () => {
  expect(passes({ accept: [4096] }, 'The answer is 4096.')).toBe(false);
  expect(passes({ accept: [4096] }, 'The answer is 4096.', 'How wide is the layer?')).toBe(true);
});

describe('percent and fraction notations agree', () => {
  const share: Check = { accept: ['0.78%'] };
  test.each([
    '0.78 %',
    '0.78%',
    '0.0078',
    '.78 percent',
    '0.78 per cent',
    'about 0.781%',
    '131072/16777216',
    '0.78\\%',
  ])('%s', (answer) => {
    expect(passes(share, answer)).toBe(true);
  });
  test.each(['0.39%', '0.78', '78%', '0.8%', '7.8%', '0.0039'])('%s does not', (answer) => {
    expect(passes(share, answer)).toBe(false);
  });
  test('a unit of percent makes a bare accepted number a percentage', () => {
    expect(passes({ accept: [0.78], unit: 'percent' }, '0.78 %')).toBe(true);
    expect(passes({ accept: [0.78], unit: 'percent' }, '0.78')).toBe(false);
  });
});

describe('rounding decides where no tolerance is given', () => {
  test.each<[number | string, string, boolean]>([
    [1.609, '1.61', true],
    [1.609, '1.6', true],
    [1.609, '2', false],
    [1.609, '1.62', false],
    [0.977, '0.98', true],
    [0.977, '0.977', true],
    [0.977, '97.7 %', true],
    [0.977, '0.97', false],
    [4, 'four', true],
    [4, '4.3', false],
    [18_250_000, '$18M', true],
    [18_250_000, '$18.25 million', true],
    [18_250_000, '$20M', false],
    [-0.8, '−0.8', true],
    [-0.8, '0.8', false],
    [0.5, 'half', true],
    ['2e-5', '0.00002', true],
    ['600k', '600,000', true],
  ])('%s accepts "%s": %s', (accepted, answer, expected) => {
    expect(passes({ accept: [accepted] }, answer, '')).toBe(expected);
  });
});

describe('a tolerance widens or narrows it', () => {
  test.each<[Check['tolerance'], string, boolean]>([
    ['5%', '98', true],
    ['5%', '94', false],
    [3, '97', true],
    [3, '96.5', false],
    [0, '100', true],
    [0, '100.3', false],
  ])('%s of 100 and "%s": %s', (tolerance, answer, expected) => {
    expect(passes({ accept: [100], ...(tolerance === undefined ? {} : { tolerance }) }, answer, '')).toBe(expected);
  });
  test('a plain tolerance of a percentage is in percent', () => {
    expect(passes({ accept: ['10%'], tolerance: 2 }, '11.5%', '')).toBe(true);
    expect(passes({ accept: ['10%'], tolerance: 2 }, '13%', '')).toBe(false);
  });
});

test('several accepted values of one answer are no rivals of each other', () => {
  expect(passes({ accept: [0.5, -0.5] }, 'The advantages are +0.5, +0.5, −0.5, −0.5.', '')).toBe(true);
});

test('the matched place is quoted verbatim', () => {
  const answer = 'So, all told: 131,072 parameters.';
  const { matched } = verifyCheck({ check: parameters, answer, prompt: loraPrompt });
  expect(matched).toEqual({ start: 14, end: 21, quote: '131,072' });
});

test('the reason of a failure names what went wrong', () => {
  expect(verifyCheck({ check: parameters, answer: 'not 131k', prompt: '' }).why).toContain('negated');
  expect(verifyCheck({ check: parameters, answer: '65,536 or 131,072', prompt: '' }).why).toContain('another value');
  expect(verifyCheck({ check: parameters, answer: 'many', prompt: '' }).why).toContain('131k');
});

test('an accepted value without a number is a fault of the content', () => {
  expect(() => passes({ accept: ['lots'] }, 'lots')).toThrow(/holds no number/u);
});

describe('figures of one working', () => {
  const loss: Check = { accept: [1.61] };
  const gradient: Check = { accept: [-0.8, 0.8] };
  const confident: Check = { accept: [0.05], tolerance: 0.002 };
  const finds = (check: Check, answer: string): boolean =>
    verifyCheck({
      check,
      answer,
      prompt: 'p = 0.2',
      others: [loss, gradient, confident].filter((other) => other !== check),
    }).passed;

  test.each(['1.61, -0.8', '1.61 vs 0.05', 'loss 1.61; gradient -0.8', 'I get -0.8 and 1.61'])(
    'do not rival one another: %s',
    (answer) => {
      if (answer.includes('1.61')) expect(finds(loss, answer)).toBe(true);
      if (answer.includes('0.8')) expect(finds(gradient, answer)).toBe(true);
    },
  );

  test('a value that answers nothing still does', () => {
    expect(finds(loss, 'it is 1.61 or 2.32')).toBe(false);
    expect(finds(loss, '1.61, 2.32')).toBe(false);
  });
});
