import type { CalibrationReport } from '../../calibration/report-schema.ts';
import { dollars } from '../../calibration/summary.ts';
import { sayFigure, sayInterval, sayMilliseconds } from './figures.ts';
import { glossary } from './glossary.ts';
import { html, type Html } from './html.ts';
import { intervalPlot, shareAxis } from './interval-plot.ts';
import type { Section } from './section.ts';

/** What it costs and how long it takes, how steady it is, and whether its quotes stand. */
export function workingsSection(report: CalibrationReport): Section {
  const { cost, replies, repeats } = report;
  const time = (figure: typeof cost.latencyMedianMs): string =>
    figure.status === 'value' ? sayMilliseconds(figure.value) : '–';
  const money = (microUsd: number | null): string =>
    microUsd === null ? 'not known' : microUsd === 0 ? 'nothing' : dollars(microUsd);
  const count = (tokens: number | null): string => (tokens === null ? 'not reported' : tokens.toLocaleString('en-US'));
  const facts: [string, string][] = [
    ['This run cost', money(cost.costMicroUsd)],
    ['100 answers cost', money(cost.hundredAnswersMicroUsd)],
    [`100 learners, all ${cost.courseItems} questions`, money(cost.classMicroUsd)],
    ['Half of the answers are graded within', time(cost.latencyMedianMs)],
    ['95 of 100 within', time(cost.latencyP95Ms)],
    ['Calls', cost.calls.toLocaleString('en-US')],
    ['Tokens read', count(cost.tokensIn)],
    ['Tokens written', count(cost.tokensOut)],
  ];
  return {
    id: 'workings',
    title: 'Cost, time and steadiness',
    body: html`<dl class="facts">
        ${facts.map(
          ([name, value]) =>
            html`<div>
              <dt>${name}</dt>
              <dd>${value}</dd>
            </div>`,
        )}
      </dl>
      ${intervalPlot({
        axis: shareAxis,
        rows: [
          {
            label: 'Quotes that stand',
            says: 'Verdicts that need the learner’s own words, and whose quotes really stand in the answer. The others become unsure.',
            figure: replies.grounded,
            unit: 'share',
          },
          {
            label: 'Notes in its own words',
            says: 'Parts not met on which its own note was fit to show; elsewhere the authored hint stands in, also where the guard held back a note that tells too much.',
            figure: replies.ownNotes,
            unit: 'share',
          },
          ...(repeats === null
            ? []
            : [
                {
                  label: 'Changes its mind',
                  says: `Asked the same again (${repeats.runs} times), how often two verdicts on the same thing differ.`,
                  figure: repeats.flipRate,
                  unit: 'share' as const,
                  aside: `ever, in ${repeats.runs} times: ${sayFigure(repeats.everFlipped, 'share')}`,
                },
              ]),
        ],
      })}
      ${repeats === null && html`<p class="says">Whether it says the same when asked again was not tried: <code>--runs 3</code> does.</p>`}`,
  };
}

const kinds = { human: 'a person', model: 'a language model', author: 'an author of the answers' } as const;

/** What the figures rest on, for whoever wants to check them. */
export function methodSection(report: CalibrationReport): Section {
  const { counts, bootstrap, run, points, ratings } = report;
  const ungraded = counts.ungradedReasons.map(({ reason, n }) => `${n} ${reason}`).join(', ');
  const sentences = [
    `${counts.answers} answers: ${counts.graded + counts.provisional} graded (${counts.provisional} with a doubt left open), ${counts.returned} sent back unread, ${counts.ungraded} ungraded${ungraded === '' ? '' : ` (${ungraded})`}. Only graded ones enter the figures.`,
    ...(counts.returnedWithPoints > 0
      ? [`Of those sent back, ${counts.returnedWithPoints} had points from the raters.`]
      : []),
    ...(counts.tiedVerdicts + counts.unratedVerdicts + counts.tiedMisconceptions > 0
      ? [
          `Left out: ${counts.tiedVerdicts} verdicts and ${counts.tiedMisconceptions} misconceptions on which the raters tied, ${counts.unratedVerdicts} verdicts nobody rated.`,
        ]
      : []),
    `Lines are ${Math.round(100 * bootstrap.level)} % intervals: the answers were drawn again ${bootstrap.resamples.toLocaleString('en-US')} times, variants of one answer together (seed ${bootstrap.seed}), or exact ones where that shows nothing.`,
    `Bias in standard deviations: ${sayFigure(points.standardizedMeanDifference, 'number')}${points.standardizedMeanDifference.status === 'value' ? ` (${sayInterval(points.standardizedMeanDifference.interval, 'number')})` : ''}.`,
    ...(run === null
      ? []
      : [
          `Run ${run.id}, from ${minute(run.startedAt)} to ${minute(run.finishedAt)}, content ${run.contentHash.slice(0, 12)}.`,
        ]),
  ];
  return {
    id: 'method',
    title: 'What this rests on',
    body: html`${sentences.map((sentence): Html => html`<p>${sentence}</p>`)}
      <p>Who rated:</p>
      <ul>
        ${ratings.raters.map(
          ({ who, kind, answers: rated }) => html`<li>${who}: ${kinds[kind]}, ${rated} answers</li>`,
        )}
      </ul>
      ${glossary()}
      <p>Viva’s manual, docs/calibration.md, says of each figure when it lies and where it comes from.</p>`,
  };
}

function minute(iso: string): string {
  return `${iso.slice(0, 16).replace('T', ' ')} UTC`;
}
