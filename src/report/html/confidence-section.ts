import type { CalibrationReport } from '../../calibration/report-schema.ts';
import { curvePlot } from './curve-plot.ts';
import { sayFigure, sayInterval, sayValue } from './figures.ts';
import { html, type Html } from './html.ts';
import { more, table, type Section } from './section.ts';

/** Whether the judge knows when it may be wrong, and what is gained by believing it only when it is sure. */
export function confidenceSection(report: CalibrationReport): Section {
  const { confidence, threshold } = report;
  const bins = confidence.bins.flatMap(({ n, meanConfidence, accuracy }) =>
    n > 0 && meanConfidence.status === 'value' && accuracy.status === 'value'
      ? [{ n, said: meanConfidence.value, right: accuracy.value }]
      : [],
  );
  const most = Math.max(1, ...bins.map(({ n }) => n));
  const curve = confidence.riskCoverage;
  const risks = Math.max(0.05, ...curve.map(({ risk }) => risk), threshold.targetRisk);
  const yMax = Math.min(1, Math.ceil(risks * 10) / 10 + 0.1);
  const chosen = threshold.fitted.status === 'value' ? threshold.reported : null;
  return {
    id: 'confidence',
    title: 'Does it know when it may be wrong?',
    body: html`<div class="pair">
        <figure>
          <figcaption>
            <b>What it says against how it is.</b> A dot is the verdicts of about one confidence; on the slanted line it
            would be exactly as often right as it says. Below the line it is too sure of itself.
          </figcaption>
          ${curvePlot({
            points: bins.map(({ n, said, right }) => ({ x: said, y: right, weight: n / most })),
            joined: 'line',
            xName: 'how sure it says it is, %',
            yName: 'how often it is right, %',
            yMax: 1,
            diagonal: true,
            told: reliabilityWords(bins),
          })}
          <p class="says">${reliabilityWords(bins)} ${ece(report)}</p>
        </figure>
        <figure>
          <figcaption>
            <b>What is gained by letting only sure verdicts stand.</b> From left to right more verdicts stand; the
            height is how many of those are wrong. A curve that rises means that its confidence is worth something.
          </figcaption>
          ${curvePlot({
            points: curve.map(({ coverage, risk }) => ({ x: coverage, y: risk })),
            joined: 'line',
            xName: 'verdicts that stand, %',
            yName: 'of those wrong, %',
            yMax,
            diagonal: false,
            level: threshold.targetRisk,
            ...(chosen?.coverage.status === 'value' &&
              chosen.risk.status === 'value' && { chosen: { x: chosen.coverage.value, y: chosen.risk.value } }),
            told: 'How many verdicts stand, against how many of those are wrong; the table below has the numbers.',
          })}
          <p class="says">${thresholdWords(report)}</p>
        </figure>
      </div>
      ${more(
        'The numbers behind both pictures',
        html`${table({
          caption: 'How sure it says it is, and how often it is right',
          head: ['says', 'verdicts', 'right'],
          rows: bins.map(({ n, said, right }) => [
            `${Math.round(100 * said)} % sure`,
            String(n),
            sayValue(right, 'share'),
          ]),
        })}
        ${table({
          caption: 'If only verdicts at least so sure stood',
          head: ['at least', 'stand', 'of those wrong'],
          rows: curve.map(({ threshold: least, coverage, risk }) => [
            `${Math.round(100 * least)} % sure`,
            sayValue(coverage, 'share'),
            sayValue(risk, 'share'),
          ]),
        })}`,
      )}`,
  };
}

function reliabilityWords(bins: readonly { n: number; said: number; right: number }[]): string {
  const largest = [...bins].sort((one, other) => other.n - one.n)[0];
  if (largest === undefined) return 'It decided nothing.';
  return `Mostly (${largest.n} verdicts) it says it is ${Math.round(100 * largest.said)} % sure, and is right ${sayValue(largest.right, 'share')} times.`;
}

function ece({ confidence }: CalibrationReport): string {
  const { expectedCalibrationError: error } = confidence;
  return error.status === 'value'
    ? `On average what it says lies ${Math.round(100 * error.value)} percentage points from how it is (expected calibration error).`
    : '';
}

function thresholdWords({ threshold }: CalibrationReport): Html {
  const { fitted, reported, targetRisk } = threshold;
  if (fitted.status === 'undefined')
    return html`No threshold: ${fitted.reason} The dashed line is the error allowed, ${sayValue(targetRisk, 'share')}.`;
  const interval = reported?.risk.status === 'value' ? ` (${sayInterval(reported.risk.interval, 'share')})` : '';
  return html`Fitted on dev so that surely at most ${sayValue(targetRisk, 'share')} of the verdicts that stand are wrong
    (the dashed line): those at least <b>${Math.round(100 * fitted.confidence)} % sure</b> stand. There,
    ${sayFigure(fitted.coverage, 'share')} stand and ${sayFigure(fitted.risk, 'share')} are wrong; on these answers,
    which it was not fitted to, ${reported && sayFigure(reported.coverage, 'share')} stand and
    ${reported && sayFigure(reported.risk, 'share')}${interval} are wrong: the ring.`;
}
