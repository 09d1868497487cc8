import { describe, expect, test } from 'vitest';
import type { Grade, Outcome } from '../../src/core/grade.ts';
import { gradeAnswer } from '../../src/judge/grade-answer.ts';
import { printGrade } from '../../src/cli/grade-command.ts';
import type { GradeTextOutcome } from '../../src/tutor/grade-text.ts';
import { judgmentOf, loraTask, scriptedJudge } from '../fixtures/lora.ts';
import { keepStreams } from '../../src/cli/streams.ts';

const answer = 'Both factors \u001b[31mare trained\u001b[0m, and that makes 131,072.';

async function gradeOf(): Promise<Outcome> {
  const judgment = judgmentOf({
    criteria: {
      'both-factors': { verdict: 'met', quotes: ['Both factors \u001b[31mare trained'] },
      count: { verdict: 'unsure', quotes: [] },
      'why-few': { verdict: 'missed' },
    },
    misconceptions: { 'one-factor': { verdict: 'not-held' } },
  });
  return gradeAnswer(loraTask(answer), {
    judge: scriptedJudge(judgment).judge,
    tryNumber: 1,
    signal: AbortSignal.timeout(5000),
  });
}

function print(graded: GradeTextOutcome, json: boolean, why = false): { code: number; out: string; err: string } {
  const { streams, printed } = keepStreams(80);
  const code = printGrade({ item: 'lora-count', graded, json, why, streams });
  return { code, ...printed };
}

describe('viva grade', () => {
  test('--json gives points in plain decimals, verdicts by criterion and full provenance', async () => {
    const { code, out } = print({ status: 'done', outcome: await gradeOf() }, true);
    const parsed = JSON.parse(out) as Grade & { item: string };
    expect(code).toBe(0);
    expect(parsed).toMatchObject({ status: 'provisional', item: 'lora-count', points: { low: 2, high: 5, max: 6 } });
    expect(parsed.verdicts[0]).toMatchObject({ criterion: 'both-factors', verdict: 'met', points: 2, max: 2 });
    expect(Object.keys(parsed.provenance).sort()).toEqual(
      [
        'costMicroUsd',
        'judge',
        'latencyMs',
        'model',
        'promptVersion',
        'requestKey',
        'rubricHash',
        'tokensIn',
        'tokensOut',
      ].sort(),
    );
  });

  test('as text it shows points, verdicts, quotes and hints, and no escape sequence of the answer', async () => {
    const { out } = print({ status: 'done', outcome: await gradeOf() }, false);
    expect(out).toContain('2 to 5 of 6 points (provisional)');
    expect(out).toContain('Compare the two dimensions.');
    expect(out).not.toContain('\u001b');
  });

  test('--why adds what the judge went by, what a check barred and the wrong turns not taken', async () => {
    const judgment = judgmentOf({
      criteria: {
        'both-factors': { verdict: 'met', quotes: ['Both factors are trained'] },
        count: { verdict: 'met', quotes: ['that makes 65,536'] },
        'why-few': { verdict: 'partial', quotes: ['words that nobody wrote'] },
      },
      misconceptions: { 'one-factor': { verdict: 'unsure', quotes: ['that makes 65,536'] } },
    });
    const task = loraTask('Both factors are trained, and that makes 65,536.');
    const outcome = await gradeAnswer(task, {
      judge: scriptedJudge(judgment).judge,
      tryNumber: 1,
      signal: AbortSignal.timeout(5000),
    });
    const { out } = print({ status: 'done', outcome }, false, true);
    expect(out.match(/why: because/g)).toHaveLength(3);
    expect(out.match(/barred: .*/g)).toEqual([
      expect.stringContaining('the number was not found, or stands beside') as string,
      expect.stringContaining('no quote of the judge stands in the answer') as string,
    ]);
    expect(out).toMatch(/\? perhaps a common wrong turn: one-factor\n {4}“that makes 65,536/);
    expect(print({ status: 'done', outcome }, false).out).not.toMatch(/why: |barred: |perhaps/);
  });

  test('ungraded exits with 3 and says why', () => {
    const outcome: Outcome = {
      status: 'ungraded',
      reason: 'unauthorized',
      detail: 'The key is refused: set OPENAI_API_KEY.',
      provenance: null,
    };
    expect(print({ status: 'done', outcome }, false)).toMatchObject({
      code: 3,
      out: 'Ungraded (unauthorized): The key is refused: set OPENAI_API_KEY.\n',
    });
    expect(JSON.parse(print({ status: 'done', outcome }, true).out)).toMatchObject({
      status: 'ungraded',
      reason: 'unauthorized',
      item: 'lora-count',
    });
  });

  test('a wrong option exits with 2 and says which there are', () => {
    expect(print({ status: 'invalid', message: 'Pick one of the options 1 to 4.' }, false)).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringContaining('options 1 to 4') as string,
    });
  });

  test('a grade stopped by Ctrl-C exits with 130', () => {
    const outcome: Outcome = { status: 'ungraded', reason: 'cancelled', detail: 'Stopped.', provenance: null };
    expect(print({ status: 'done', outcome }, false).code).toBe(130);
  });

  test('an unknown question exits with 2 and names close ones', () => {
    const { code, err } = print({ status: 'not-found', known: ['lora-count-more', 'other'] }, false);
    expect(code).toBe(2);
    expect(err).toContain('lora-count-more');
  });
});
