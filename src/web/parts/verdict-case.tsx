import type { JSX } from 'hono/jsx/jsx-runtime';
import type { AnswerReview, VerdictReview } from '../../tutor/review-view.ts';
import { renderInline, renderWritten } from '../markdown.ts';
import { kindOf, nameOf } from '../review-notes.ts';
import { strings } from '../strings.ts';
import { Icon } from './icon.tsx';

const words = strings.review;

/** One verdict as whoever settles it must see it: what the rubric asks, what the judge said and why, what the learner says. */
export function VerdictCase({ answer, verdict }: { answer: AnswerReview; verdict: VerdictReview }): JSX.Element {
  const { settled, appeal } = verdict;
  const name = nameOf(answer, verdict);
  return (
    <section class="column case" aria-labelledby="case-title">
      <h2 id="case-title">{verdict.kind === 'criterion' ? words.part(name) : words.turn(name)}</h2>
      {answer.rubricChanged && (
        <p class="notice">
          <Icon name="alert" /> <span>{words.rubricChanged}</span>
        </p>
      )}
      {settled !== null && (
        <div class="notice">
          <Icon name="pen" />{' '}
          <p>
            {words.settledBefore({
              by: settled.by,
              word: words.verdict[settled.verdict],
              when: strings.time(settled.at),
            })}{' '}
            {settled.note !== '' && (
              <>
                {words.noteBefore} <q>{settled.note}</q>
              </>
            )}
          </p>
        </div>
      )}
      {verdict.kind === 'criterion' && <p class="case-asks">{renderInline(verdict.text)}</p>}
      <Asked verdict={verdict} />
      {appeal !== null && (
        <>
          <h3>{words.learner}</h3>
          <blockquote class="case-reason">{renderWritten(appeal.reason)}</blockquote>
        </>
      )}
      <JudgeSaid answer={answer} verdict={verdict} />
    </section>
  );
}

function Asked({ verdict }: { verdict: VerdictReview }): JSX.Element {
  const { kind, text, expects, partial, points, caps } = verdict;
  return (
    <dl class="case-asked">
      {kind === 'criterion' ? (
        <>
          <dt>{words.met}</dt>
          <dd>{renderInline(expects)}</dd>
          {partial !== null && (
            <>
              <dt>{words.half}</dt>
              <dd>{renderInline(partial)}</dd>
            </>
          )}
          {points !== null && (
            <>
              <dt>{words.worth}</dt>
              <dd>{words.points(points)}</dd>
            </>
          )}
        </>
      ) : (
        <>
          <dt>{words.claims}</dt>
          <dd>{renderInline(text)}</dd>
          <dt>{words.refutes}</dt>
          <dd>
            {renderInline(expects)} {caps !== null && words.caps(caps)}
          </dd>
        </>
      )}
    </dl>
  );
}

function JudgeSaid({
  answer,
  verdict: { kind, judged },
}: {
  answer: AnswerReview;
  verdict: VerdictReview;
}): JSX.Element {
  return (
    <>
      <h3>{words.judge}</h3>
      <p>
        <VerdictTag verdict={judged.verdict} />{' '}
        <span class="label">
          {words.sure(judged.confidence)} · {words.by(answer.judgedBy)}
        </span>
      </p>
      {judged.barred !== null && <p>{words.barred[judged.barred]}</p>}
      {(judged.reasoning !== '' || kind === 'criterion') && (
        <p class="case-reasoning">{judged.reasoning === '' ? words.noReasoning : renderInline(judged.reasoning)}</p>
      )}
    </>
  );
}

/** A verdict as icon and word. */
export function VerdictTag({ verdict }: { verdict: VerdictReview['judged']['verdict'] }): JSX.Element {
  const kind = kindOf(verdict);
  return (
    <span class={`tag tag-${kind}`}>
      <Icon name={kind} /> {words.judged[verdict]}
    </span>
  );
}
