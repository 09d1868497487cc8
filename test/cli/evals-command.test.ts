import { describe, expect, test } from 'vitest';
import type { Content } from '../../src/bank/content.ts';
import { printEvals } from '../../src/cli/evals-command.ts';
import type { EvalAnswer, Rating } from '../../src/core/eval-set.ts';
import { demoAnswers, labContent } from '../fixtures/finished-run.ts';

function print(content: Content, json = false): { text: string; code: number } {
  let text = '';
  const code = printEvals({
    content,
    json,
    streams: {
      out: (more) => (text += more),
      err: () => undefined,
      readText: () => Promise.reject(new Error('nothing to read')),
      interactive: false,
      colour: false,
      width: 120,
    },
  });
  return { text, code };
}

function withAnswers(answers: EvalAnswer[]): Content {
  const [first] = labContent.evalSets;
  if (!first) throw new Error('no set');
  return { ...labContent, evalSets: [{ ...first, answers }] };
}

type Verdict = 'met' | 'missed';
const model = (rater: string, verdict: Verdict): Rating => ({
  rater,
  raterKind: 'model',
  verdicts: { 'both-factors': verdict, count: 'missed', 'why-few': 'missed' },
  misconceptions: [],
});

/** Every answer rated by two models: the verdicts of one are `one`, in order, those of the other `other`. */
const rated = (one: Verdict[], other: Verdict[]): EvalAnswer[] =>
  demoAnswers.map((answer, at) => ({
    ...answer,
    ratings: [...answer.ratings, model('a', one[at] ?? 'met'), model('b', other[at] ?? 'met')],
  }));

describe('viva evals', () => {
  test('names what a set cannot show, and exits with 1', () => {
    const { text, code } = print(withAnswers(demoAnswers));
    expect(code).toBe(1);
    for (const gap of [
      'lora-count: no answer is rated met on "count"',
      'lora-count: 0 answers hold "one-factor", 2 are needed',
      'lora-count: no answer mentions "one-factor" only to reject it',
    ])
      expect(text).toContain(gap);
    expect(text).not.toContain('no answer is rated met on "both-factors"');
    expect(text).toContain('no human has rated this set');
  });

  test('says how far raters who did not see each other agree, and on which criterion they do not', () => {
    const agree = print(
      withAnswers(rated(['met', 'missed', 'met', 'met', 'missed'], ['met', 'missed', 'met', 'met', 'missed'])),
    );
    expect(agree.text).toContain('agree with a kappa of 1.00');
    expect(agree.text).toContain('On no criterion it is below 0.60.');
    const differ = print(withAnswers(rated(['met', 'missed', 'met', 'missed'], ['missed', 'met', 'missed', 'met'])));
    expect(differ.text).toMatch(/Below 0\.60, to be worded anew:\n {2}lora-count, both-factors: -0\.\d\d/);
  });

  test('authors alone are no second opinion', () => {
    expect(print(withAnswers(demoAnswers)).text).toContain('How far raters agree cannot be computed');
  });

  test('as JSON carries every criterion with its interval', () => {
    // One difference: where raters never differ there is nothing for an interval to show.
    const answers = rated(['met', 'missed', 'met', 'met', 'missed'], ['met', 'missed', 'met', 'missed', 'missed']);
    const { sets } = JSON.parse(print(withAnswers(answers), true).text) as { sets: { items: unknown[] }[] };
    expect(sets[0]?.items[0]).toMatchObject({
      item: 'lora-count',
      answers: { dev: 2, test: 4 },
      criteria: [
        {
          criterion: 'both-factors',
          verdicts: { met: 3, partial: 0, missed: 3 },
          kappa: { interval: { status: 'value' } },
        },
        {},
        {},
      ],
    });
  });
});
