import type { CriterionReport } from '../../calibration/report-parts.ts';
import type { CalibrationReport } from '../../calibration/report-schema.ts';
import { html, type Html } from './html.ts';
import { intervalPlot, shareAxis, type IntervalRow } from './interval-plot.ts';
import { more, type Section } from './section.ts';
import { adviceWords, verdictWords } from './words.ts';

const SHOWN = 12;
/** A criterion with fewer rated answers tells nothing worth acting on. */
const FEWEST = 3;

/** Agreement criterion by criterion, the worst first, with what to try. */
export function criteriaSection({ criteria }: CalibrationReport): Section {
  const told = criteria.filter(({ n }) => n >= FEWEST);
  const worst = [...told].sort((one, other) => badness(one) - badness(other));
  const weak = worst.slice(0, SHOWN).filter(({ agreement }) => agreement.status === 'value' && agreement.value < 1);
  return {
    id: 'criteria',
    title: 'Worst criteria first, and what to try',
    body: html`<p class="says">
        The overall figure hides the criteria on which it fails. What to try is read off the pattern of the differences
        by rule: a suspicion to check against the answers, not a finding.
        ${told.length < criteria.length && html`${criteria.length - told.length} of ${criteria.length} criteria have fewer than ${FEWEST} rated answers and are left out.`}
      </p>
      <ol class="worst">
        ${weak.map(card)}
      </ol>
      ${more(
        `All ${criteria.length} criteria, question by question`,
        intervalPlot({ axis: shareAxis, rows: criteria.map((criterion) => row(criterion)) }),
      )}`,
  };
}

function card(criterion: CriterionReport): Html {
  const { item, criterion: id, asks, advice } = criterion;
  return html`<li>
    <h3><span class="path">${item}</span> ${id}</h3>
    <p class="asks">${asks}</p>
    ${intervalPlot({ axis: shareAxis, rows: [{ ...row(criterion), label: 'Agreement' }] })}
    <p class="says">${patternOf(criterion)}</p>
    ${
      advice.length > 0 &&
      html`<ul class="advice">
        ${advice.map((one) => html`<li>${adviceWords(one)}</li>`)}
      </ul>`
    }
  </li>`;
}

function row(criterion: CriterionReport): IntervalRow {
  const { item, criterion: id, agreement, n, ceiling } = criterion;
  return {
    label: html`<span class="path">${item}</span> ${id}`,
    figure: agreement,
    unit: 'share',
    aside: `${n} answers`,
    marks:
      ceiling === null ? [] : [{ kind: 'people', figure: ceiling.agreement.people, what: 'people among themselves' }],
  };
}

/** "Raters met, judge missing: 3 · …", the commonest difference first. */
function patternOf({ confusion }: CriterionReport): string {
  const cells = confusion.rows.flatMap((rater, row) =>
    confusion.columns.map((judge, column) => ({ rater, judge, times: confusion.counts[row]?.[column] ?? 0 })),
  );
  const different = cells
    .filter(({ rater, judge, times }) => rater !== judge && times > 0)
    .sort((one, other) => other.times - one.times);
  return different
    .map(({ rater, judge, times }) => `raters ${word(rater)}, judge ${word(judge)}: ${times}`)
    .join(' · ');
}

function word(verdict: string): string {
  return verdictWords[verdict] ?? verdict;
}

/** Low agreement first; what cannot be said comes last, and of two equal ones the one with more answers first. */
function badness({ agreement, n }: CriterionReport): number {
  return agreement.status === 'value' ? agreement.value - n / 1e6 : 2;
}
