import type { JSX } from 'hono/jsx/jsx-runtime';
import type { PageCourse } from '../parts/layout.tsx';
import type { Page } from '../render.tsx';
import { href, routes } from '../routes.ts';
import { strings } from '../strings.ts';

/** A form that was sent in vain: where to, and all it held. */
export type KeptForm = { action: string; fields: ReadonlyMap<string, string> };

/** A page that only says why there is no other. `kept` is the form the visitor sent, handed back so that it is not lost. */
export function messagePage(args: {
  title: string;
  text: string;
  course: PageCourse;
  kept: KeptForm | null;
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
        {kept !== null && <SendAgain kept={kept} />}
        <p>
          <a href={href(routes.home, {})}>{strings.error.home}</a>
        </p>
      </div>
    ),
  };
}

/** The same form once more, its longest text to be read, copied or sent again; the same key makes the same attempt. */
function SendAgain({ kept }: { kept: KeptForm }): JSX.Element {
  const [longest, ...others] = [...kept.fields].sort(([, a], [, b]) => b.length - a.length);
  if (longest === undefined) return <></>;
  const [name, text] = longest;
  return (
    <form class="answer-form" method="post" enctype="multipart/form-data" action={kept.action}>
      <label class="field-label" for="kept">
        {strings.error.kept}
      </label>
      <p class="help" id="kept-help">
        {strings.error.keptHelp}
      </p>
      <textarea id="kept" name={name} rows={9} aria-describedby="kept-help">{`\n${text}`}</textarea>
      {others.map(([field, value]) => (
        <input type="hidden" name={field} value={value} />
      ))}
      <p class="form-foot">
        <button type="submit" class="primary">
          {strings.error.again}
        </button>
      </p>
    </form>
  );
}
