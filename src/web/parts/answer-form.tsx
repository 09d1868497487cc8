import type { JSX } from 'hono/jsx/jsx-runtime';
import type { JudgeCard, Standing } from '../../tutor/learner-view.ts';
import type { FormProblem, FormState } from '../form-state.ts';
import { renderInline, renderWritten } from '../markdown.ts';
import { href, routes } from '../routes.ts';
import { strings } from '../strings.ts';
import { Icon } from './icon.tsx';
import { PredictFirst } from './predict-first.tsx';

export type AnswerFormProps = {
  item: { id: string; kind: 'free-response' | 'choice'; options: { number: number; text: string }[] };
  asks: string[];
  title: string;
  form: FormState;
  standing: Standing;
  judge: JudgeCard;
  submitLabel: string;
  /** Said under the title: what the field opens with. */
  lead?: JSX.Element;
  /** The id of the newest attempt; null before the first. */
  newest: string | null;
  /** Whether the form asks which parts the learner thinks they covered. */
  predicts: boolean;
};

/** The form an answer is handed in by; plain HTML, sent as multipart so that no alphabet takes more room than another. */
export function AnswerForm(props: AnswerFormProps): JSX.Element {
  const { item, form } = props;
  const choice = item.kind === 'choice';
  return (
    <form
      id="answer-form"
      class="answer-form"
      method="post"
      enctype="multipart/form-data"
      action={href(routes.submit, { item: item.id })}
      aria-labelledby="answer-title"
      {...draftOf({ draft: item.id, itemId: item.id, newest: props.newest })}
    >
      {/* The Enter key presses the first button of a form, wherever it is typed: that must not be one of the small ones below. */}
      <button type="submit" class="unseen" tabindex={-1} aria-hidden="true"></button>
      <h2 id="answer-title">{props.title}</h2>
      {strings.form.standing[props.standing] !== '' && <p class="aside">{strings.form.standing[props.standing]}</p>}
      {props.lead}
      <Problems problems={form.problems} whyLeftOut={form.whyLeftOut} />
      <input type="hidden" name="key" value={form.idempotencyKey} />
      {form.visit !== '' && <input type="hidden" name="visit" value={form.visit} />}
      {choice && <Options options={item.options} picked={form.option} />}
      <div class={choice ? 'second-tier' : 'only-tier'}>
        <label class={choice ? 'field-label' : 'unseen'} for="answer">
          {choice ? strings.form.why : strings.form.label}
        </label>
        <p id="answer-help" class="help">
          {choice ? strings.form.whyHelp : strings.form.help}
        </p>
        <AnswerField id="answer" name="answer" rows={9} text={form.answer} problems={form.problems} />
        <Preview previewed={form.previewed} text={form.answer} action={href(routes.draft, { item: item.id })} />
        <PredictFirst
          asks={props.asks}
          prediction={form.prediction}
          asked={props.predicts ? (props.newest === null ? 'openly' : 'quietly') : 'no'}
          action={href(routes.draft, { item: item.id })}
        />
        <Reader judge={props.judge} />
        <FormFoot label={props.submitLabel} />
      </div>
    </form>
  );
}

/** What the script needs to keep a draft and to say what became of it. `draft` names the place the text is kept under. */
export function draftOf(args: { draft: string; itemId: string; newest: string | null }): Record<string, string> {
  const { draft, itemId, newest } = args;
  return {
    ...(newest === null ? {} : { 'data-newest': href(routes.attempt, { attempt: newest }) }),
    'data-draft': draft,
    'data-item': itemId,
    'data-sending': strings.form.sending,
    'data-unsent-offline': strings.form.unsent.offline,
    'data-unsent-silent': strings.form.unsent.silent,
    'data-unsent-broken': strings.form.unsent.broken,
    'data-online': strings.form.online,
  };
}

/** A text field with its draft notice; what is wrong with it is tied to it. */
export function AnswerField(args: {
  id: string;
  name: string;
  rows: number;
  text: string;
  problems: FormProblem[];
}): JSX.Element {
  const { id, name, rows, text, problems } = args;
  const wrong = problems.some(({ field }) => field === 'answer');
  return (
    <>
      <textarea
        id={id}
        name={name}
        rows={rows}
        autocomplete="off"
        aria-describedby={[`${id}-help`, ...(wrong ? ['answer-problem'] : [])].join(' ')}
        {...(wrong ? { 'aria-invalid': 'true' } : {})}
      >
        {/* A browser drops the first line break of a textarea. */ `\n${text}`}
      </textarea>
      <p class="draft" data-draft-notice hidden>
        {strings.form.draft}{' '}
        <button type="button" class="link" data-draft-discard>
          {strings.form.discard}
        </button>
      </p>
      <p class="draft" data-elsewhere hidden>
        {strings.form.elsewhere} <a href="">{strings.form.elsewhereLink}</a>
      </p>
    </>
  );
}

/** How formulas and code read: live where scripts run, by a button where they do not. */
function Preview({ previewed, text, action }: { previewed: boolean; text: string; action: string }): JSX.Element {
  return (
    <>
      <section
        class="preview"
        aria-labelledby="preview-title"
        data-preview={href(routes.preview, {})}
        {...(previewed ? {} : { hidden: true })}
      >
        <h3 id="preview-title">{strings.form.preview}</h3>
        <div class="prose" data-preview-text>
          {previewed && renderWritten(text)}
        </div>
        <p class="help">{strings.form.previewHelp}</p>
      </section>
      <noscript>
        <p class="help">
          <button type="submit" class="link" name="then" value="preview" formaction={action} formnovalidate>
            {strings.form.previewButton}
          </button>
        </p>
      </noscript>
    </>
  );
}

export function Reader({ judge }: { judge: JudgeCard }): JSX.Element {
  return (
    <p class="help reader">
      <strong>{strings.item.reader}:</strong> {strings.judgeWillRead(judge)}
    </p>
  );
}

export function FormFoot({ label }: { label: string }): JSX.Element {
  return (
    <>
      <div class="problems" role="alert" data-unsent hidden></div>
      <p class="form-foot">
        <button type="submit" class="primary">
          {label}
        </button>
        <span class="help shortcut" data-needs-script hidden>
          {strings.form.shortcut}
        </span>
        <span
          class="help word-count"
          data-word-count
          data-one={strings.form.words.one}
          data-many={strings.form.words.many}
          data-room={strings.form.room}
        ></span>
      </p>
    </>
  );
}

/** `whyLeftOut`: of a choice, that its learner has said it goes without a why; said once, it is not asked again. */
export function Problems({
  problems,
  whyLeftOut = false,
}: {
  problems: FormProblem[];
  whyLeftOut?: boolean;
}): JSX.Element {
  if (problems.length === 0) return <></>;
  return (
    <div class="problems" role="alert">
      <p>
        <Icon name="alert" /> <strong>{strings.form.problems}</strong>
      </p>
      <ul>
        {problems.map(({ field, message }) => (
          <li {...(field === 'answer' ? { id: 'answer-problem' } : {})}>{message}</li>
        ))}
      </ul>
      {/* Here, so that it goes wherever a script shows what is wrong. */}
      {(whyLeftOut || problems.some(({ field }) => field === 'why')) && (
        <label class="left-out">
          <input type="checkbox" name="alone" value="yes" checked={whyLeftOut} /> {strings.form.whyLeftOut}
        </label>
      )}
    </div>
  );
}

function Options({
  options,
  picked,
}: {
  options: { number: number; text: string }[];
  picked: number | null;
}): JSX.Element {
  return (
    <fieldset class="options">
      <legend class="field-label">{strings.form.options}</legend>
      {options.map(({ number, text }) => (
        <label class="option">
          <input type="radio" name="option" value={String(number)} checked={picked === number} required />
          <span>{renderInline(text)}</span>
        </label>
      ))}
      <p class="help pick-first">{strings.form.optionsFirst}</p>
    </fieldset>
  );
}
