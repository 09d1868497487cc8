import type { JSX } from 'hono/jsx/jsx-runtime';
import type { AppealView, AttemptView } from '../../tutor/learner-view.ts';
import { sortNotes, type Note } from '../margin-notes.ts';
import { renderInline } from '../markdown.ts';
import { href, routes } from '../routes.ts';
import { strings } from '../strings.ts';
import { Icon } from './icon.tsx';

/** What was sent and could not be taken; null where nothing was. */
export type ContestState = { verdict: string; reason: string; problem: string } | null;

/** The marks this learner contests and how each stands, and the form to contest another. */
export function Contest({ view, sent }: { view: AttemptView; sent: ContestState }): JSX.Element {
  const notes = allNotes(view);
  const contested = new Set(view.appeals.map(nameOf));
  const open = notes.filter(({ name, settled }) => !settled && !contested.has(name));
  return (
    <section class="column contest" aria-label={strings.contest.title} id="contest">
      {view.appeals.length > 0 && (
        <>
          <h2>{strings.contest.title}</h2>
          <ul class="plain-list appeals">
            {view.appeals.map((appeal) => (
              <Appeal appeal={appeal} note={notes.find(({ name }) => name === nameOf(appeal))} />
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
        <span class="note-name">{nameOf(appeal)}</span> {renderInline(note?.asks || note?.text || strings.wrongTurn)}
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

/** The name a verdict goes by on the page: 1, 2, 3 for parts, A, B, C for wrong turns. */
export function nameOf({ kind, ordinal }: Pick<AppealView, 'kind' | 'ordinal'>): string {
  return kind === 'criterion' ? String(ordinal) : turnName(ordinal);
}

function turnName(ordinal: number): string {
  return String.fromCharCode(64 + ordinal);
}

/** The verdict a page's name means; undefined where it is no name. */
export function verdictNamed(name: string): Pick<AppealView, 'kind' | 'ordinal'> | undefined {
  if (/^\d{1,2}$/.test(name)) return { kind: 'criterion', ordinal: Number(name) };
  return /^[A-Z]$/.test(name) ? { kind: 'misconception', ordinal: name.charCodeAt(0) - 64 } : undefined;
}

function allNotes(view: AttemptView): Note[] {
  const { margin, missing, doubtful } = sortNotes(view);
  const byName = new Map([...margin, ...missing, ...doubtful].map((note) => [note.name, note]));
  return [...byName.values()].sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
}
