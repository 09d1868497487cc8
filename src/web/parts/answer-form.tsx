import type { JSX } from 'hono/jsx/jsx-runtime';
import type { JudgeCard, Standing } from '../../tutor/learner-view.ts';
import { renderInline } from '../markdown.ts';
import { href, routes } from '../routes.ts';
import { strings } from '../strings.ts';
import { Icon } from './icon.tsx';

export type FormProblem = { field: string; message: string };

export type AnswerFormProps = {
  item: { id: string; kind: 'free-response' | 'choice'; options: { number: number; text: string }[] };
  title: string;
  /** What stands in the field to begin with. */
  answer: string;
  option: number | null;
  standing: Standing;
  judge: JudgeCard;
  submitLabel: string;
  /** Said right above the field; empty where there is nothing to say. */
  advice: string;
  /** The same key twice makes one attempt. */
  idempotencyKey: string;
  problems: FormProblem[];
};

/** The form an answer is handed in by; plain HTML, sent as multipart so that no alphabet takes more room than another. */
export function AnswerForm(props: AnswerFormProps): JSX.Element {
  const { item, answer, problems } = props;
  const choice = item.kind === 'choice';
  const described = ['answer-help', ...(problems.some(({ field }) => field === 'answer') ? ['answer-problem'] : [])];
  return (
    <form
      id="answer-form"
      class="answer-form"
      method="post"
      enctype="multipart/form-data"
      action={href(routes.submit, { item: item.id })}
      data-draft={item.id}
      data-sending={strings.form.sending}
      aria-labelledby="answer-title"
    >
      <h2 id="answer-title">{props.title}</h2>
      {strings.form.standing[props.standing] !== '' && <p class="aside">{strings.form.standing[props.standing]}</p>}
      <Problems problems={problems} />
      <input type="hidden" name="key" value={props.idempotencyKey} />
      {choice && <Options options={item.options} picked={props.option} />}
      <label class="field-label" for="answer">
        {choice ? strings.form.why : strings.form.label}
      </label>
      <p id="answer-help" class="help">
        {choice ? strings.form.whyHelp : strings.form.help}
      </p>
      {props.advice !== '' && <p class="next-step">{props.advice}</p>}
      <textarea
        id="answer"
        name="answer"
        rows={9}
        autocomplete="off"
        aria-describedby={described.join(' ')}
        {...(problems.some(({ field }) => field === 'answer') ? { 'aria-invalid': 'true' } : {})}
      >
        {/* A browser drops the first line break of a textarea. */ `\n${answer}`}
      </textarea>
      <p class="draft" data-draft-notice hidden>
        {strings.form.draft}{' '}
        <button type="button" class="link" data-draft-discard>
          {strings.form.discard}
        </button>
      </p>
      <p class="help reader">
        <strong>{strings.item.reader}:</strong> {strings.judgeWillRead(props.judge)}
      </p>
      <p class="form-foot">
        <button type="submit" class="primary">
          {props.submitLabel}
        </button>
        <span class="help shortcut" data-needs-script hidden>
          {strings.form.shortcut}
        </span>
        <span
          class="help word-count"
          data-word-count
          data-one={strings.form.words.one}
          data-many={strings.form.words.many}
        ></span>
      </p>
    </form>
  );
}

function Problems({ problems }: { problems: FormProblem[] }): JSX.Element {
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
    </fieldset>
  );
}
