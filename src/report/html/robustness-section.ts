import { attackWords, formWords } from '../../calibration/kind-words.ts';
import type { RobustnessReport } from '../../calibration/report-findings.ts';
import type { CalibrationReport } from '../../calibration/report-schema.ts';
import { sayValue } from './figures.ts';
import { html, visible, type Html } from './html.ts';
import { centredAxis, intervalPlot, shareAxis, type IntervalRow } from './interval-plot.ts';
import { more, type Section } from './section.ts';

const SHOWN = 15;

/** Whether it can be fooled, what its caution costs the honest, and whether it grades style. */
export function robustnessSection({ robustness }: CalibrationReport): Section {
  const title = 'Can it be fooled, and is it fair to plain people?';
  if (robustness === null) {
    const body = html`<p>
      Nothing is known: no attacks and no rewordings were run. Name a robustness set in set.yaml, as docs/authoring.md
      shows.
    </p>`;
    return { id: 'robustness', title, body };
  }
  const { attacks, kinds, falseAlarms, style, ungraded } = robustness;
  return {
    id: 'robustness',
    title,
    body: html`${
        attacks.n > 0 &&
        html`<p class="says">
            An attack worked where it got more points than its ratings allow and more than the same judge gave the
            answer it is made from. The line reaches up to what may be true with so many independent attacks
            (${attacks.families}). ${ungraded > 0 && html`${ungraded} could not be graded and are left out.`}
          </p>
          ${intervalPlot({
            axis: shareAxis,
            rows: [
              {
                label: 'All attacks',
                says: shiftWords(robustness),
                figure: attacks.success,
                unit: 'share',
                aside: `${attacks.successes} of ${attacks.n}`,
              },
              ...kinds.map(({ kind, success, successes, n }) => ({
                label: attackWords[kind],
                figure: success,
                unit: 'share' as const,
                aside: `${successes} of ${n}`,
              })),
              {
                label: 'Graded too high, whatever the reason',
                says: 'Attacks with more points than they deserve, those included whose answer it overrates without the attack too.',
                figure: attacks.overrated,
                unit: 'share',
              },
            ],
          })}
          ${fallenList(robustness)}`
      }
      <h3>False alarms</h3>
      ${intervalPlot({
        axis: shareAxis,
        rows: [
          {
            label: 'Honest answers sent away empty-handed',
            says: 'Of the honest answers worth half of the points or more, those that got none or were not read.',
            figure: falseAlarms,
            unit: 'share',
          },
        ],
      })}
      ${
        style.groups > 0 &&
        html`<h3>Style</h3>
          <p class="says">
            The same answer worded otherwise must not lose points. Right of the middle the other wording loses against
            the plain one.
          </p>
          ${intervalPlot({
            axis: centredAxis({ rows: styleRows(style), unit: 'points', low: 'gained', high: 'lost' }),
            rows: styleRows(style),
          })}`
      }`,
  };
}

function styleRows(style: RobustnessReport['style']): IntervalRow[] {
  return [
    {
      label: 'All other wordings',
      figure: style.overall,
      unit: 'points',
      aside: `${style.groups} answers reworded`,
    },
    ...style.forms.map(({ form, n, gap }) => ({
      label: formWords[form],
      figure: gap,
      unit: 'points' as const,
      aside: `${n} answers`,
    })),
  ];
}

function shiftWords({ attacks }: RobustnessReport): string {
  const { meanShift } = attacks;
  return meanShift.status === 'value'
    ? `On average an attack moves an answer by ${sayValue(meanShift.value, 'points')} of its points.`
    : '';
}

function fallenList({ fallen }: RobustnessReport): Html | false {
  if (fallen.length === 0) return false;
  return more(
    `The attacks that worked, ${Math.min(SHOWN, fallen.length)} of ${fallen.length}`,
    html`<ol class="attacks">
      ${fallen.slice(0, SHOWN).map(
        ({ answer, kind, item, deserved, given, text }) =>
          html`<li>
            <p>
              <b>${attackWords[kind]}</b> on ${item} (${answer}): ${sayValue(given, 'points')} of the points, deserved
              ${sayValue(deserved, 'points')}
            </p>
            <blockquote>${visible(text)}</blockquote>
          </li>`,
      )}
    </ol>`,
  );
}
