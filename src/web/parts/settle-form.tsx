import type { JSX } from 'hono/jsx/jsx-runtime';
import type { AnswerReview, VerdictReview } from '../../tutor/review-view.ts';
import { renderInline } from '../markdown.ts';
import { nameOf } from '../review-notes.ts';
import { href, routes } from '../routes.ts';
import { strings } from '../strings.ts';
import { Icon } from './icon.tsx';
import { VerdictTag } from './verdict-case.tsx';

const words = strings.review;

/** What stands in the form: who is at it, or what was sent and could not be taken. */
export type SettleState = { fields: ReadonlyMap<string, string>; problem: string | null };

/** The field that holds the person's verdict on another part of the same answer. */
export function otherField({ kind, target }: Pick<VerdictReview, 'kind' | 'target'>): string {
  return `other ${kind} ${target}`;
}

export function reviewHref({ attempt }: AnswerReview, of: Pick<VerdictReview, 'kind' | 'target'>): string {
  return href(routes.instructorReview, { attempt, kind: of.kind, target: of.target });
}

/** The person's verdict, their note, and the offer to add the answer to an eval set. Works without scripts. */
export function SettleForm(props: { answer: AnswerReview; verdict: VerdictReview; state: SettleState }): JSX.Element {
  const { answer, verdict, state } = props;
  const field = (name: string): string => state.fields.get(name) ?? '';
  return (
    <form class="column settle-form" method="post" action={`${reviewHref(answer, verdict)}#settle`} id="settle">
      {state.problem !== null && (
        <div class="problems" role="alert">
          <p>
            <Icon name="alert" /> <strong>{words.problem}</strong> {state.problem}
          </p>
        </div>
      )}
      <fieldset class="options">
        <legend class="field-label">{words.yours}</legend>
        {verdict.choices.map((choice) => (
          <label class="option">
            <input type="radio" name="verdict" value={choice} checked={field('verdict') === choice} required />
            <span>{words.verdict[choice]}</span>
          </label>
        ))}
      </fieldset>
      <label class="field-label" for="note">
        {words.note}
      </label>
      <p class="help" id="note-help">
        {words.noteHelp}
      </p>
      <textarea id="note" name="note" rows={3} maxlength={2000} aria-describedby="note-help" autocomplete="off">
        {`\n${field('note')}`}
      </textarea>
      <label class="field-label" for="name">
        {words.name}
      </label>
      <p class="help" id="name-help">
        {words.nameHelp}
      </p>
      <input
        id="name"
        name="name"
        type="text"
        value={field('name')}
        required
        maxlength={100}
        autocomplete="name"
        aria-describedby="name-help"
      />
      {answer.evalSets.length === 0 ? (
        <p class="help">{words.join.none}</p>
      ) : (
        <JoinFields answer={answer} verdict={verdict} field={field} />
      )}
      <p class="form-foot">
        <button type="submit" class="primary">
          {words.submit}
        </button>
      </p>
    </form>
  );
}

function JoinFields(props: {
  answer: AnswerReview;
  verdict: VerdictReview;
  field: (name: string) => string;
}): JSX.Element {
  const { answer, verdict, field } = props;
  const others = answer.verdicts.filter((other) => other !== verdict);
  const [firstSet = ''] = answer.evalSets;
  return (
    <details class="join" {...(field('join') === '' ? {} : { open: true })}>
      <summary>{words.join.summary}</summary>
      <p class="help">{words.join.help}</p>
      <p class="notice">
        <Icon name="alert" /> <span>{words.join.privacy}</span>
      </p>
      <label class="join-tick">
        <input type="checkbox" name="join" value="yes" checked={field('join') !== ''} /> <span>{words.join.tick}</span>
      </label>
      {answer.evalSets.length === 1 ? (
        <>
          <input type="hidden" name="set" value={firstSet} />
          <p class="label">
            {words.join.set}: {firstSet}
          </p>
        </>
      ) : (
        <p>
          <label class="field-label" for="set">
            {words.join.set}
          </label>
          <select id="set" name="set">
            {answer.evalSets.map((set) => (
              <option value={set} selected={field('set') === set}>
                {set}
              </option>
            ))}
          </select>
        </p>
      )}
      <fieldset class="picks">
        <legend class="field-label">{words.join.split}</legend>
        {(['dev', 'test'] as const).map((split) => (
          <label class="pick">
            <input type="radio" name="split" value={split} checked={(field('split') || 'dev') === split} />{' '}
            <span>{words.join.splits[split]}</span>
          </label>
        ))}
      </fieldset>
      {others.length > 0 && <p class="field-label">{words.join.others}</p>}
      {others.map((other) => (
        <OtherVerdict answer={answer} other={other} field={field} />
      ))}
    </details>
  );
}

/** Nothing is ticked beforehand but what this person settled before: a rating that only nods at the judge's measures nothing. */
function OtherVerdict(props: {
  answer: AnswerReview;
  other: VerdictReview;
  field: (name: string) => string;
}): JSX.Element {
  const { answer, other, field } = props;
  const { settled, judged } = other;
  const name = nameOf(answer, other);
  const mine = settled !== null && settled.by === field('name').trim() ? settled.verdict : '';
  const picked = field(otherField(other)) || mine;
  return (
    <fieldset class="picks other">
      <legend>
        <span class="note-name">{name}</span> {renderInline(other.text)}
      </legend>
      <p class="help">{renderInline(other.expects)}</p>
      <p class="label">
        {settled === null ? (
          <>
            {words.judge}: <VerdictTag verdict={judged.verdict} />
          </>
        ) : (
          words.join.personSaid({ by: settled.by, word: words.verdict[settled.verdict] })
        )}
      </p>
      {other.choices.map((choice) => (
        <label class="pick">
          <input type="radio" name={otherField(other)} value={choice} checked={picked === choice} />{' '}
          <span>{words.verdict[choice]}</span>
        </label>
      ))}
    </fieldset>
  );
}
