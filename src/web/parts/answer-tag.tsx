import type { JSX } from 'hono/jsx/jsx-runtime';
import type { AnswerMark } from '../../tutor/read-answers.ts';
import { strings } from '../strings.ts';
import { Icon, type IconName } from './icon.tsx';

const iconOf = {
  new: 'new',
  'under-way': 'under-way',
  complete: 'complete',
  revealed: 'revealed',
  read: 'revealed',
  drilled: 'revealed',
} satisfies Record<AnswerMark, IconName>;

/** How its reader stands with a question, as a picture with its word beside it, or heard only where room is short. */
export function AnswerTag({ mark, worded }: { mark: AnswerMark; worded: boolean }): JSX.Element {
  const word = strings.answers.mark[mark];
  return (
    <span class={`tag tag-plain answer-tag answer-${mark}`}>
      <Icon name={iconOf[mark]} /> {worded ? word : <span class="unseen">{word}: </span>}
    </span>
  );
}
