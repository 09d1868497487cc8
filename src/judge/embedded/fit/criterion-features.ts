import type { JudgeTask } from '../../judge.ts';
import { verifyCheck } from '../../verify.ts';
import { shareOfPhrase } from '../find-phrase.ts';
import type { CriterionReading } from '../judge-criterion.ts';
import type { Phrase } from '../phrase.ts';
import type { TaskReading } from '../read-task.ts';
import { nearest, type Comparison } from './compare-answer.ts';
import { coverage } from './rubric-index.ts';

export type CriterionFeatures = Readonly<Record<string, number>>;

/** What each verdict of the rules is worth when the rest of an answer speaks for or against one criterion. */
const WORTH = { met: 1, partial: 0.5, unsure: 0.4, missed: 0 } as const;

/** All that the fitted model may know of one criterion: nothing in it names an item, a criterion or a word. */
export function criterionFeatures(args: {
  task: JudgeTask;
  reading: TaskReading;
  comparison: Comparison;
  at: CriterionReading;
  phraseOf: (written: string) => Phrase;
}): CriterionFeatures {
  const { task, reading, comparison, at } = args;
  const { criterion, groups, finding } = at;
  const { index } = comparison;
  const expects = index.expects.get(criterion.id) ?? new Map<string, number>();
  const stated = groups.filter(({ hits }) => hits.length > 0);
  const denied = groups.filter(({ hits, negated }) => hits.length === 0 && negated.length > 0);
  const phrases = groups.map(({ hits }) => new Set(hits.map(({ phrase }) => phrase.written)).size);
  const others = reading.criteria.filter((other) => other !== at).map((other) => WORTH[other.finding.verdict]);
  const like = (verdict: string): number =>
    most(comparison.exemplars.filter((_, exemplar) => index.exemplars[exemplar]?.verdicts[criterion.id] === verdict));
  const sentenceLike = (verdict: string): number =>
    nearest({
      comparison,
      texts: index.exemplars.flatMap(({ verdicts, telling }) => {
        const sentence = telling.get(criterion.id);
        return verdicts[criterion.id] === verdict && sentence ? [sentence] : [];
      }),
    })?.likeness ?? 0;
  const met = index.exemplars.filter(({ verdicts }) => verdicts[criterion.id] === 'met').length;
  return {
    ruleMet: finding.verdict === 'met' ? 1 : 0,
    rulePartial: finding.verdict === 'partial' ? 1 : 0,
    groupsFound: share(stated.length, groups.length),
    groupsDenied: share(denied.length, groups.length),
    phrasesFound: Math.log1p(phrases.length === 0 ? 0 : Math.min(...phrases)),
    nearMiss: mean(groups.map((_, group) => nearestPhrase({ ...args, group }))),
    halfWayWorded: criterion.partial === undefined ? 0 : 1,
    check: checkSign({ task, at }),
    likeMet: like('met'),
    likePartial: like('partial'),
    likeMissed: like('missed'),
    sentenceLikeMet: sentenceLike('met'),
    sentenceLikeMissed: sentenceLike('missed'),
    sentenceLikeExpects: nearest({ comparison, texts: [expects] })?.likeness ?? 0,
    expectsCovered: coverage({ wanted: expects, said: comparison.answer }),
    likeMisconception:
      nearest({ comparison, texts: [...index.claims.values(), ...[...index.spans.values()].flat()] })?.likeness ?? 0,
    promptShare: comparison.promptShare,
    metAmongExemplars: (met + 0.5) / (index.exemplars.length + 1.5),
    restOfAnswer: others.length === 0 ? 0.5 : mean(others),
  };
}

/** 1 where a group is stated; else the largest share of one of its longer phrases that stands in one sentence. */
function nearestPhrase(args: {
  reading: TaskReading;
  at: CriterionReading;
  group: number;
  phraseOf: (written: string) => Phrase;
}): number {
  const { reading, at, group, phraseOf } = args;
  if ((at.groups[group]?.hits.length ?? 0) > 0) return 1;
  const stating = reading.earning.filter(({ salad }) => !salad);
  const longer = (at.criterion.cues[group] ?? [])
    .map(phraseOf)
    .filter(({ sides }) => sides.flatMap(({ readings }) => readings[0] ?? []).length > 1);
  return most(longer.flatMap((phrase) => stating.map((sentence) => shareOfPhrase(sentence, phrase))));
}

/** 1 where the criterion's number is stated, -1 where it is not, 0 where none is asked for. */
function checkSign({ task, at }: { task: JudgeTask; at: CriterionReading }): number {
  const { check } = at.criterion;
  if (check === undefined) return 0;
  const others = task.rubric.criteria.flatMap((other) => (other.check && other.check !== check ? [other.check] : []));
  return verifyCheck({ check, answer: task.answer, prompt: task.item.prompt, others }).passed ? 1 : -1;
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

function mean(numbers: readonly number[]): number {
  return share(
    numbers.reduce((sum, number) => sum + number, 0),
    numbers.length,
  );
}

function most(numbers: readonly number[]): number {
  return Math.max(0, ...numbers);
}
