import type { Child } from 'hono/jsx';
import type { JSX } from 'hono/jsx/jsx-runtime';
import type { AnswerEntry } from '../../tutor/read-answers.ts';
import { href, routes } from '../routes.ts';
import { strings } from '../strings.ts';
import { AnswerTag } from './answer-tag.tsx';

/** Where an answer stands with its reader, what kind of question it belongs to, and the links that follow. */
export function AnswerMeta({ entry, children }: { entry: AnswerEntry; children: Child }): JSX.Element {
  return (
    <p class="label answer-meta">
      <AnswerTag mark={entry.mark} worded />
      <span>
        {strings.kind[entry.kind]} · {entry.concept}
      </span>{' '}
      {children}
    </p>
  );
}

/** Back to the question an answer belongs to; its title is said to those who hear the page. */
export function ToQuestion({ item, text }: { item: AnswerEntry; text: string }): JSX.Element {
  return (
    <a href={href(routes.item, { item: item.id })}>
      {text} <span class="unseen">{item.title}</span>
    </a>
  );
}
