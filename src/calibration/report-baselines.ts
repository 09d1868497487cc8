import { dealByLength, majorityLabel } from './baselines.ts';
import { cohenKappa, rawAgreement } from './cohen-kappa.ts';
import { groupBy } from './group-by.ts';
import { pairCounts, type LabelPair } from './pair-counts.ts';
import { pairMoments, quadraticKappa, type NumberPair } from './pair-moments.ts';
import type { PairedAnswer, PairedVerdict } from './pair-ratings.ts';
import type { Baselines } from './report-parts.ts';
import { raterVerdicts } from './verdict-agreement.ts';

/**
 * What two judges that read nothing reach on the same answers. The majority is taken criterion by criterion, lengths are
 * compared within a criterion or item; pooled over criteria even the majority gets a kappa above 0, by knowing which are easy.
 */
export function baselinesOf(args: { answers: readonly PairedAnswer[]; seed: number }): Baselines {
  const { answers, seed } = args;
  const byCriterion = groupBy(
    answers.flatMap((answer) => answer.verdicts),
    (verdict) => `${verdict.item}/${verdict.criterion}`,
  );
  const groups = [...byCriterion.values()];
  const majority = countsOf(groups.flatMap((verdicts) => majorityPairs(verdicts)));
  const byLength = countsOf(groups.flatMap((verdicts) => lengthPairs({ verdicts, seed })));
  const points = [...groupBy(answers, (answer) => answer.item).values()].flatMap((inside) =>
    lengthPoints({ answers: inside, seed }),
  );
  return {
    majority: { agreement: rawAgreement(majority), kappa: cohenKappa({ pairs: majority, weights: 'nominal' }) },
    lengthOnly: {
      agreement: rawAgreement(byLength),
      kappa: cohenKappa({ pairs: byLength, weights: 'nominal' }),
      quadraticKappa: quadraticKappa(pairMoments(points)),
    },
  };
}

function countsOf(pairs: readonly LabelPair[]): ReturnType<typeof pairCounts> {
  return pairCounts({ pairs, categories: raterVerdicts });
}

function majorityPairs(verdicts: readonly PairedVerdict[]): LabelPair[] {
  const judge = majorityLabel(verdicts.map((verdict) => verdict.reference)) ?? 'missed';
  return verdicts.map(({ reference }) => ({ reference, judge }));
}

function lengthPairs({ verdicts, seed }: { verdicts: readonly PairedVerdict[]; seed: number }): LabelPair[] {
  const answers = verdicts.map(({ words, reference }) => ({ words, value: raterVerdicts.indexOf(reference) }));
  const dealt = dealByLength({ answers, seed });
  return verdicts.map(({ reference }, index) => ({
    reference,
    judge: raterVerdicts[dealt[index] ?? 0] ?? 'missed',
  }));
}

function lengthPoints({ answers, seed }: { answers: readonly PairedAnswer[]; seed: number }): NumberPair[] {
  const scored: { words: number; value: number }[] = [];
  for (const { words, points } of answers) if (points !== null) scored.push({ words, value: points.reference });
  const dealt = dealByLength({ answers: scored, seed });
  return scored.map(({ value }, index) => ({ reference: value, judge: dealt[index] ?? 0 }));
}
