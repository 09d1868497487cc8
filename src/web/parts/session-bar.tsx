import type { JSX } from 'hono/jsx/jsx-runtime';
import type { SessionPlace } from '../../tutor/session.ts';
import { renderInline } from '../markdown.ts';
import { href, routes } from '../routes.ts';
import { strings } from '../strings.ts';
import { Icon } from './icon.tsx';
import type { PageSection } from './layout.tsx';

type SessionBarProps = {
  itemId: string;
  place: SessionPlace;
  /** `question`: before the answer, what is asked this time. `answer`: after the grade, when it comes back and what is next. */
  at: 'question' | 'answer';
};

/** Where a question stands in its session, and in memory; nothing where there is neither. What was sent back is still to be answered. */
export function SessionBar({ itemId, place, at }: SessionBarProps): JSX.Element | null {
  const { session, comesBack } = place;
  const calendar = at === 'answer' && comesBack !== null && !place.isDue;
  if (session === null && !calendar && (at === 'answer' || !asksAnew(place))) return null;
  return (
    <section class="session-bar column" aria-label={strings.memory.bar.label}>
      {session !== null && <Place itemId={itemId} session={session} at={at} />}
      {at === 'question' && <ThisTime place={place} />}
      {calendar && (
        <p class="help">
          <Icon name="due" /> {strings.memory.bar.back} <Day iso={comesBack} />.
        </p>
      )}
    </section>
  );
}

/** Which of the links at the top a question stands under: in a session, the one it was begun at. */
export function sectionOf({ session }: SessionPlace): PageSection {
  return session === null ? 'course' : 'practise';
}

/** A date without its hour: what comes back does so for the day. */
export function Day({ iso }: { iso: string }): JSX.Element {
  return (
    <time datetime={iso} data-day>
      {strings.memory.day(iso)}
    </time>
  );
}

function asksAnew({ isDue, thisTime }: SessionPlace): boolean {
  return isDue || thisTime.length > 0;
}

function Place(props: {
  itemId: string;
  session: NonNullable<SessionPlace['session']>;
  at: SessionBarProps['at'];
}): JSX.Element {
  const { itemId, session, at } = props;
  const { bar } = strings.memory;
  const answered = at === 'answer' && !session.sentBack;
  const onward = session.next === null ? bar.finish : bar.next;
  return (
    <form class="session-place" method="post" action={href(routes.moveOn, { session: session.id })}>
      <input type="hidden" name="item" value={itemId} />
      <p>
        <a href={href(routes.session, { session: session.id })}>{bar.place(session)}</a>
        <Steps session={session} />
      </p>
      <p class="session-ways">
        {answered ? (
          <button type="submit" class="primary">
            {onward} <Icon name="next" />
            {session.next !== null && <span class="next-title">{session.next.title}</span>}
          </button>
        ) : (
          <button type="submit" class="link">
            {session.next === null ? bar.end : bar.skip}
          </button>
        )}
        {session.next !== null && <a href={href(routes.session, { session: session.id })}>{bar.stop}</a>}
      </p>
    </form>
  );
}

/** The session as a row of dots; the words beside it say the same. */
function Steps({ session }: { session: NonNullable<SessionPlace['session']> }): JSX.Element {
  return (
    <span class="session-steps" aria-hidden="true">
      {Array.from({ length: session.total }, (_, index) => {
        const state = index + 1 < session.ordinal ? 'past' : index + 1 === session.ordinal ? 'here' : 'ahead';
        return <span class={`step step-${state}`}></span>;
      })}
    </span>
  );
}

/** What to mind when a question comes back: the missed parts as the questions they answer. */
function ThisTime({ place }: { place: SessionPlace }): JSX.Element | null {
  if (!asksAnew(place)) return null;
  const { bar } = strings.memory;
  return (
    <div class="this-time">
      <h2>
        {place.isDue && <Icon name="due" />} {place.thisTime.length > 0 ? bar.thisTime : bar.due}
      </h2>
      {place.thisTime.length > 0 && (
        <ul class="plain-list">
          {place.thisTime.map((asks) => (
            <li>{renderInline(asks)}</li>
          ))}
        </ul>
      )}
      <p class="help">{place.thisTime.length > 0 ? bar.thisTimeHelp : bar.dueHelp}</p>
    </div>
  );
}
