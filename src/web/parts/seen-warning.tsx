import type { JSX } from 'hono/jsx/jsx-runtime';
import type { AnswersView } from '../../tutor/read-answers.ts';
import { strings } from '../strings.ts';
import { Icon } from './icon.tsx';

/** What opening an answer costs; where nothing can be opened, what is listed. */
export function SeenWarning({ course }: { course: AnswersView['course'] }): JSX.Element {
  if (course.answers === 'after-reveal') return <p class="aside">{strings.answers.afterReveal}</p>;
  return (
    <p class="notice">
      <Icon name="revealed" /> {strings.answers.warning}
    </p>
  );
}
