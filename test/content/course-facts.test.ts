import { beforeAll, describe, expect, test } from 'vitest';
import { assembleContent, readContentFiles } from '../../src/bank/load-content.ts';
import { findCourseItem, type Content } from '../../src/bank/content.ts';
import { verifyCheck } from '../../src/judge/verify.ts';

/*
 * The figures of the course, worked here from first principles, must pass the checks of its rubrics, in the notations learners use;
 * the common wrong figures must not.
 */

let content: Content;
beforeAll(async () => {
  content = assembleContent(await readContentFiles('.'));
});

/** Whether any checked criterion of the item takes the answer. */
function accepts(itemId: string, answer: string): boolean {
  const found = findCourseItem(content, itemId);
  if (!found) throw new Error(`There is no item ${itemId}.`);
  const checks = found.rubric.criteria.flatMap(({ check }) => (check ? [check] : []));
  expect(checks.length).toBeGreaterThan(0);
  return checks.some((check) => verifyCheck({ check, answer, prompt: found.item.prompt }).passed);
}

const grouped = (value: number): string => value.toLocaleString('en-US');

describe('LoRA on a square matrix, d = 4096, r = 16', () => {
  const [d, r] = [4096, 16];
  const full = d * d;
  const adapter = 2 * d * r;

  test('the full matrix has d squared parameters', () => {
    expect(full).toBe(16_777_216);
    for (const answer of [`${grouped(full)} in full`, 'about 16.78M', '4096^2 numbers'])
      expect(accepts('fri-2a-lora-params', answer)).toBe(true);
  });

  test('the adapter trains both factors: 2 d r', () => {
    expect(adapter).toBe(131_072);
    for (const answer of [`it trains ${grouped(adapter)}`, '131k', '2·4096·16'])
      expect(accepts('fri-2a-lora-params', answer)).toBe(true);
    expect(accepts('fri-2a-lora-params', `it trains ${grouped(d * r)}`)).toBe(false);
  });

  test('that is 0.78 % of the matrix', () => {
    expect((100 * adapter) / full).toBeCloseTo(0.78, 2);
    for (const answer of ['0.78 % of it', 'a fraction of 0.0078'])
      expect(accepts('fri-2a-lora-params', answer)).toBe(true);
    expect(accepts('fri-2a-lora-params', 'that is 0.39 %')).toBe(false);
  });
});

describe('cross-entropy at one position', () => {
  test('-ln 0.2 is 1.61 nats, and the gradient of the right logit is p - 1', () => {
    expect(-Math.log(0.2)).toBeCloseTo(1.609, 3);
    expect(0.2 - 1).toBeCloseTo(-0.8, 9);
    expect(accepts('fri-2a-ce-gradient', 'the loss is 1.61')).toBe(true);
    expect(accepts('fri-2a-ce-gradient', 'the gradient is -0.8')).toBe(true);
  });

  test('at 0.95 both are about a twentieth', () => {
    expect(-Math.log(0.95)).toBeCloseTo(0.051, 3);
    expect(0.95 - 1).toBeCloseTo(-0.05, 9);
    expect(accepts('fri-2a-ce-gradient', 'it falls to about 0.05')).toBe(true);
  });
});

describe('pass@k with 30 right of 100', () => {
  /** Unbiased: 1 - C(n-c, k) / C(n, k), as the product over the k draws (Chen et al. 2021). */
  const passAtK = (n: number, c: number, k: number): number => {
    let miss = 1;
    for (let draw = 0; draw < k; draw += 1) miss *= (n - c - draw) / (n - draw);
    return 1 - miss;
  };

  test('pass@1 is 0.30 and pass@10 is 0.977', () => {
    expect(passAtK(100, 30, 1)).toBeCloseTo(0.3, 9);
    expect(passAtK(100, 30, 10)).toBeCloseTo(0.977, 3);
    expect(1 - 0.7 ** 10).toBeCloseTo(0.972, 3);
    for (const answer of ['pass@10 comes to 0.977', 'pass@10 is 97.7 %'])
      expect(accepts('fri-3-pass-at-k', answer)).toBe(true);
  });
});

describe('GRPO advantages of [1, 1, 0, 0]', () => {
  test('the group mean is 0.5', () => {
    expect((1 + 1 + 0 + 0) / 4).toBe(0.5);
    expect(accepts('fri-2b-grpo-advantage', 'the baseline is 0.5')).toBe(true);
  });
});

describe('a million queries a day', () => {
  test('five cents more a query is 18.25 million dollars a year', () => {
    const difference = (0.08 - 0.03) * 1_000_000 * 365;
    expect(difference).toBeCloseTo(18_250_000, 3);
    for (const answer of ['$18.25M a year', 'about 18.25 million dollars', '18,250,000'])
      expect(accepts('fri-5-gpu-cost', answer)).toBe(true);
    expect(accepts('fri-5-gpu-cost', 'that is 1.825 million a year')).toBe(false);
  });
});
