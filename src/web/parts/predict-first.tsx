import type { JSX } from 'hono/jsx/jsx-runtime';
import type { FormState } from '../form-state.ts';
import { renderInline } from '../markdown.ts';
import { strings } from '../strings.ts';

/** Steps in percent. Few enough for a thumb, and enough to see over time whether being surer means being righter. */
const SURE_STEPS = [0, 25, 50, 75, 100] as const;

/**
 * Before the verdict: which parts the learner thinks they covered, and how sure they are. May be left out, and may be switched
 * off and on by a button that sends the form as typed to `action`. `quietly` folds it away until it is wanted.
 */
export function PredictFirst(props: {
  asks: string[];
  prediction: FormState['prediction'];
  asked: 'openly' | 'quietly' | 'no';
  action: string;
}): JSX.Element {
  const { prediction, asked, action } = props;
  switch (asked) {
    case 'no':
      return (
        <p id="predict" class="help predict-off">
          {strings.predict.isOff} <Switch action={action} to="predict-on" label={strings.predict.on} />
        </p>
      );
    case 'quietly': {
      const begun = prediction.covered.length > 0 || prediction.sure !== null;
      return (
        <details id="predict" class="predict" {...(begun ? { open: true } : {})}>
          <summary>{strings.predict.title}</summary>
          <Questions {...props} />
        </details>
      );
    }
    case 'openly':
      return (
        <section id="predict" class="predict" aria-labelledby="predict-title">
          <h3 id="predict-title">{strings.predict.title}</h3>
          <Questions {...props} />
        </section>
      );
    default:
      return asked satisfies never;
  }
}

function Questions(props: { asks: string[]; prediction: FormState['prediction']; action: string }): JSX.Element {
  const { asks, prediction, action } = props;
  return (
    <>
      <p class="help">{strings.predict.help}</p>
      <fieldset class="predict-asks">
        <legend class="unseen">{strings.predict.covered}</legend>
        {asks.map((text, index) => (
          <label>
            <input
              type="checkbox"
              name={coveredField(index + 1)}
              value="1"
              checked={prediction.covered.includes(index + 1)}
            />
            <span>{renderInline(text)}</span>
          </label>
        ))}
      </fieldset>
      <fieldset class="predict-sure">
        <legend>{strings.predict.sure}</legend>
        <div class="steps">
          {SURE_STEPS.map((percent) => (
            <label>
              <input type="radio" name="sure" value={String(percent)} checked={prediction.sure === percent / 100} />
              <span>{strings.predict.sureOf(percent)}</span>
              {(percent === 0 || percent === 100) && <small>{strings.predict.sureAbout[percent]}</small>}
            </label>
          ))}
        </div>
      </fieldset>
      <p class="predict-foot">
        <Switch action={action} to="predict-off" label={strings.predict.off} />
      </p>
    </>
  );
}

/** Each box has a name of its own, so that a form read as plain fields keeps them all. */
export function coveredField(ordinal: number): string {
  return `covered-${ordinal}`;
}

function Switch({ action, to, label }: { action: string; to: string; label: string }): JSX.Element {
  return (
    <button type="submit" class="link" name="then" value={to} formaction={action} formnovalidate data-switch>
      {label}
    </button>
  );
}
