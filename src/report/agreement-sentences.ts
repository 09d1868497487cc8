import type { TableAgreement } from '../calibration/table-agreement.ts';
import type { Estimate } from '../calibration/statistic.ts';
import type { RaterKind } from '../core/eval-set.ts';

type Named = { name: string; kind: RaterKind | null };

/** More names than this would drown the sentence. */
const namedAtMost = 4;

/** Whose ratings a table holds, as far as it says. A table of ratings does not; an eval set does. */
export function whoseSentence({ raters, file }: { raters: readonly Named[]; file: string }): string {
  const names = raters.length > namedAtMost ? `${raters.length} columns` : listed(raters.map(({ name }) => name));
  const kinds = new Set(raters.map(({ kind }) => kind));
  if (kinds.has(null))
    return `Ratings by ${names} of ${file}. Who they are the file does not say; Viva takes no one for a person.`;
  if (kinds.size === 1 && kinds.has('human')) return `Ratings by ${names} of ${file}, marked there as people.`;
  const marked = [...kinds].map((kind) => (kind === 'human' ? 'people' : kind === 'author' ? 'authors' : 'models'));
  return `Ratings by ${names} of ${file}, marked there as ${listed(marked)}; agreement with anyone but people says nothing about how people would grade.`;
}

/** What the figures come to, for readers who never heard of kappa. */
export function agreementSentences(figures: TableAgreement): string[] {
  return [ratersSentence(figures), judgesSentence(figures)].filter((sentence) => sentence !== null);
}

function ratersSentence({ all, raters, scale }: TableAgreement): string | null {
  if (raters.length < 2) return null;
  if (all.agreement.status === 'undefined') return 'No answer was rated twice, so nothing can be said about agreement.';
  const share = `Two raters of one answer give it the same rating ${Math.round(100 * all.agreement.value)} times in 100`;
  if (all.alpha.status === 'undefined') {
    return `${share}; they hardly ever used another rating, so it cannot be told whether they would also agree where answers differ.`;
  }
  const { value } = all.alpha;
  const near = scale.level === 'nominal' ? '' : ', near misses counting in part';
  const worth =
    value >= 0.8
      ? 'enough to rely on (0.80 is the usual bar)'
      : value >= 0.667
        ? 'enough for tentative conclusions only (the usual bar is 0.80)'
        : 'too little to rest a conclusion on (0.667 is the least, 0.80 the usual bar)';
  return `${share}. Beyond what luck would bring that is ${value.toFixed(2)}${bracket(all.alpha)} on a scale where 1 is always and 0 is luck${near}: ${worth}.`;
}

function judgesSentence({ judges, ceiling, raters }: TableAgreement): string | null {
  const [best] = judges;
  const worst = judges.at(-1);
  if (best === undefined || worst === undefined) return null;
  const kappaOf = (judge: typeof best): Estimate => judge.quadraticKappa ?? judge.kappa;
  const shown = (judge: typeof best): string => {
    const kappa = kappaOf(judge);
    return kappa.status === 'value' ? `${kappa.value.toFixed(2)}${bracket(kappa)}` : 'no figure';
  };
  const range =
    judges.length === 1
      ? `Beside the raters’ majority the judge ${best.judge} reaches ${shown(best)} beyond luck.`
      : `Of ${judges.length} judges the nearest to the raters’ majority is ${best.judge} with ${shown(best)} beyond luck, the farthest ${worst.judge} with ${shown(worst)}.`;
  if (ceiling.status === 'undefined' || raters.length < 2) return range;
  const level = judges.filter(({ asRater }) => asRater.status === 'value' && asRater.value >= ceiling.value).length;
  const beside =
    judges.length === 1
      ? `it ${level === 1 ? 'reaches that or more' : 'stays below that'}`
      : `${level === 0 ? 'none' : level} of the ${judges.length} judges reach${level < 2 ? 'es' : ''} that or more`;
  return `${range} A rater reaches ${ceiling.value.toFixed(2)}${bracket(ceiling)} beside the majority of the others; measured in that same way, ${beside}.`;
}

function bracket(estimate: Estimate): string {
  if (estimate.status === 'undefined' || estimate.interval.status === 'undefined') return '';
  return ` [${estimate.interval.low.toFixed(2)}, ${estimate.interval.high.toFixed(2)}]`;
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}
