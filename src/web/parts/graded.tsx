import type { JSX } from 'hono/jsx/jsx-runtime';
import type { AttemptView } from '../../tutor/learner-view.ts';
import { allNotes, noteName, sortNotes } from '../margin-notes.ts';
import { renderInline } from '../markdown.ts';
import { strings } from '../strings.ts';
import { Icon } from './icon.tsx';
import { openToContest } from './contest.tsx';
import { MarkedAnswer, noteId } from './marked-answer.tsx';

/** A graded attempt: how it stands, and the marked-up answer. What is open is put by the form for the next try. */
export function Graded({ view }: { view: AttemptView }): JSX.Element {
  return (
    <>
      <Standing view={view} />
      <section aria-labelledby="marked-title">
        <h2 id="marked-title">{strings.attempt.marked}</h2>
        {view.option !== null && <Picked view={view} option={view.option} />}
        <MarkedAnswer answer={view.answer} notes={sortNotes(view).margin} />
      </section>
    </>
  );
}

function Standing({ view }: { view: AttemptView }): JSX.Element {
  const { points, feedback, judge } = view;
  const contested = new Set(view.appeals.filter(({ status }) => status === 'open').map(noteName));
  const standing = strings.attempt.standing[view.standing];
  return (
    <section class="standing column" aria-label={strings.attempt.status[view.status]}>
      <div class="score">
        {points !== null && (
          <p class="points">
            <span class="unseen">{strings.attempt.points}: </span>
            <span class="points-number">
              {points.low === points.high ? points.low : `${points.low} to ${points.high}`}
            </span>{' '}
            of {points.max}
          </p>
        )}
        <p class="label">
          {strings.attempt.status[view.status]} ·{' '}
          {standing === ''
            ? strings.attempt.tryNumber({ number: view.tryNumber, allowed: view.tries.allowed })
            : standing}
        </p>
      </div>
      <ul class="glance" aria-label={strings.attempt.verdicts}>
        {view.option?.correct != null && <ChoiceChip correct={view.option.correct} />}
        {allNotes(view).map(({ name, kind, word }) => (
          <li>
            <a class={`chip chip-${kind}`} href={`#${noteId(name)}`} data-note={name}>
              <span class="chip-name">{name}</span> <Icon name={kind} /> {word}
              {contested.has(name) && `, ${strings.contest.open}`}
            </a>
          </li>
        ))}
      </ul>
      {feedback !== null && (
        <div class="feedback">
          <p>{renderInline(feedback.summary)}</p>
          {feedback.next !== '' && (
            <p class="next-step">
              <span class="label">{strings.attempt.next}</span> {renderInline(feedback.next)}
            </p>
          )}
        </div>
      )}
      {judge !== null && (
        <p class="help judged-by">
          {strings.judgeDidRead(judge)}{' '}
          {openToContest(view).length > 0 && <a href="#contest">{strings.contest.sayIt}</a>}
        </p>
      )}
    </section>
  );
}

function ChoiceChip({ correct }: { correct: boolean }): JSX.Element {
  return (
    <li>
      <a class={`chip chip-${correct ? 'met' : 'not-it'}`} href="#picked">
        <span class="chip-name">{strings.attempt.choice}</span> <Icon name={correct ? 'met' : 'not-it'} />{' '}
        {correct ? strings.attempt.right : strings.attempt.wrong}
      </a>
    </li>
  );
}

function Picked({ view, option }: { view: AttemptView; option: NonNullable<AttemptView['option']> }): JSX.Element {
  const text = view.item.options.find(({ number }) => number === option.picked)?.text ?? '';
  return (
    <p class="picked" id="picked">
      <span class="label">{strings.attempt.picked}</span> {renderInline(text)}{' '}
      {option.correct !== null && (
        <span class={`tag ${option.correct ? 'tag-met' : 'tag-not-it'}`}>
          <Icon name={option.correct ? 'met' : 'not-it'} />{' '}
          {option.correct ? strings.attempt.right : strings.attempt.wrong},{' '}
          {strings.points({ low: option.points, high: option.points, max: option.max })}
        </span>
      )}
    </p>
  );
}
