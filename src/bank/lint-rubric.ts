import { isCorrect, type Item } from '../core/item.ts';
import { readNumbers } from '../core/numbers.ts';
import { maxPoints, thousandths } from '../core/points.ts';
import type { Criterion, Exemplar, Rubric } from '../core/rubric.ts';
import { contentWords, findQuote, sharedStretches, words } from '../core/text.ts';
import { reportDuplicates, type Report } from './lint-report.ts';
import { lintMath } from './lint-math.ts';

/** An item needs this many graded exemplars: few-shot, tests of the embedded judge, stimuli of the drill. */
const FEWEST_EXEMPLARS = 4;
/** Content words in a row shared with `expects` that make an `asks` or a hint an answer. */
const GIVEAWAY_RUN = 4;

/** Checks one rubric against its item. */
export function lintRubric(args: { rubric: Rubric; fileName: string; item: Item | undefined; report: Report }): void {
  const { rubric, fileName, item, report } = args;
  if (rubric.item !== fileName)
    report(
      ['item'],
      `the rubric is for "${rubric.item}" but its file is "${fileName}"`,
      `write item: ${fileName}, or rename the file`,
    );
  reportDuplicates({
    ids: rubric.criteria.map(({ id }) => id),
    at: (index) => ['criteria', index, 'id'],
    noun: 'criterion',
    report,
  });
  reportDuplicates({
    ids: rubric.misconceptions.map(({ id }) => id),
    at: (index) => ['misconceptions', index, 'id'],
    noun: 'misconception',
    report,
  });
  for (const [index, criterion] of rubric.criteria.entries())
    lintCriterion({ criterion, at: ['criteria', index], item, report });
  lintCuesThere({ rubric, report });
  for (const [index, misconception] of rubric.misconceptions.entries()) {
    const at = ['misconceptions', index];
    for (const key of ['claim', 'nudge', 'tempts', 'refutes'] as const)
      lintMath({ text: misconception[key], at: [...at, key], report });
    const { caps } = misconception;
    if (item && caps !== undefined && thousandths(caps) >= maxPoints({ item, rubric })) {
      report(
        [...at, 'caps'],
        `a cap of ${caps} is no cap: the item gives ${maxPoints({ item, rubric }) / 1000}`,
        'lower it or remove it',
      );
    }
  }
  if (rubric.imported === undefined || rubric.exemplars.length > 0) lintExemplars({ rubric, report });
  if (item?.kind === 'choice') lintRevealed({ item, rubric, report });
}

/** An imported rubric has no cues of its own, and the embedded judge leaves its criteria to a person. */
function lintCuesThere({ rubric, report }: { rubric: Rubric; report: Report }): void {
  if (rubric.imported !== undefined) return;
  for (const [index, { cues }] of rubric.criteria.entries()) {
    if (cues.length === 0)
      report(['criteria', index, 'cues'], 'no cues', 'write what the embedded judge should look for');
  }
}

function lintCriterion(args: {
  criterion: Criterion;
  at: readonly PropertyKey[];
  item: Item | undefined;
  report: Report;
}): void {
  const { criterion, at, item, report } = args;
  const half = criterion['partial-points'];
  if (half !== undefined && criterion.partial === undefined) {
    report(
      [...at, 'partial-points'],
      '"partial-points" without "partial"',
      'say in "partial" what half-way is, or remove the points',
    );
  }
  if (half !== undefined && half >= criterion.points) {
    report([...at, 'partial-points'], `half-way is worth ${half} of ${criterion.points}`, 'make it less than "points"');
  }
  if (!criterion.asks.trimEnd().endsWith('?'))
    report([...at, 'asks'], '"asks" is not a question', 'put it as a question ending in "?"');
  for (const key of ['asks', 'expects'] as const) lintMath({ text: criterion[key], at: [...at, key], report });
  const shown = [
    { at: [...at, 'asks'], text: criterion.asks },
    ...criterion.hints.map((text, index) => ({ at: [...at, 'hints', index], text })),
  ];
  for (const { at: place, text } of shown) {
    lintMath({ text, at: place, report });
    const told = giveaway({ text, criterion, prompt: item?.prompt ?? '' });
    if (told !== undefined) report(place, `it gives away ${told} of "expects"`, 'ask for it without saying it');
  }
}

/** What a text shown before the reveal takes out of `expects` that the prompt has not said: words in a row, or a checked number. */
function giveaway({
  text,
  criterion,
  prompt,
}: {
  text: string;
  criterion: Criterion;
  prompt: string;
}): string | undefined {
  const sequence = contentWords(text);
  const inPrompt = sharedStretches({ sequence, source: contentWords(prompt), runLength: GIVEAWAY_RUN });
  const run = sharedStretches({ sequence, source: contentWords(criterion.expects), runLength: GIVEAWAY_RUN }).find(
    ({ from, to }) => !inPrompt.some((said) => said.from <= from && to <= said.to),
  );
  if (run) return `the words "${wordsAsWritten({ text, ...run })}"`;
  const accepted = new Set(
    (criterion.check?.accept ?? []).flatMap((value) => readNumbers(String(value)).map((number) => number.value)),
  );
  const said = new Set(readNumbers(prompt).map(({ value }) => value));
  const number = readNumbers(text).find(({ value }) => accepted.has(value) && !said.has(value));
  return number && `the number ${number.value}`;
}

/** A stretch of the content words of a text, with the small words between them and none cut to its stem. */
function wordsAsWritten({ text, from, to }: { text: string; from: number; to: number }): string {
  const all = words(text);
  const places = all.flatMap((word, at) => (contentWords(word).length > 0 ? [at] : []));
  return all.slice(places[from], (places[to - 1] ?? all.length) + 1).join(' ');
}

function lintExemplars({ rubric, report }: { rubric: Rubric; report: Report }): void {
  const { exemplars, criteria } = rubric;
  if (exemplars.length < FEWEST_EXEMPLARS) {
    const at = exemplars.length > 0 ? ['exemplars'] : ['item'];
    report(
      at,
      `${exemplars.length} exemplar${exemplars.length === 1 ? '' : 's'}`,
      `write at least ${FEWEST_EXEMPLARS}: full, middling, holding a misconception, rejecting one, fluent but empty`,
    );
    return;
  }
  for (const [index, exemplar] of exemplars.entries())
    lintExemplar({ exemplar, at: ['exemplars', index], rubric, report });
  const shows = (wanted: (exemplar: Exemplar) => boolean, missing: string): void => {
    if (!exemplars.some(wanted)) report(['exemplars'], `no exemplar ${missing}`, 'add one');
  };
  shows(({ verdicts }) => criteria.every(({ id }) => verdicts[id] === 'met'), 'meets every criterion');
  shows(({ verdicts }) => criteria.every(({ id }) => verdicts[id] === 'missed'), 'is fluent but meets nothing');
  if (rubric.misconceptions.length === 0) return;
  shows(({ misconceptions }) => misconceptions.length > 0, 'holds a misconception');
  shows(({ rejects }) => (rejects?.length ?? 0) > 0, 'mentions a misconception only to reject it');
}

function lintExemplar(args: { exemplar: Exemplar; at: readonly PropertyKey[]; rubric: Rubric; report: Report }): void {
  const { exemplar, at, rubric, report } = args;
  const known = new Map(rubric.criteria.map((criterion) => [criterion.id, criterion]));
  const misconceptions = new Set(rubric.misconceptions.map(({ id }) => id));
  for (const id of known.keys()) {
    if (!(id in exemplar.verdicts)) report([...at, 'verdicts'], `no verdict on "${id}"`, 'add met, partial or missed');
  }
  for (const [id, verdict] of Object.entries(exemplar.verdicts)) {
    const criterion = known.get(id);
    if (!criterion) report([...at, 'verdicts', id], `unknown criterion "${id}"`, 'use the ids of "criteria"');
    else if (verdict === 'partial' && criterion.partial === undefined) {
      report(
        [...at, 'verdicts', id],
        `"partial" on "${id}", which has no half-way`,
        'word its "partial", or decide met or missed',
      );
    }
  }
  const held = new Set(exemplar.misconceptions.map(({ id }) => id));
  for (const [index, { id, span }] of exemplar.misconceptions.entries()) {
    const place = [...at, 'misconceptions', index];
    if (!misconceptions.has(id)) report(place, `unknown misconception "${id}"`, 'use the ids of "misconceptions"');
    if (!findQuote({ answer: exemplar.answer, quote: span }))
      report(place, 'its span does not stand in the answer', 'copy the words verbatim');
  }
  for (const [index, id] of (exemplar.rejects ?? []).entries()) {
    if (!misconceptions.has(id))
      report([...at, 'rejects', index], `unknown misconception "${id}"`, 'use the ids of "misconceptions"');
    if (held.has(id)) report([...at, 'rejects', index], `"${id}" is both held and rejected`, 'decide for one');
  }
}

/** Every wrong option should betray something a learner can be helped out of. */
function lintRevealed(args: { item: Extract<Item, { kind: 'choice' }>; rubric: Rubric; report: Report }): void {
  const named = args.item.options.filter((option) => !isCorrect(option) && option.misconception !== undefined);
  if (args.rubric.misconceptions.length > 0 && named.length === 0) {
    args.report(
      ['misconceptions'],
      'no option of the item names a misconception',
      'give each wrong option the "misconception" it betrays',
    );
  }
}
