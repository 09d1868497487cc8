import type { JSX } from 'hono/jsx/jsx-runtime';
import type { Note } from '../margin-notes.ts';
import { renderInline } from '../markdown.ts';
import { strings } from '../strings.ts';
import { Icon } from './icon.tsx';
import { noteId, SettledBy } from './marked-answer.tsx';

/**
 * What is still open, put as the questions it answers, each with the hint that is due: the margin of the next try. `above` are
 * the names of notes that the page shows further up, which keep their anchor there.
 */
export function HintsDue({ notes, above }: { notes: Note[]; above: readonly string[] }): JSX.Element {
  if (notes.length === 0) return <></>;
  return (
    <section class="hints-due questions" aria-labelledby="hints-title">
      <h3 id="hints-title">{strings.revise.hints}</h3>
      <OpenParts notes={notes} above={above} />
    </section>
  );
}

export function OpenParts({ notes, above }: { notes: Note[]; above: readonly string[] }): JSX.Element {
  return (
    <ul>
      {notes.map((note) => (
        <OpenPart note={note} anchored={!above.includes(note.name)} />
      ))}
    </ul>
  );
}

function OpenPart({ note, anchored }: { note: Note; anchored: boolean }): JSX.Element {
  const { name, kind, word, worth, asks, text } = note;
  return (
    <li class={`question question-${kind}`} data-note={name} {...(anchored ? { id: noteId(name), tabindex: -1 } : {})}>
      {asks !== '' && (
        <p class="question-asks">
          <span class="note-name">{name}</span> {renderInline(asks)}
        </p>
      )}
      {text !== '' && (
        <p class="question-hint">
          {asks === '' && <span class="note-name">{name}</span>} {renderInline(text)}
        </p>
      )}
      <p class="label">
        <Icon name={kind} /> {word}
        {worth !== null && `, ${worth}`}
      </p>
      <SettledBy note={note} />
    </li>
  );
}
