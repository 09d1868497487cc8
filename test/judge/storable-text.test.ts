import { describe, expect, test } from 'vitest';
import { Grade } from '../../src/core/grade.ts';
import { gradeAnswer } from '../../src/judge/grade-answer.ts';
import { redact } from '../../src/judge/openai/redact.ts';
import { storableText } from '../../src/judge/storable-text.ts';
import { judgmentOf, loraTask, scriptedJudge } from '../fixtures/lora.ts';

const answer = 'It trains something small 😀 that is added to the frozen weights, I believe.';
const dirty = 'One\0 half \ud83d of it';
const clean = 'One half \ufffd of it';

async function grade(judgment: Parameters<typeof scriptedJudge>[0]): ReturnType<typeof gradeAnswer> {
  const { judge } = scriptedJudge(judgment);
  return gradeAnswer(loraTask(answer), { judge, tryNumber: 1, signal: AbortSignal.timeout(5000) });
}

describe('words a database can hold', () => {
  test('a text without fault stays as it is, emoji included', () => {
    expect(storableText(answer)).toBe(answer);
  });

  test('NUL goes, half a character becomes the replacement character', () => {
    expect(storableText(dirty)).toBe(clean);
  });

  test('a cut counts characters and halves none', () => {
    expect(storableText('ab😀😀', 3)).toBe('ab😀');
  });

  test('what a judge writes into a grade is cleaned everywhere, and quotes still stand in the answer', async () => {
    const judgment = judgmentOf({
      criteria: {
        'both-factors': { verdict: 'partial', quotes: ['something small 😀 that'], note: `Which\0 of the two? \ud83d` },
        count: { verdict: 'missed', note: 'Why\0 so few?' },
        'why-few': { verdict: 'missed' },
      },
      misconceptions: { 'one-factor': { verdict: 'not-held' } },
      next: 'Which would you count\0 first \udc00, and why?',
    });
    const said = { ...judgment, criteria: judgment.criteria.map((one) => ({ ...one, reasoning: dirty })) };
    const outcome = await grade({ ...said, provenance: { ...said.provenance, model: 'm\0' } });
    const written = JSON.stringify(outcome);
    expect(written).not.toMatch(/\\u0000|\\ud83d|\\udc00/iu);
    const { verdicts, feedback, provenance } = Grade.parse(outcome);
    expect(verdicts.map(({ reasoning }) => reasoning)).toEqual([clean, clean, clean]);
    expect(verdicts[1]).toMatchObject({ note: 'Why so few?', noteFrom: 'judge' });
    expect(feedback.next).toBe('Which would you count first \ufffd, and why?');
    expect(provenance.model).toBe('m');
    const [evidence] = verdicts[0]?.evidence ?? [];
    expect(answer.slice(evidence?.start, evidence?.end)).toBe(evidence?.quote);
  });

  test('a NUL inside a word does not carry it past the guard', async () => {
    const judgment = judgmentOf({
      criteria: {
        'both-factors': { verdict: 'missed', note: 'Is it ti\0ny against the wi\0dth?' },
        count: { verdict: 'missed' },
        'why-few': { verdict: 'missed' },
      },
    });
    expect(Grade.parse(await grade(judgment)).verdicts[0]?.noteFrom).toBe('author');
  });

  test('why there is no judgment is cleaned too', async () => {
    const outcome = await grade({ status: 'ungraded', reason: 'refused', detail: dirty, provenance: null });
    expect(outcome).toMatchObject({ status: 'ungraded', detail: clean });
  });

  test("an endpoint's words are cut between characters", () => {
    const line = redact(`${'a'.repeat(299)}😀😀 \ud83d`, null);
    expect(line).toBe(`${'a'.repeat(299)}😀…`);
  });
});
