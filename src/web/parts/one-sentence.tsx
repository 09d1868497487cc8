import type { JSX } from 'hono/jsx/jsx-runtime';
import type { AttemptView, JudgeCard } from '../../tutor/learner-view.ts';
import type { Note } from '../margin-notes.ts';
import { renderInline } from '../markdown.ts';
import { href, routes } from '../routes.ts';
import { strings } from '../strings.ts';
import { AnswerField, draftOf, FormFoot, Reader } from './answer-form.tsx';
import { OpenParts } from './hints-due.tsx';

/**
 * A grade in doubt asks for the doubtful part in one more sentence. The form carries the answer as it is and adds what is
 * written here, so that nobody has to look for the place.
 */
export function OneSentence(props: {
  view: AttemptView;
  doubtful: Note[];
  /** Names of notes whose anchor is further up. */
  above: readonly string[];
  judge: JudgeCard;
  idempotencyKey: string;
}): JSX.Element {
  const { view, doubtful, above } = props;
  const next = view.feedback?.next ?? '';
  return (
    <form
      id="more-form"
      class="answer-form one-sentence"
      method="post"
      enctype="multipart/form-data"
      action={href(routes.submit, { item: view.item.id })}
      aria-labelledby="more-title"
      {...draftOf({ draft: `${view.item.id} more`, itemId: view.item.id, newest: view.id })}
    >
      <h2 id="more-title">{strings.revise.oneMore}</h2>
      {doubtful.length === 0 ? (
        <p>{renderInline(next)}</p>
      ) : (
        <div class="questions">
          <OpenParts notes={doubtful} above={above} />
        </div>
      )}
      <input type="hidden" name="key" value={props.idempotencyKey} />
      <input type="hidden" name="answer" value={view.answer} />
      {view.option !== null && <input type="hidden" name="option" value={String(view.option.picked)} />}
      <label class="unseen" for="more">
        {strings.revise.oneMore}
      </label>
      <p id="more-help" class="help">
        {strings.revise.oneMoreHelp}
      </p>
      <AnswerField id="more" name="more" rows={3} text="" problems={[]} />
      <Reader judge={props.judge} />
      <FormFoot label={strings.revise.oneMoreSubmit} />
    </form>
  );
}
