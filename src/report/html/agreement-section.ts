import type { CalibrationReport } from '../../calibration/report-schema.ts';
import type { Estimate } from '../../calibration/statistic.ts';
import { heatmap } from './heatmap.ts';
import { html, type Html } from './html.ts';
import { intervalPlot, numberAxis, shareAxis, type IntervalRow } from './interval-plot.ts';
import { more, type Section } from './section.ts';
import { verdictWords } from './words.ts';

/** Whether judge and raters say the same: verdicts, points, and the two as tables. */
export function agreementSection(report: CalibrationReport): Section {
  return {
    id: 'agreement',
    title: 'Does it say what the raters say?',
    body: html`<p class="says">
        A dot is the figure; the line through it is where the figure lies with 95 % confidence, as far as so many
        answers can tell. Long lines mean few answers.
        ${report.ceiling.verdicts.n > 0 && html`A solid bar is how far people agree with one another.`} A dotted bar is
        what a judge reaches that reads nothing.
      </p>
      <h3>Verdicts, in shares</h3>
      ${intervalPlot({ axis: shareAxis, rows: shareRows(report) })}
      <h3>Beyond luck</h3>
      <p class="says">
        0 is no better than luck, 1 is perfect. Below 0.4 is usually called poor to fair, from 0.6 substantial, from 0.8
        almost perfect.
      </p>
      ${intervalPlot({ axis: numberAxis(chanceRows(report)), rows: chanceRows(report) })}
      ${oneRater(report) && html`<p class="says">Only one rater counts here, so how far raters agree with each other is not known.</p>`}
      <h3>Where they differ</h3>
      <p class="says">
        Each row is one verdict of the raters, and shows what the judge made of it. Framed cells are agreement; the
        darker a cell, the larger its share of the row.
      </p>
      <div class="pair">
        ${heatmap({ confusion: report.overall.confusion, caption: 'Verdicts', names: verdictWords })}
        ${heatmap({ confusion: report.pointBands, caption: 'Answers, by how many of the points they got', names: {} })}
      </div>
      ${unityAndTuning(report)}`,
  };
}

function shareRows({ overall, baselines, ceiling }: CalibrationReport): IntervalRow[] {
  const people = ceiling.verdicts.agreement.people;
  return [
    {
      label: 'Agreement',
      says: 'Verdicts on which the judge says what the raters say. Unsure counts as missing.',
      figure: overall.agreement,
      unit: 'share',
      marks: [
        { kind: 'blind', figure: baselines.majority.agreement, what: 'always the commonest verdict' },
        { kind: 'people', figure: people, what: 'people among themselves' },
      ],
    },
    {
      label: 'Agreement where it decides',
      says: 'The same without the verdicts it leaves to a person.',
      figure: overall.covered.agreement,
      unit: 'share',
    },
    { label: 'Decided', says: 'Verdicts it does not leave to a person.', figure: overall.coverage, unit: 'share' },
    {
      label: 'Right parts found',
      says: 'Of the parts that stand by the raters’ word, those it calls met (true positive rate).',
      figure: overall.truePositiveRate,
      unit: 'share',
    },
    {
      label: 'Wrong parts refused',
      says: 'Of the parts that do not stand, those it does not call met (true negative rate).',
      figure: overall.trueNegativeRate,
      unit: 'share',
    },
  ];
}

function chanceRows({ overall, points, ceiling, baselines, ratings }: CalibrationReport): IntervalRow[] {
  const row = (label: string, says: string, figure: Estimate): IntervalRow => ({ label, says, figure, unit: 'number' });
  return [
    {
      ...row(
        'Kappa on verdicts',
        'Agreement less what luck would give. It sinks where one verdict is rare.',
        overall.kappa,
      ),
      marks: [
        { kind: 'blind', figure: baselines.majority.kappa, what: 'always the commonest verdict' },
        { kind: 'people', figure: ceiling.verdicts.kappa.people, what: 'people among themselves' },
      ],
    },
    row('AC1 on verdicts', 'The same with another idea of luck, steady where one verdict is rare.', overall.ac1),
    {
      ...row(
        'Quadratic kappa on points',
        'Agreement on points; a near miss costs little. The figure the gates ask for.',
        points.quadraticKappa,
      ),
      marks: [
        { kind: 'blind', figure: baselines.lengthOnly.quadraticKappa, what: 'longer is better' },
        { kind: 'people', figure: ceiling.points.quadraticKappa.people, what: 'people among themselves' },
      ],
    },
    row('Correlation of points', 'Whether it puts answers in the raters’ order, whatever the level.', points.pearson),
    ...(ratings.alpha.status === 'undefined' && oneRater({ ratings })
      ? []
      : [
          row(
            'Alpha among the raters',
            'How far the raters agree with each other (Krippendorff). No judge can agree with raters who differ.',
            ratings.alpha,
          ),
        ]),
  ];
}

/** Whether the ratings that count are one rater's, however many others there are. */
function oneRater({ ratings }: Pick<CalibrationReport, 'ratings'>): boolean {
  return ratings.raters.filter(({ kind }) => ratings.answersByKind[kind] > 0).length === 1;
}

function unityAndTuning({ byUnity, tuned, overall }: CalibrationReport): Html | false {
  const compared = byUnity.unanimous.status === 'value' || byUnity.split.status === 'value';
  const unity: IntervalRow[] = [
    {
      label: 'Where the raters are of one mind',
      says: 'Agreement on verdicts all raters give alike.',
      figure: byUnity.unanimous,
      unit: 'share',
    },
    {
      label: 'Where the raters split',
      says: 'Agreement with the majority on verdicts they differ on.',
      figure: byUnity.split,
      unit: 'share',
    },
  ];
  const tuning: IntervalRow[] =
    tuned === null
      ? []
      : [
          { label: 'On these answers', figure: overall.agreement, unit: 'share' },
          {
            label: 'On dev answers',
            says: `${tuned.answers} answers that rubrics and judge may have been tuned on. Much better there: tuned too closely.`,
            figure: tuned.agreement,
            unit: 'share',
          },
        ];
  if (!compared && tuning.length === 0) return false;
  return more(
    compared ? 'More: easy and hard verdicts, and what tuning flatters' : 'More: what tuning flatters',
    html`${compared && intervalPlot({ axis: shareAxis, rows: unity })}
    ${
      tuning.length > 0 &&
      html`<h3>What tuning flatters</h3>
        ${intervalPlot({ axis: shareAxis, rows: tuning })}`
    }`,
  );
}
