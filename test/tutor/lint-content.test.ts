import { beforeAll, describe, expect, test } from 'vitest';
import { parseAuthoredFile } from '../../src/bank/authored-file.ts';
import { assembleContent, readContentFiles, type ContentFiles } from '../../src/bank/load-content.ts';
import { formatProblem } from '../../src/bank/problem.ts';
import { Rubric } from '../../src/core/rubric.ts';
import { createCueJudge } from '../../src/judge/embedded/embedded-judge.ts';
import { lintContent, lintCues } from '../../src/tutor/lint-content.ts';

const rubric = (cues: { first: string; second: string; accept: string }): string => `item: fri-1-sql-sft-rl
criteria:
  - id: order
    points: 1
    asks: Which order?
    expects: SFT first.
    hints: [Look again.]
    check:
      accept:
        - 131072
        - ${cues.accept}
    cues:
      - - sft first
        - "${cues.first}"
misconceptions:
  - id: none
    claim: c
    nudge: n
    tempts: t
    refutes: r
    cues:
      - - "${cues.second}"
`;

let bank: ContentFiles;
beforeAll(async () => {
  bank = await readContentFiles('.');
});

/** The real bank with one rubric put in the place of its own, and no other. */
function bankWith(text: string): ContentFiles {
  const parsed = parseAuthoredFile({ path: 'rubrics/demo.yaml', text, schema: Rubric });
  if (parsed.status === 'invalid') throw new Error(JSON.stringify(parsed.problems));
  return {
    ...bank,
    courses: bank.courses.map((course) => ({
      ...course,
      rubrics: course.rubrics.flatMap((file) => (file.value.item === parsed.file.value.item ? [parsed.file] : [])),
    })),
  };
}

describe('an author who wrote cues and checks that cannot be read', () => {
  test('is told each of them at once, with its line', () => {
    const files = bankWith(rubric({ first: '... foo', second: 'a||b', accept: 'a good deal' }));
    expect(lintCues(files).map(formatProblem)).toEqual([
      'rubrics/demo.yaml:14: the cue phrase "... foo" begins a side with a gap: see the phrase language in docs/authoring.md: words, a|b, verif*, ..., &, numbers, formulas',
      'rubrics/demo.yaml:22: the cue phrase "a||b" has an empty alternative in "a||b": see the phrase language in docs/authoring.md: words, a|b, verif*, ..., &, numbers, formulas',
      'rubrics/demo.yaml:11: the check accepts "a good deal", which holds no number: write a value like 131072, "131k", "0.78%" or "2^17"',
    ]);
  });

  test('gets them from lint instead of an error that ends it', async () => {
    const files = bankWith(rubric({ first: 'foo ...', second: '&', accept: 'plenty' }));
    const deps = { embeddedJudge: createCueJudge({ now: () => 0 }), signal: new AbortController().signal };
    const told = (await lintContent(files, deps)).filter(({ file }) => file === 'rubrics/demo.yaml');
    expect(told.map(({ line }) => line)).toEqual(expect.arrayContaining([11, 14, 22]));
  });
});

test('a bracket that "|" splits is refused, with what to write', () => {
  const files = bankWith(rubric({ first: 'p(data|h0)', second: '(a|b) c', accept: '131k' }));
  expect(lintCues(files).map(formatProblem)).toEqual([
    expect.stringMatching(/:14: the cue phrase "p\(data\|h0\)" has a "\|" inside brackets.*: "\|" parts whole words/),
    expect.stringMatching(/:22: the cue phrase "\(a\|b\) c" has a "\|" inside brackets/),
  ]);
});

test('brackets that stand whole beside a "|" are fine', () => {
  const files = bankWith(rubric({ first: 's/sqrt(n)|sd/sqrt(n)', second: 'a|b)', accept: '131k' }));
  expect(lintCues(files)).toEqual([]);
});

test.each([
  ['one and a half', 'of which only "half" is read'],
  ['69.06 to 74.94', 'which is read as "69.06" alone'],
])('a check that accepts "%s" is refused: an answer could never be held against it', (accept, fault) => {
  const files = bankWith(rubric({ first: 'a', second: 'b', accept }));
  expect(lintCues(files).map(formatProblem)).toEqual([
    `rubrics/demo.yaml:11: the check accepts "${accept}", ${fault}: write a value like 131072, "131k", "0.78%" or "2^17"`,
  ]);
});

test.each(['about 131k', '65,536 parameters', '2^17', '1/128', 'three'])('a check may accept "%s"', (accept) => {
  const files = bankWith(rubric({ first: 'a', second: 'b', accept }));
  expect(lintCues(files)).toEqual([]);
});

test('the bank as it stands has no cue and no check that cannot be read', async () => {
  const files = await readContentFiles('.');
  expect(assembleContent(files).courses.length).toBeGreaterThan(0);
  expect(lintCues(files)).toEqual([]);
});
