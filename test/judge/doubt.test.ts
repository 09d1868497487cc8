import { describe, expect, test } from 'vitest';
import type { Grade } from '../../src/core/grade.ts';
import { gradeAnswer } from '../../src/judge/grade-answer.ts';
import { judgmentOf, loraTask, scriptedJudge } from '../fixtures/lora.ts';

const answer =
  'Both low-rank factors are trained, and 2 x 4096 x 16 = 131,072 parameters. The rank is tiny beside the width.';

async function gradeAt(args: { threshold: number | null; text?: string; sure?: number }): Promise<Grade> {
  const { judge } = scriptedJudge(
    judgmentOf({
      criteria: {
        'both-factors': {
          verdict: 'met',
          quotes: ['Both low-rank factors are trained'],
          confidence: 0.6,
          note: 'Well said.',
        },
        count: { verdict: 'met', quotes: ['131,072 parameters'], confidence: 0.9 },
        'why-few': { verdict: 'missed', confidence: args.sure ?? 0.5 },
      },
      misconceptions: { 'one-factor': { verdict: 'not-held' } },
    }),
  );
  const thresholds = args.threshold === null ? null : { verdict: args.threshold };
  const outcome = await gradeAnswer(loraTask(args.text ?? answer), {
    judge,
    tryNumber: 1,
    signal: AbortSignal.timeout(5000),
    thresholds,
  });
  if (outcome.status === 'returned' || outcome.status === 'ungraded') throw new Error(outcome.status);
  return outcome;
}

const verdictsOf = (grade: Grade): unknown => grade.verdicts.map(({ verdict, barred }) => [verdict, barred]);

describe('a published threshold', () => {
  test('leaves verdicts below it to a person: they earn nothing yet, and the grade is a range', async () => {
    const grade = await gradeAt({ threshold: 0.7 });
    expect(verdictsOf(grade)).toEqual([
      ['unsure', 'confidence'],
      ['met', null],
      ['unsure', 'confidence'],
    ]);
    expect(grade.status).toBe('provisional');
    expect(grade.points).toEqual({ low: 3000, high: 6000, max: 6000 });
    expect(grade.verdicts[0]).toMatchObject({ points: 0, evidence: [{ quote: 'Both low-rank factors are trained' }] });
  });

  test('keeps back the praise that went with a verdict that does not stand', async () => {
    expect((await gradeAt({ threshold: null })).verdicts[0]?.note).toBe('Well said.');
    expect((await gradeAt({ threshold: 0.7 })).verdicts[0]?.note).not.toBe('Well said.');
  });

  test('lets a verdict exactly as sure as asked stand, and changes nothing without one', async () => {
    const whole = await gradeAt({ threshold: null });
    expect(verdictsOf(whole)).toEqual([
      ['met', null],
      ['met', null],
      ['missed', null],
    ]);
    expect(await gradeAt({ threshold: 0.5 })).toEqual(whole);
    expect(await gradeAt({ threshold: 0 })).toEqual(whole);
  });

  test('does not open again what code decided: a failed check is no matter of confidence', async () => {
    const grade = await gradeAt({
      threshold: 1,
      text: 'Both low-rank factors are trained, I would say, and nothing more.',
    });
    expect(grade.verdicts[1]).toMatchObject({ verdict: 'missed', barred: 'check' });
  });
});
