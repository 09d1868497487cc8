import { describe, expect, test } from 'vitest';
import { type DoctorReport, printDoctor } from '../../src/cli/doctor-command.ts';
import type { Outcome } from '../../src/core/grade.ts';
import { gradeOf } from '../store/samples.ts';
import { keepStreams } from '../../src/cli/streams.ts';

const setup: DoctorReport['setup'] = {
  judge: 'openai',
  model: 'gpt-x',
  endpoint: 'http://127.0.0.1:11434/v1',
  key: 'not set',
  price: null,
  pricesDate: '2026-03-21',
  budgets: [{ name: 'a day', usd: null }],
};
const findings: DoctorReport['findings'] = {
  replyFormat: 'json-schema',
  temperature: 'settable',
  lengthLimit: 'max_tokens',
  reasoningEffort: 'fixed',
  cacheKey: 'none',
};

function examine(changes: Partial<DoctorReport>): { code: number; out: string } {
  const { streams, printed } = keepStreams(200);
  const code = printDoctor({ report: { setup, checks: [], findings, ...changes }, json: false, streams });
  return { code, out: printed.out };
}

const check = (expected: 'met' | 'missed', outcome: Outcome) => ({ item: 'lora', answer: 'x', expected, outcome });

describe('viva doctor', () => {
  test('says that a judge grades which tells a right answer from an empty one', () => {
    const most = gradeOf(0).points.max;
    const { code, out } = examine({ checks: [check('met', gradeOf(most)), check('missed', gradeOf(0))] });
    expect(code).toBe(0);
    expect(out).toContain('This judge can grade.');
    expect(out).toContain('held to a strict JSON Schema');
  });

  test('does not pass a judge that gives an empty answer its points, whatever else works', () => {
    const most = gradeOf(0).points.max;
    const { code, out } = examine({ checks: [check('met', gradeOf(most)), check('missed', gradeOf(most))] });
    expect(code).toBe(3);
    expect(out).toContain('cannot tell these two apart');
  });

  test('passes on why nothing could be graded, and what to do', () => {
    const detail = 'The endpoint did not accept the key (401). Set a valid key for this base URL.';
    const outcome: Outcome = { status: 'ungraded', reason: 'unauthorized', detail, provenance: null };
    const { code, out } = examine({ checks: [check('met', outcome)], findings: null });
    expect(code).toBe(3);
    expect(out).toContain(detail);
    expect(out).toContain('This judge cannot grade as things stand.');
  });

  test('warns where there is no JSON mode, no settable temperature, no price and no budget', () => {
    const { out } = examine({ findings: { ...findings, replyFormat: 'plain', temperature: 'fixed' } });
    for (const words of [
      'no JSON mode',
      'Temperature cannot be set',
      'No price is known for gpt-x',
      'No budget is set',
    ])
      expect(out).toContain(words);
  });
});
