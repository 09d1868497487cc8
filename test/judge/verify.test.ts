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

test.each([
  ['pass@10 is 1 - 0.7**10, around .97 more or less', true],
  ['1 − (0.7^10), about 0.97', true],
  // One minus something is a way to a value; a list of values joined by dashes is still a list.
  ['0.9 - 0.7^10, around .97', false],
  ['1, 0.97', false],
])('a complement worked out before its value is no second guess: %s', (answer, passed) => {
  const prompt = 'c = 30 of n = 100';
  expect(verifyCheck({ check: { accept: [0.977, 0.972], tolerance: 0.005 }, answer, prompt }).passed).toBe(passed);
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

describe('a list of guesses earns nothing, for any check and in any shape', () => {
  const cases: { name: string; check: Check; hit: string; wrong: readonly [string, string]; prompt: string }[] = [
    { name: 'a count', check: parameters, hit: '131072', wrong: ['65536', '262144'], prompt: loraPrompt },
    {
      name: 'a big count',
      check: { accept: [16777216, '16.78M', '16.8M'], unit: 'parameters' },
      hit: '16777216',
      wrong: ['33600000', '8390000'],
      prompt: loraPrompt,
    },
    {
      name: 'a loss',
      check: { accept: [1.61, 1.609], unit: 'nats' },
      hit: '1.61',
      wrong: ['0.97', '2.32'],
      prompt: 'p = 0.2',
    },
    {
      name: 'a probability',
      check: { accept: [0.977], tolerance: 0.005 },
      hit: '0.977',
      wrong: ['0.75', '0.45'],
      prompt: '',
    },
  ];
  const shapes: readonly (readonly [string, (a: string, b: string, c: string) => string])[] = [
    ['hedged sentences', (a, b, c) => `It could be ${a}. It could also be ${b}. It might be ${c}.`],
    ['letters', (a, b, c) => `(a) ${a} (b) ${b} (c) ${c}`],
    ['bars', (a, b, c) => `${a} | ${b} | ${c}`],
    ['bullets', (a, b, c) => `Values:\n* ${a}\n* ${b}\n* also ${c}`],
    ['one, then the other', (a, b) => `It is ${a}, then ${b}`],
    ['one and the other', (a, b) => `${a} and ${b}`],
    ['could be, could be', (a, b) => `The count could be ${a}, or else it could well come out as ${b}`],
    ['either, either', (a, b) => `either ${a} either ${b}`],
    ['spaces only', (a, b, c) => `${a}  ${b}  ${c}`],
    ['the same words again', (a, b, c) => `I get ${a}, I get ${b}, I get ${c}`],
    ['one as well as the other', (a, b) => `${a} as well as ${b}`],
    ['bold', (a, b, c) => `**${a}** **${b}** **${c}**`],
    ['numbered lines', (a, b, c) => `1. ${a}\n2. ${b}\n3. ${c}`],
  ];
  test.each(cases.flatMap((one) => shapes.map(([shape, write]) => ({ ...one, shape, write }))))(
    '$name: $shape',
    ({ check, hit, wrong: [low, high], prompt, write }) => {
      const orders = [write(hit, low, high), write(low, hit, high), write(high, hit, low)];
      const reasons = orders.map((answer) => verifyCheck({ check, answer, prompt }));
      expect(reasons.map(({ passed }) => passed)).toEqual([false, false, false]);
      for (const { why } of reasons) expect(why).toContain('another value');
    },
  );
});

describe('a figure beside others that are explained, preferred or computed still passes', () => {
  test.each([
    'Either 65,536 or both: so it is 131,072 in all.',
    'A has 65,536, B has as many, therefore 131,072',
    '131,072 (65,536 each)',
    '65,536 + 65,536 = 131,072',
    '65,536 + 65,536 is 131,072',
    'A adds 65,536 and B adds 65,536, that is 131,072.',
    '**131,072** (65,536 per factor)',

    'A rank 8 adapter has 65,536, rank 16 has 131,072, rank 32 has 262,144.',
    'At first 65,536, hence 131,072.',
    'It might look like 65,536 or 262,144, but it is 131,072.',
    '4096*16 = 65,536, 2*65,536 = 131,072',
    '65,536 and 131,072 respectively for one and for both',
    '131,072 trained (4 bytes each, 524,288 bytes)',
  ])('%s', (answer) => {
    expect(passes(parameters, answer)).toBe(true);
  });
  test('a difference told in words is worked out', () => {
    expect(passes({ accept: [50000] }, '80,000 minus 30,000 is 50,000', '')).toBe(true);
  });
  test('another unit is another quantity', () => {
    expect(passes({ accept: [1.61] }, '1.61 nats (2.32 bits)', 'p = 0.2')).toBe(true);
  });
});

describe('an answer built to be slow is checked at once', () => {
  const fill = (unit: string, around: { before?: string; after?: string } = {}): string => {
    const { before = '', after = '' } = around;
    return before + unit.repeat(Math.floor((8000 - before.length - after.length) / unit.length)) + after;
  };
  const half = (unit: string): string => unit.repeat(Math.floor(3980 / unit.length));
  test.each<[string, string]>([
    ['a long sentence and a long list', `${half('a ')}.\n131072 and ${half('7 ')}`],
    ['powers of powers', fill('2^', { before: '131072 or ' })],
    ['sevens', fill('7 ', { after: '131072' })],
    ['short lines', fill('a\n', { before: '131072 and 7\n' })],
    ['separators', fill('131,072,', { before: 'x ' })],
    ['one long word', fill('a', { before: '131072 ', after: ' 7' })],
    ['one long number', fill('1', { before: '131072 ' })],
    ['brackets', fill('(7', { before: '131072 ' })],
    ['links', fill('http://a.b/1/2?x=3&y=4/', { before: '131072 ' })],
    ['quotients', fill('1/2/', { before: '131072 ' })],
    ['alternatives', fill(' or 5', { before: '131072' })],
    ['one value again and again', fill(' or 131072', { before: '5' })],
    ['ranges', fill('between 131072 and 7 ')],
    ['fractions', fill('½ ', { before: '131072 ' })],
    ['spaces', fill(' ', { before: '2^17', after: '7' })],
    ['denials', fill('not 131072 but 7 ')],
  ])('%s', (_name, answer) => {
    const from = performance.now();
    verifyCheck({ check: parameters, answer, prompt: loraPrompt });
    expect(performance.now() - from).toBeLessThan(1000);
  });
  test('a page of figures states none of them', () => {
    const { passed, why } = verifyCheck({
      check: parameters,
      answer: `It is 131072. ${Array.from({ length: 201 }, (_, at) => `Line ${at + 3} says nothing.`).join(' ')}`,
      prompt: '',
    });
    expect({ passed, why }).toEqual({ passed: false, why: 'The answer states more than 200 figures.' });
  });
});

describe('figures of other things are no guesses', () => {
  const answers = [
    'The SEM is 1.5. The pupils use it for one or two hours.',
    'The SEM is 1.5. Take 1.96 of them: 72 plus or minus 2.94 minutes.',
    'Divide 15 by 10: 1.5.',
  ];
  test.each(answers)('%s', (answer) => {
    const check = { accept: [1.5] };
    expect(verifyCheck({ check, answer, prompt: '100 pupils, a deviation of 15' })).toMatchObject({ passed: true });
  });

  test.each([
    'It is 1.5. Or 3 perhaps.',
    'It is 1.5. Maybe the answer is 3.',
    '1.5: 3',
    'Either 1.5 or 3.',
    'It is 1.5. Or you get 3.',
    '1.5 ± 3 ± 4.5',
    '1.5 plus or minus 3',
    'Guess by guess: 1.5. Next, 3. Then, 4.5.',
  ])('but %s', (answer) => {
    expect(verifyCheck({ check: { accept: [1.5] }, answer, prompt: '100 pupils' }).passed).toBe(false);
  });
});
