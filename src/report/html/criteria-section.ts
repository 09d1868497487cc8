import type { CriterionReport } from '../../calibration/report-parts.ts';
import { range } from '../../calibration/plain-words.ts';
import type { CalibrationReport } from '../../calibration/report-schema.ts';
import { FEWEST_OF_CRITERION, worstCriteria } from '../../calibration/worst-criteria.ts';
import { html, type Html } from './html.ts';
import { intervalPlot, shareAxis, type IntervalRow } from './interval-plot.ts';
import { more, type Section } from './section.ts';
import { adviceWords, verdictWords } from './words.ts';

const SHOWN = 12;

/** Where the card of a criterion stands on the page. */
export function criterionId({ item, criterion }: Pick<CriterionReport, 'item' | 'criterion'>): string {
  return `criterion-${item}-${criterion}`;
}

/** Agreement criterion by criterion, the worst first, with what to try. */
export function criteriaSection({ criteria, split }: CalibrationReport): Section {
  const told = worstCriteria(criteria);
  const weak = told.slice(0, SHOWN).filter(({ agreement }) => agreement.status === 'value' && agreement.value < 1);
  const left = criteria.length - told.length;
  return {
    id: 'criteria',
    title: 'Worst criteria first, and what to try',
    body: html`<p class="says">
        The overall figure hides the criteria on which it fails.
        ${weak.length > 0 && `Each rests on ${range(weak.map(({ n }) => n))} answers: a reason to read, not a finding.`}
        The order goes by what the figure may be at best.
        ${left > 0 && `${left} of ${criteria.length} criteria have fewer than ${FEWEST_OF_CRITERION} rated answers and are left out.`}
      </p>
      <p class="says">
        What to try is read off the pattern of the differences by rule. The words in quotes, such as “expects” and
        “partial”, are keys in rubrics/&lt;course&gt;/&lt;question&gt;.yaml.
        ${
          split === 'test' &&
          html`<b
            >These are test answers. Look for the same fault in dev answers (<code>--split dev</code>) and change the
            rubric by those; otherwise this report can no longer be believed.</b
          >`
        }
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
  return html`<li id="${criterionId(criterion)}">
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
