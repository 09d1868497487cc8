import type { JSX } from 'hono/jsx/jsx-runtime';
import type { AnswerReview, OpenReviewView, VerdictReview } from '../../tutor/review-view.ts';
import { findVerdict } from '../../tutor/view-review.ts';
import { renderInline, renderMarkdown } from '../markdown.ts';
import { Icon } from '../parts/icon.tsx';
import { MarkedAnswer } from '../parts/marked-answer.tsx';
import { reviewHref, SettleForm, type SettleState } from '../parts/settle-form.tsx';
import { VerdictCase } from '../parts/verdict-case.tsx';
import type { Page } from '../render.tsx';
import { reviewNotes } from '../review-notes.ts';
import { href, routes } from '../routes.ts';
import { strings } from '../strings.ts';

const words = strings.review;

/** What waits, oldest first. `most` of them are shown; `done` says what was just settled. */
export function reviewListPage(args: { reviews: readonly OpenReviewView[]; most: number; done: string | null }): Page {
  const { reviews, most, done } = args;
  const shown = reviews.slice(0, most);
  const appeals = shown.filter(({ why }) => why === 'appeal').length;
  return {
    title: words.title,
    course: null,
    section: 'other',
    body: (
      <div class="page">
        <header class="page-head">
          <p class="eyebrow">
            <a href={href(routes.instructor, {})}>{words.back}</a>
          </p>
          <h1>{words.title}</h1>
          <p class="lead">{words.lead}</p>
          {done !== null && (
            <p class="notice" role="status">
              <Icon name="complete" /> <span>{done}</span>
            </p>
          )}
        </header>
        <p>
          {words.waiting({ abstentions: shown.length - appeals, appeals, more: reviews.length > most })}{' '}
          <span class="help">
            {words.terminal} <code>npx viva review</code>
          </span>
        </p>
        <ol class="plain-list reviews">
          {shown.map((review) => (
            <ReviewCard review={review} />
          ))}
        </ol>
      </div>
    ),
  };
}

function ReviewCard({ review }: { review: OpenReviewView }): JSX.Element {
  const verdict = findVerdict(review, review);
  return (
    <li>
      <p class="label">
        <strong>{words.why[review.why]}</strong> · {review.course.title} ·{' '}
        <time datetime={review.since}>{strings.time(review.since)}</time>
      </p>
      <h2>
        <a href={reviewHref(review, review)}>{review.item.title}</a>
      </h2>
      <p>{renderInline(verdict?.text ?? '')}</p>
      {verdict?.appeal && (
        <p class="aside">
          {words.learner}: {verdict.appeal.reason}
        </p>
      )}
    </li>
  );
}

/** One verdict to settle, with everything one needs to do so. `notice` says what was just done. */
export function reviewPage(args: {
  answer: AnswerReview;
  verdict: VerdictReview;
  state: SettleState;
  notice: string | null;
}): Page {
  const { answer, verdict, state, notice } = args;
  const { item } = answer;
  return {
    title: item.title,
    course: null,
    section: 'other',
    body: (
      <article class="page review">
        <header class="page-head">
          <p class="eyebrow">
            <a href={href(routes.instructorReviews, {})}>{words.short}</a> · {answer.course.title}
          </p>
          <h1>{item.title}</h1>
          <p class="lead">{words.whyLong[verdict.appeal === null ? 'abstention' : 'appeal']}</p>
          {notice !== null && (
            <p class="notice" role="status">
              <Icon name="complete" /> <span>{notice}</span>
            </p>
          )}
        </header>
        <section class="column" aria-labelledby="question-title">
          <h2 id="question-title">{words.question}</h2>
          <div class="prose prompt">{renderMarkdown(item.prompt)}</div>
          {item.options.length > 0 && (
            <ol>
              {item.options.map(({ text }) => (
                <li>{renderInline(text)}</li>
              ))}
            </ol>
          )}
          <details class="recap">
            <summary>{words.reference}</summary>
            <div class="prose">{renderMarkdown(item.reference)}</div>
          </details>
        </section>
        <section aria-labelledby="answer-title">
          <h2 id="answer-title">{words.answer}</h2>
          <Picked answer={answer} />
          {answer.answer.trim() === '' ? (
            <p class="answer-text blank">{words.blank}</p>
          ) : (
            <MarkedAnswer answer={answer.answer} notes={reviewNotes(answer)} />
          )}
        </section>
        <VerdictCase answer={answer} verdict={verdict} />
        <SettleForm answer={answer} verdict={verdict} state={state} />
      </article>
    ),
  };
}

function Picked({ answer }: { answer: AnswerReview }): JSX.Element {
  const option = answer.item.options.find(({ number }) => number === answer.option);
  if (option === undefined) return <></>;
  return (
    <p class="picked">
      <span class="label">{words.picked}</span> {renderInline(option.text)}{' '}
      <span class={`tag ${option.correct ? 'tag-met' : 'tag-not-it'}`}>
        <Icon name={option.correct ? 'met' : 'not-it'} /> {option.correct ? words.rightOption : words.wrongOption}
      </span>
    </p>
  );
}
