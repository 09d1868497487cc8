import type { JSX } from 'hono/jsx/jsx-runtime';
import type { AttemptView, PredictionView } from '../../tutor/learner-view.ts';
import { renderInline } from '../markdown.ts';
import { strings } from '../strings.ts';
import { Icon } from './icon.tsx';

/** What the learner thought beside what the judge says, part by part. */
export function Forecast({ view, prediction }: { view: AttemptView; prediction: PredictionView }): JSX.Element {
  const ticked = new Set(prediction.covered);
  const decided = view.verdicts.filter(({ verdict }) => verdict === 'met' || verdict === 'missed');
  const right = decided.filter(({ ordinal, verdict }) => ticked.has(ordinal) === (verdict === 'met')).length;
  return (
    <section class="column forecast" aria-labelledby="forecast-title">
      <h2 id="forecast-title">{strings.forecast.title}</h2>
      <details>
        <summary>
          {decided.length > 0 && strings.forecast.hits({ right, all: decided.length })}{' '}
          {strings.forecast.sure(Math.round(prediction.sure * 100))}
        </summary>
        <ul class="plain-list">
          {view.verdicts.map(({ ordinal, asks, verdict }) => (
            <li>
              <p>
                <span class="note-name">{ordinal}</span> {renderInline(asks)}{' '}
                <span class="forecast-says">
                  {strings.forecast.says[ticked.has(ordinal) ? 'ticked' : 'unticked'][verdict]}
                </span>
              </p>
              <p class="forecast-yours">
                <span class="label">{strings.forecast.yours}</span>{' '}
                <span class="tag">
                  <Icon name={ticked.has(ordinal) ? 'met' : 'missed'} />{' '}
                  {ticked.has(ordinal) ? strings.forecast.ticked : strings.forecast.unticked}
                </span>
              </p>
              <p class="forecast-judges">
                <span class="label">{strings.forecast.judges}</span>{' '}
                <span class={`tag tag-${verdict}`}>
                  <Icon name={verdict} /> {strings.verdict[verdict]}
                </span>
              </p>
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
}
