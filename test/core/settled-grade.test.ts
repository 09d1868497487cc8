import { describe, expect, test } from 'vitest';
import type { Grade } from '../../src/core/grade.ts';
import { settleGrade, type SettledVerdict } from '../../src/core/settled-grade.ts';
import { loraItem, loraRubric } from '../fixtures/lora.ts';

/*
 * The rubric: both-factors 2 points (half-way 1), count 3 points (no half-way), why-few 1 point (half-way 0.25); one-factor caps
 * the grade at 3.
 */
type Verdicts = [both: CriterionVerdict, count: CriterionVerdict, why: CriterionVerdict];
type CriterionVerdict = Grade['verdicts'][number]['verdict'];

function judged(verdicts: Verdicts, oneFactor: 'held' | 'not-held' | 'unsure', points: Grade['points']): Grade {
  const [both, count, why] = verdicts;
  const entry = (criterion: string, verdict: CriterionVerdict, max: number): Grade['verdicts'][number] => ({
    criterion,
    verdict,
    points: verdict === 'met' ? max : 0,
    max,
    evidence: [],
    confidence: 0.5,
    note: 'A hint.',
    noteFrom: 'author',
    reasoning: 'because',
    barred: null,
  });
  return {
    status: points.low === points.high ? 'graded' : 'provisional',
    points,
    option: null,
    verdicts: [entry('both-factors', both, 2000), entry('count', count, 3000), entry('why-few', why, 1000)],
    misconceptions: [{ id: 'one-factor', verdict: oneFactor, evidence: [], confidence: 0.5 }],
    feedback: { summary: 'So it stands.', next: 'Why?' },
    provenance: {
      judge: 'scripted',
      model: 'scripted',
      promptVersion: '1',
      rubricHash: 'hash',
      requestKey: 'key',
      tokensIn: null,
      tokensOut: null,
      costMicroUsd: null,
      latencyMs: 1,
    },
  };
}

function settle(grade: Grade, ...settled: SettledVerdict[]): Grade {
  return settleGrade({ item: loraItem, rubric: loraRubric, grade, settled });
}

const unsureCount = judged(['met', 'unsure', 'missed'], 'not-held', { low: 2000, high: 5000, max: 6000 });

describe("a person's verdict", () => {
  test.each([
    ['met', { low: 5000, high: 5000 }],
    ['missed', { low: 2000, high: 2000 }],
  ] as const)('%s in the place of an unsure one ends the range', (verdict, points) => {
    const settled = settle(unsureCount, { kind: 'criterion', target: 'count', verdict });
    expect(settled).toMatchObject({ status: 'graded', points: { ...points, max: 6000 } });
    expect(settled.verdicts[1]).toMatchObject({ verdict, points: points.low - 2000 });
  });

  test('half-way earns what the rubric says of half-way', () => {
    const grade = judged(['met', 'met', 'missed'], 'not-held', { low: 5000, high: 5000, max: 6000 });
    expect(settle(grade, { kind: 'criterion', target: 'why-few', verdict: 'partial' }).points.low).toBe(5250);
  });

  test('on a wrong turn puts its cap on, or takes it off', () => {
    const free = judged(['met', 'met', 'met'], 'not-held', { low: 6000, high: 6000, max: 6000 });
    expect(settle(free, { kind: 'misconception', target: 'one-factor', verdict: 'held' }).points).toMatchObject({
      low: 3000,
      high: 3000,
    });
    const capped = judged(['met', 'met', 'met'], 'held', { low: 3000, high: 3000, max: 6000 });
    expect(settle(capped, { kind: 'misconception', target: 'one-factor', verdict: 'not-held' }).points.low).toBe(6000);
  });

  test('leaves the grade open while another verdict is unsure', () => {
    const grade = judged(['unsure', 'unsure', 'missed'], 'not-held', { low: 0, high: 5000, max: 6000 });
    expect(settle(grade, { kind: 'criterion', target: 'count', verdict: 'met' })).toMatchObject({
      status: 'provisional',
      points: { low: 3000, high: 5000 },
    });
  });

  test('on what the rubric or the grade does not have changes nothing', () => {
    expect(settle(unsureCount)).toBe(unsureCount);
    expect(settle(unsureCount, { kind: 'criterion', target: 'gone', verdict: 'met' })).toEqual(unsureCount);
  });

  test("leaves the judge's evidence, notes and provenance as they were", () => {
    const { verdicts, feedback, provenance } = settle(unsureCount, {
      kind: 'criterion',
      target: 'count',
      verdict: 'met',
    });
    expect(verdicts[1]).toMatchObject({ note: 'A hint.', confidence: 0.5 });
    expect({ feedback, provenance }).toEqual({ feedback: unsureCount.feedback, provenance: unsureCount.provenance });
  });
});
