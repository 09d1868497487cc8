import type { JSX } from 'hono/jsx/jsx-runtime';
import type { AttemptView, ItemView } from '../../tutor/learner-view.ts';
import { notesDue, sortNotes } from '../margin-notes.ts';
import { href, routes } from '../routes.ts';
import { strings } from '../strings.ts';
import { AnswerForm } from './answer-form.tsx';
import { HintsDue, OpenParts } from './hints-due.tsx';
import { Icon } from './icon.tsx';
import { OneSentence } from './one-sentence.tsx';

/** The form for the next try, with what is open in its margin; where a part is in doubt, one sentence comes first. */
export function NextTry(props: {
  view: AttemptView;
  item: ItemView;
  idempotencyKey: string;
  predicts: boolean;
}): JSX.Element {
  const { view, item, idempotencyKey, predicts } = props;
  const complete = view.points !== null && view.points.low === view.points.max;
  if (complete || view.status === 'ungraded') return <></>;
  const { margin, doubtful } = sortNotes(view);
  const above = margin.map(({ name }) => name);
  const due = item.due === null ? [] : notesDue(item.due);
  const form = (
    <AnswerForm
      item={view.item}
      asks={item.asks}
      title={strings.form.again}
      form={{
        answer: view.answer,
        option: view.option?.picked ?? null,
        prediction: { covered: [], sure: null },
        idempotencyKey,
        visit: '',
        whyLeftOut: false,
        problems: [],
        previewed: false,
      }}
      standing={item.standing}
      judge={item.judge}
      submitLabel={strings.form.submitAgain}
      newest={view.id}
      predicts={predicts}
    />
  );
  if (view.status !== 'provisional') {
    return (
      <div class="try">
        <HintsDue notes={due} above={above} />
        {form}
      </div>
    );
  }
  return (
    <div class="try">
      <HintsDue notes={due.filter(({ kind }) => kind !== 'unsure')} above={above} />
      <div class="try-forms">
        <OneSentence view={view} doubtful={doubtful} above={above} judge={item.judge} idempotencyKey={idempotencyKey} />
        <details class="rewrite">
          <summary>{strings.revise.whole}</summary>
          {form}
        </details>
      </div>
    </div>
  );
}

/** An earlier attempt is there to be read; going on happens from the newest. */
export function Superseded({ view, newest }: { view: AttemptView; newest: string }): JSX.Element {
  const { missing, doubtful } = sortNotes(view);
  return (
    <div class="column">
      {missing.length + doubtful.length > 0 && (
        <section class="questions" aria-labelledby="missing-title">
          <h3 id="missing-title">{strings.attempt.missing}</h3>
          <OpenParts notes={[...missing, ...doubtful]} above={sortNotes(view).margin.map(({ name }) => name)} />
        </section>
      )}
      <p class="notice">
        <Icon name="next" />{' '}
        <span>
          {strings.revise.newer} <a href={href(routes.attempt, { attempt: newest })}>{strings.revise.newerLink}</a>
        </span>
      </p>
    </div>
  );
}

/** Where tries count, the offer says first what it ends; where they are used up, it is what to do next. */
export function RevealOffer({ view, item }: { view: AttemptView; item: ItemView }): JSX.Element {
  const due = item.standing === 'practice';
  const warns = item.standing === 'counted';
  return (
    <form class="reveal-offer" method="post" action={href(routes.reveal, { attempt: view.id })}>
      <button type="submit" {...(due ? { class: 'primary' } : {})}>
        {strings.attempt.reveal}
      </button>{' '}
      {(warns || due) && <span class="help">{warns ? strings.attempt.revealHelp : strings.attempt.revealDue}</span>}
    </form>
  );
}
