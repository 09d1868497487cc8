import type { PageCourse } from '../parts/layout.tsx';
import type { Page } from '../render.tsx';
import { href, routes } from '../routes.ts';
import { strings } from '../strings.ts';

/** A page that only says why there is no other. `kept` is text the visitor sent, handed back so that it is not lost. */
export function messagePage(args: {
  title: string;
  text: string;
  course: PageCourse;
  kept: string | null;
  correlationId: string | null;
}): Page {
  const { title, text, course, kept, correlationId } = args;
  return {
    title,
    course,
    section: 'other',
    body: (
      <div class="page message">
        <h1>{title}</h1>
        <p class="lead">{text}</p>
        {correlationId !== null && (
          <p>
            {strings.error.number} <code>{correlationId}</code>
          </p>
        )}
        {kept !== null && (
          <>
            <label class="field-label" for="kept">
              {strings.error.kept}
            </label>
            <p class="help" id="kept-help">
              {strings.error.keptHelp}
            </p>
            <textarea id="kept" rows={9} readonly aria-describedby="kept-help">{`\n${kept}`}</textarea>
          </>
        )}
        <p>
          <a href={href(routes.home, {})}>{strings.error.home}</a>
        </p>
      </div>
    ),
  };
}
