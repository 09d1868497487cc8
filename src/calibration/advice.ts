import type { Rubric } from '../core/rubric.ts';
import type { Advice, CriterionReport } from './report-parts.ts';

/** Fewer rated answers than this show no pattern. */
const FEWEST = 4;
/** A criterion that agrees this often needs no advice. */
const GOOD = 0.9;
/** Raters below this alpha read the criterion differently; Krippendorff draws no conclusions there. */
const SHAKY = 0.667;

/**
 * What to try on a criterion, read off the pattern of its disagreements by rule; the commonest trouble first, at most three. These are
 * suspicions to check against the answers, not findings. Empty where the criterion agrees well or too few answers tell.
 */
export function adviceOn(args: {
  criterion: Omit<CriterionReport, 'advice'>;
  authored: Rubric['criteria'][number];
}): Advice[] {
  const { criterion, authored } = args;
  if (criterion.n < FEWEST) return [];
  const count = (rater: string, judge: string): number => {
    const { rows, columns, counts } = criterion.confusion;
    return counts[rows.indexOf(rater)]?.[columns.indexOf(judge)] ?? 0;
  };
  const unsure = criterion.judge.unsure;
  const agrees = criterion.agreement.status === 'value' && criterion.agreement.value >= GOOD;
  if (agrees && unsure < criterion.n / 4) return [];

  const tooKind = count('missed', 'met') + count('missed', 'partial') + count('partial', 'met');
  const tooStrict = count('met', 'missed') + count('met', 'partial') + count('partial', 'missed');
  const halfWay =
    count('partial', 'met') + count('partial', 'missed') + count('met', 'partial') + count('missed', 'partial');
  const outright = count('missed', 'met') + count('met', 'missed');
  const { barredByCheck } = criterion;
  const { alpha } = criterion;

  const found: Advice[] = [];
  if (alpha.status === 'value' && alpha.value < SHAKY)
    found.push({ kind: 'ambiguous-wording', weight: criterion.n, because: { alpha: alpha.value } });
  if (barredByCheck >= 2 && barredByCheck >= tooStrict / 2)
    found.push({ kind: 'narrow-check', weight: barredByCheck, because: { verdicts: barredByCheck } });
  else if (tooStrict > 2 * tooKind && count('met', 'missed') >= 2)
    found.push({ kind: 'missing-alternative', weight: tooStrict, because: { verdicts: tooStrict } });
  if (tooKind > 2 * tooStrict && tooKind >= 2)
    found.push({ kind: 'too-wide', weight: tooKind, because: { verdicts: tooKind } });
  if (authored.partial !== undefined && halfWay > outright && halfWay >= 2)
    found.push({ kind: 'vague-half-way', weight: halfWay, because: { verdicts: halfWay } });
  if (authored.partial === undefined && outright >= 3 && count('missed', 'met') >= 1 && count('met', 'missed') >= 1)
    found.push({ kind: 'missing-half-way', weight: outright, because: { verdicts: outright } });
  if (unsure >= Math.max(2, criterion.n / 4))
    found.push({ kind: 'hard-to-quote', weight: unsure, because: { verdicts: unsure } });
  if (found.length === 0 && tooKind + tooStrict >= 2)
    found.push({ kind: 'ambiguous-wording', weight: tooKind + tooStrict, because: { verdicts: tooKind + tooStrict } });
  return found.sort((one, other) => other.weight - one.weight).slice(0, 3);
}
