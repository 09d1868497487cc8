import { Icon } from '../parts/icon.tsx';
import type { PageCourse } from '../parts/layout.tsx';
import type { Page } from '../render.tsx';
import { href, routes } from '../routes.ts';
import { strings } from '../strings.ts';

type CarryProps = {
  /** Answers this browser has of its own. */
  attempts: number;
  /** Why the code just sent was not taken. */
  problem: string | null;
  /** The code as it was typed, to be mended. */
  code: string;
  frame: PageCourse;
};

/** Takes a code from another device, after saying what happens to what is here. */
export function carryPage({ attempts, problem, code, frame }: CarryProps): Page {
  const { carry, yours } = strings.memory;
  return {
    title: carry.title,
    course: frame,
    section: 'other',
    body: (
      <div class="page">
        <header class="page-head">
          <p class="eyebrow">
            <a href={href(routes.yours, {})}>
              <Icon name="back" /> {yours.back}
            </a>
          </p>
          <h1>{carry.title}</h1>
          <p class="lead">{attempts === 0 ? carry.empty : carry.merge(attempts)}</p>
        </header>
        <form class="short-form" method="post" action={href(routes.carry, {})}>
          {problem !== null && (
            <div class="problems" role="alert">
              <p id="code-problem">
                <Icon name="alert" /> {problem}
              </p>
            </div>
          )}
          <label class="field-label" for="code">
            {carry.label}
          </label>
          <p class="help" id="code-help">
            {carry.help}
          </p>
          <p class="field-row">
            <input
              id="code"
              class="code"
              name="code"
              type="text"
              required
              value={code}
              maxlength={20}
              autocomplete="one-time-code"
              autocapitalize="characters"
              spellcheck={false}
              aria-describedby={problem === null ? 'code-help' : 'code-help code-problem'}
              {...(problem === null ? {} : { 'aria-invalid': 'true' })}
            />
            <button type="submit" class="primary">
              {carry.submit}
            </button>
          </p>
        </form>
      </div>
    ),
  };
}
