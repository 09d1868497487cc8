// Fits the embedded judge's weights to the dev answers and says what they are worth on items they were not fitted to: `npm run fit:embedded`
// (about a minute; --dry leaves weights.json alone). Nothing here is random, so the same content gives the same weights.
//
// Today's cues were tuned on these very answers: there they find 97 % of the wrong beliefs, on new answers not half. A model fitted to such
// findings would trust them blindly. So each rubric is given the cues it had before anybody had looked at dev answers; Git knows them.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { findCourseItem, type CourseItem } from '../../src/bank/content.ts';
import { assembleContent, readContentFiles } from '../../src/bank/load-content.ts';
import { consensusOf } from '../../src/calibration/consensus.ts';
import { VivaError } from '../../src/core/errors.ts';
import { Rubric } from '../../src/core/rubric.ts';
import { compareAnswer } from '../../src/judge/embedded/fit/compare-answer.ts';
import { criterionFeatures } from '../../src/judge/embedded/fit/criterion-features.ts';
import { fitLogistic, probabilities, type LabelledRow } from '../../src/judge/embedded/fit/logistic.ts';
import { misconceptionFeatures } from '../../src/judge/embedded/fit/misconception-features.ts';
import { isComparable } from '../../src/judge/embedded/fit/weigh-findings.ts';
import { loadLanguageModel } from '../../src/judge/embedded/language-model.ts';
import { phraseReader, readTask } from '../../src/judge/embedded/read-task.ts';

/** The commits before cues were tuned on dev answers: e34a71b did so for chapter 1, b877076 for the rest. */
const UNTUNED = { chapterOne: 'e34a71b~1', rest: 'b877076~1' } as const;
/** Items, not answers, are held out: a new question is what the model must serve. */
const FOLDS = 10;
const RIDGE = 10;
const weightsPath = new URL('../../src/judge/embedded/fit/weights.json', import.meta.url);
const classes = { criteria: ['missed', 'partial', 'met'], misconceptions: ['not-held', 'held'] };

type Row = LabelledRow & { item: string; rule: string };

const content = assembleContent(await readContentFiles('.'));
const language = await loadLanguageModel();
const phraseOf = phraseReader(language);
const asItWas = new Map<string, CourseItem>();
const criteria: Row[] = [];
const misconceptions: Row[] = [];
for (const answer of content.evalSets.flatMap(({ answers }) => answers)) {
  if (answer.split !== 'dev' || answer.attack !== undefined) continue;
  const courseItem = untuned(answer.item);
  if (courseItem === undefined || !isComparable(courseItem.rubric)) continue;
  const { rubric } = courseItem;
  const task = { ...courseItem, answer: answer.text, option: answer.option ?? null, replica: 0 };
  const consensus = consensusOf({
    ratings: answer.ratings,
    criteria: rubric.criteria.map(({ id }) => id),
    misconceptions: rubric.misconceptions.map(({ id }) => id),
  });
  const reading = readTask({ task, language });
  const comparison = compareAnswer({ task, reading });
  for (const at of reading.criteria) {
    const label = consensus.verdicts.get(at.criterion.id) ?? 'unrated';
    if (!classes.criteria.includes(label)) continue;
    const features = criterionFeatures({ task, reading, comparison, at, phraseOf });
    criteria.push({ item: answer.item, features, label, rule: at.finding.verdict });
  }
  for (const at of reading.misconceptions) {
    const label = consensus.misconceptions.get(at.misconception.id) ?? 'tied';
    if (!classes.misconceptions.includes(label)) continue;
    const features = misconceptionFeatures({ reading, comparison, at });
    misconceptions.push({ item: answer.item, features, label, rule: at.finding.verdict });
  }
}

report({ name: 'criteria', rows: criteria, classes: classes.criteria });
report({ name: 'misconceptions', rows: misconceptions, classes: classes.misconceptions });

const fitted = {
  madeBy: 'npm run fit:embedded',
  date: new Date().toISOString().slice(0, 10),
  trainedOn: {
    answers: 'split dev of every eval set, attacks left out; cues as before they were tuned on it',
    criteria: criteria.length,
    misconceptions: misconceptions.length,
    sha256: createHash('sha256')
      .update(JSON.stringify([criteria, misconceptions]))
      .digest('hex'),
  },
  criteria: fitLogistic({ rows: criteria, classes: classes.criteria, ridge: RIDGE }),
  misconceptions: fitLogistic({ rows: misconceptions, classes: classes.misconceptions, ridge: RIDGE }),
};
if (!process.argv.includes('--dry')) await writeFile(weightsPath, `${JSON.stringify(fitted, null, 2)}\n`);

/** The item with today's texts and the cues of before tuning. */
function untuned(itemId: string): CourseItem | undefined {
  const known = asItWas.get(itemId);
  if (known) return known;
  const courseItem = findCourseItem(content, itemId);
  if (courseItem === undefined) return undefined;
  const before = rubricAt({ commit: itemId.startsWith('fri-1-') ? UNTUNED.chapterOne : UNTUNED.rest, itemId });
  const { rubric } = courseItem;
  const cuesOf = new Map([...before.criteria, ...before.misconceptions].map(({ id, cues }) => [id, cues]));
  const made = {
    ...courseItem,
    rubric: {
      ...rubric,
      criteria: rubric.criteria.map((one) => ({ ...one, cues: cuesOf.get(one.id) ?? one.cues })),
      misconceptions: rubric.misconceptions.map((one) => ({ ...one, cues: cuesOf.get(one.id) ?? one.cues })),
    },
  };
  asItWas.set(itemId, made);
  return made;
}

function rubricAt({ commit, itemId }: { commit: string; itemId: string }): Rubric {
  const path = `rubrics/post-training/${itemId}.yaml`;
  try {
    return Rubric.parse(parse(execFileSync('git', ['show', `${commit}:${path}`], { encoding: 'utf8' })));
  } catch (cause) {
    throw new VivaError('content-invalid', {
      message: `${path} cannot be read as it was at ${commit}.`,
      fix: 'Fit in a full clone of the repository: the cues of before tuning are in its history.',
      cause,
    });
  }
}

/** Prints what a model fitted to nine tenths of the items says of the last tenth. */
function report({ name, rows, classes: labels }: { name: string; rows: readonly Row[]; classes: string[] }): void {
  const items = [...new Set(rows.map(({ item }) => item))].sort();
  const foldOf = new Map(items.map((item, at) => [item, at % FOLDS]));
  let likeliest = 0;
  let surprise = 0;
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const model = fitLogistic({
      rows: rows.filter(({ item }) => foldOf.get(item) !== fold),
      classes: labels,
      ridge: RIDGE,
    });
    for (const row of rows.filter(({ item }) => foldOf.get(item) === fold)) {
      const chances = probabilities(model, row.features);
      const truth = chances[labels.indexOf(row.label)] ?? 0;
      if (truth === Math.max(...chances)) likeliest += 1;
      surprise -= Math.log(truth);
    }
  }
  const byRule = rows.filter(({ rule, label }) => rule === label).length;
  const percent = (count: number): string => `${((100 * count) / rows.length).toFixed(1)} %`;
  console.log(
    `${name}: n = ${rows.length}; right by the cues of before tuning ${percent(byRule)}, by the model on items held out ${percent(likeliest)} (log loss ${(surprise / rows.length).toFixed(3)})`,
  );
}
