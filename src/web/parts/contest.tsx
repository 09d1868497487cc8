import type { JSX } from 'hono/jsx/jsx-runtime';
import type { AppealView, AttemptView } from '../../tutor/learner-view.ts';
import { allNotes, noteName, type Note } from '../margin-notes.ts';
import { renderInline } from '../markdown.ts';
import { href, routes } from '../routes.ts';
import { strings } from '../strings.ts';
import { Icon } from './icon.tsx';

/** What was sent and could not be taken; null where nothing was. */
export type ContestState = { verdict: string; reason: string; problem: string } | null;

/** The marks that no person has settled or been asked to look at. */
export function openToContest(view: AttemptView): Note[] {
  const contested = new Set(view.appeals.map(noteName));
  return allNotes(view).filter(({ name, settled }) => !settled && !contested.has(name));
}

/** The marks this learner contests and how each stands, and the form to contest another. */
export function Contest({ view, sent }: { view: AttemptView; sent: ContestState }): JSX.Element {
  const notes = allNotes(view);
  const open = openToContest(view);
  return (
    <section class="column contest" aria-label={strings.contest.title} id="contest">
      {view.appeals.length > 0 && (
        <>
          <h2>{strings.contest.title}</h2>
          <ul class="plain-list appeals">
            {view.appeals.map((appeal) => (
              <Appeal appeal={appeal} note={notes.find(({ name }) => name === noteName(appeal))} />
            ))}
          </ul>
        </>
      )}
      {open.length > 0 && (
        <details {...(sent === null ? {} : { open: true })}>
          <summary>{strings.contest.summary}</summary>
          <ContestForm view={view} notes={open} sent={sent} />
        </details>
      )}
    </section>
  );
}

function Appeal({ appeal, note }: { appeal: AppealView; note: Note | undefined }): JSX.Element {
  const at = appeal.settledAt ?? appeal.createdAt;
  return (
    <li class={`appeal appeal-${appeal.status}`}>
      <p>
        <span class="note-name">{noteName(appeal)}</span> {renderInline(note?.asks || note?.text || strings.wrongTurn)}
      </p>
      <p class="appeal-status">
        <strong>{strings.contest.status[appeal.status]}</strong>{' '}
        <time class="label" datetime={at}>
          {strings.time(at)}
        </time>
      </p>
      {note?.settled && (
        <p>
          <span class={`tag tag-${note.kind}`}>
            <Icon name={note.kind} /> {note.word}
          </span>{' '}
          {note.settled.why}
        </p>
      )}
      <p class="aside">
        {strings.contest.you}: {appeal.reason}
      </p>
    </li>
  );
}

function ContestForm(props: { view: AttemptView; notes: Note[]; sent: ContestState }): JSX.Element {
  const { view, notes, sent } = props;
  return (
    <form class="contest-form" method="post" action={href(routes.contest, { attempt: view.id })}>
      <p class="help">{strings.contest.help}</p>
      {sent !== null && (
        <div class="problems" role="alert">
          <p>
            <Icon name="alert" /> <strong>{strings.contest.problem}</strong> {sent.problem}
          </p>
        </div>
      )}
      <fieldset class="options">
        <legend class="field-label">{strings.contest.which}</legend>
        {notes.map(({ name, kind, word, asks, text }) => (
          <label class="option">
            <input type="radio" name="verdict" value={name} checked={sent?.verdict === name} required />
            <span>
              <span class="note-name">{name}</span> {renderInline(asks || text || strings.wrongTurn)}{' '}
              <span class={`tag tag-${kind}`}>
                <Icon name={kind} /> {word}
              </span>
            </span>
          </label>
        ))}
      </fieldset>
      <label class="field-label" for="reason">
        {strings.contest.reason}
      </label>
      <textarea id="reason" name="reason" rows={4} required maxlength={2000} autocomplete="off">
        {`\n${sent?.reason ?? ''}`}
      </textarea>
      <p class="form-foot">
        <button type="submit">{strings.contest.submit}</button>
      </p>
    </form>
  );
}

/** The verdict a page's name means; undefined where it is no name. */
export function verdictNamed(name: string): Pick<AppealView, 'kind' | 'ordinal'> | undefined {
  if (/^\d{1,2}$/.test(name)) return { kind: 'criterion', ordinal: Number(name) };
  return /^[A-Z]$/.test(name) ? { kind: 'misconception', ordinal: name.charCodeAt(0) - 64 } : undefined;
}
