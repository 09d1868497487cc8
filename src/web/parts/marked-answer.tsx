import type { JSX } from 'hono/jsx/jsx-runtime';
import type { Child } from 'hono/jsx';
import type { Note } from '../margin-notes.ts';
import { renderInline } from '../markdown.ts';
import { segmentAnswer, type Segment } from '../../core/segment-answer.ts';
import { strings } from '../strings.ts';
import { Icon } from './icon.tsx';

/**
 * The learner's own words, marked up like a teacher's page: highlights in the text, a note in the margin for each. What
 * follows the answer (`children`) stands under it, beside whatever of the margin reaches further down.
 */
export function MarkedAnswer(args: { answer: string; notes: Note[]; children?: Child }): JSX.Element {
  const { answer, notes, children } = args;
  return (
    <div class="marked" data-marked>
      <AnswerText answer={answer} notes={notes} />
      {notes.length > 0 && (
        <section class="margin" aria-label={strings.attempt.notes}>
          <ul>
            {notes.map((note) => (
              <MarginNote note={note} />
            ))}
          </ul>
        </section>
      )}
      {children}
    </div>
  );
}

/** Plain text with its line breaks, never Markdown; highlighted where notes quote it. */
export function AnswerText({ answer, notes }: { answer: string; notes: Note[] }): JSX.Element {
  if (answer.trim() === '') return <p class="answer-text blank">{strings.attempt.blank}</p>;
  const byName = new Map(notes.map((note) => [note.name, note]));
  const highlights = notes.flatMap(({ name, evidence }) =>
    evidence.map(({ start, end }) => ({ note: name, start, end })),
  );
  return (
    <div class="answer-text">
      {segmentAnswer({ answer, highlights }).map((segment) => (
        <Stretch segment={segment} byName={byName} />
      ))}
    </div>
  );
}

function Stretch({ segment, byName }: { segment: Segment; byName: Map<string, Note> }): JSX.Element {
  const anchors = new Map(segment.begins.map(({ note, occurrence }) => [note, markId(note, occurrence)]));
  const marked = segment.notes.reduceRight<Child>((inner, name, depth) => {
    const id = anchors.get(name);
    return (
      <mark
        class={`mark mark-${byName.get(name)?.kind} depth-${depth}`}
        data-note={name}
        {...(id === undefined ? {} : { id })}
      >
        {inner}
      </mark>
    );
  }, segment.text);
  return (
    <>
      {marked}
      {segment.ends.map((name) => (
        <NoteReference note={byName.get(name)} />
      ))}
    </>
  );
}

function NoteReference({ note }: { note: Note | undefined }): JSX.Element {
  if (note === undefined) return <></>;
  return (
    <sup class={`ref ref-${note.kind}`}>
      <a
        href={`#${noteId(note.name)}`}
        data-note={note.name}
        aria-label={`${strings.attempt.toNote(note.name)}: ${note.word}`}
      >
        {note.name}
      </a>
    </sup>
  );
}

function MarginNote({ note }: { note: Note }): JSX.Element {
  return (
    <li id={noteId(note.name)} class={`note note-${note.kind}`} data-note={note.name} tabindex={-1}>
      <p class="note-head">
        <span class="note-name">{note.name}</span> <Icon name={note.kind} /> <strong>{note.word}</strong>{' '}
        {note.worth !== null && <span class="note-worth">{note.worth}</span>}
      </p>
      {note.asks !== '' && <p class="note-asks">{renderInline(note.asks)}</p>}
      {note.text !== '' && <p class="note-text">{renderInline(note.text)}</p>}
      <SettledBy note={note} />
      {note.evidence.length > 0 && (
        <a class="to-words" href={`#${markId(note.name, 1)}`} data-note={note.name}>
          <Icon name="up" /> <span class="unseen">{strings.attempt.toNote(note.name)}: </span>
          {strings.attempt.toWords}
          <span class="unseen"> “{note.evidence.map(({ quote }) => quote).join('” … “')}”</span>
        </a>
      )}
    </li>
  );
}

/** That a person's verdict stands here in the place of the judge's; nothing where none does. */
export function SettledBy({ note }: { note: Note }): JSX.Element {
  if (!note.settled) return <></>;
  return (
    <p class="settled">
      <strong>{strings.contest.settled}.</strong> {note.settled.judgeSaid} {note.settled.why}
    </p>
  );
}

export function noteId(name: string): string {
  return `note-${name}`;
}

function markId(name: string, occurrence: number): string {
  return `mark-${name}-${occurrence}`;
}
