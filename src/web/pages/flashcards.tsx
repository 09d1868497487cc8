import type { FlashcardCount } from '../../tutor/collect-flashcards.ts';
import { Icon } from '../parts/icon.tsx';
import type { Page } from '../render.tsx';
import { href, routes } from '../routes.ts';
import { strings } from '../strings.ts';

/** Asks before every answer of a course counts as seen; once all do, says so and gives the file. `done` where it was just said yes. */
export function flashcardsPage({ course, all, unseen, done }: FlashcardCount & { done: boolean }): Page {
  const { flashcards, yours } = strings.memory;
  const file = href(routes.flashcards, { course: course.id });
  return {
    title: flashcards.title(all),
    course,
    section: 'other',
    body: (
      <div class="page message">
        <header class="page-head">
          <p class="eyebrow">
            <a href={`${href(routes.yours, {})}#take`}>
              <Icon name="back" /> {yours.back}
            </a>
          </p>
          <h1>{flashcards.title(all)}</h1>
          {unseen === 0 ? (
            <p class="notice" role="status">
              <Icon name="revealed" /> {flashcards.allSeen(all)} {done && flashcards.done}
            </p>
          ) : (
            <p class="lead">
              {flashcards.seenSoFar({ all, unseen })} {flashcards.cost}
            </p>
          )}
        </header>
        {unseen === 0 ? (
          <p class="turn-foot">
            <a class="button primary" href={file} download>
              {flashcards.again(all)}
            </a>
          </p>
        ) : (
          <form class="turn-foot" method="post" action={file}>
            <button type="submit" class="primary">
              {flashcards.download(all)}
            </button>
            <a href={`${href(routes.yours, {})}#take`}>{flashcards.back}</a>
          </form>
        )}
      </div>
    ),
  };
}
