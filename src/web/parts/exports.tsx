import type { JSX } from 'hono/jsx/jsx-runtime';
import type { FlashcardCount } from '../../tutor/collect-flashcards.ts';
import { href, routes } from '../routes.ts';
import { strings } from '../strings.ts';

/** `flashcards`: undefined where the course keeps its answers closed. */
export type CourseShown = { id: string; title: string; flashcards: FlashcardCount | undefined };

/** What a learner can take away, a file each. */
export function Exports({ courses }: { courses: CourseShown[] }): JSX.Element {
  const { yours } = strings.memory;
  return (
    <>
      <h2 id="take">{yours.take}</h2>
      <ul class="choices" aria-labelledby="take">
        <li class="choice">
          <h3>
            <a href={href(routes.exportJson, {})} download>
              {yours.json}
            </a>
          </h3>
          <p class="help">{yours.jsonHelp}</p>
        </li>
        <li class="choice">
          <h3>
            <a href={href(routes.exportCsv, {})} download>
              {yours.csv}
            </a>
          </h3>
          <p class="help">{yours.csvHelp}</p>
        </li>
        {courses.map((course) => (
          <li class="choice">
            <h3>
              <a href={href(routes.flashcards, { course: course.id })} download>
                {courses.length === 1 ? yours.anki : yours.ankiOf(course.title)}
              </a>
            </h3>
            <p class="help">{yours.ankiHelp}</p>
            {course.flashcards !== undefined && <AllFlashcards courseId={course.id} count={course.flashcards} />}
          </li>
        ))}
      </ul>
    </>
  );
}

/** The way to those not seen yet leads past a page that says what it costs. */
function AllFlashcards({ courseId, count: { all, unseen } }: { courseId: string; count: FlashcardCount }): JSX.Element {
  const { yours } = strings.memory;
  if (unseen === 0) return <p class="help flashcards-all">{yours.ankiAllSeen(all)}</p>;
  return (
    <p class="help flashcards-all">
      <a href={href(routes.flashcardsAll, { course: courseId })}>{yours.ankiAll(all)}</a> {yours.ankiAllHelp}
    </p>
  );
}
