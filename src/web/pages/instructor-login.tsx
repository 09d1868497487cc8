import type { Page } from '../render.tsx';
import { href, routes } from '../routes.ts';

const OWN_FIELDS = new Set(['next', 'token']);

/**
 * Asks for the token. `next` is where one wanted to go; `kept` are the fields of a form that was sent there after the pass had ended, which
 * go along with the token and are lost otherwise.
 */
export function loginPage(args: { next: string; kept: ReadonlyMap<string, string>; problem: string | null }): Page {
  const { next, kept, problem } = args;
  return {
    title: 'For instructors',
    course: null,
    section: 'other',
    body: (
      <div class="page">
        <h1>For instructors</h1>
        <p class="lead">Verdicts to settle, and what calibration runs say about the judge.</p>
        <form method="post" action={href(routes.instructorLogin, {})}>
          <input type="hidden" name="next" value={next} />
          {[...kept].map(([name, value]) => (
            <input type="hidden" name={name} value={value} />
          ))}
          <label class="field-label" for="token">
            Instructor token
          </label>
          <p class="help" id="token-help">
            The server showed it at its first start and keeps it in the file instructor-token of its data folder.
          </p>
          {kept.size > 0 && (
            <p class="notice" role="status">
              Your pass had ended. What you sent is kept on this page and goes through when you come in again.
            </p>
          )}
          {problem !== null && (
            <div class="problems" role="alert" id="token-problem">
              <p>{problem}</p>
            </div>
          )}
          <input
            id="token"
            name="token"
            type="password"
            autocomplete="current-password"
            required
            aria-describedby={problem === null ? 'token-help' : 'token-help token-problem'}
            {...(problem === null ? {} : { 'aria-invalid': 'true' })}
          />
          <p>
            <button type="submit" class="primary">
              Come in
            </button>
          </p>
        </form>
      </div>
    ),
  };
}

/** The fields of the login's form that are not its own. */
export function keptOf(form: ReadonlyMap<string, string>): Map<string, string> {
  return new Map([...form].filter(([name]) => !OWN_FIELDS.has(name)));
}
