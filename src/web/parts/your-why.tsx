import type { JSX } from 'hono/jsx/jsx-runtime';
import { segmentAnswer } from '../../core/segment-answer.ts';
import type { TrialView, WhyView } from '../../tutor/trial-view.ts';
import { href, routes } from '../routes.ts';
import { strings } from '../strings.ts';
import { trialHref, withQuery } from '../trial-href.ts';
import { Icon } from './icon.tsx';
import { WHY_STEP } from './turn-steps.tsx';

/** Milliseconds between two looks at a reason that is being read. */
const LOOK_AGAIN = '2s';

type Props = { view: TrialView; why: WhyView; holds: boolean; from: string | null };

/** The learner's reason and what became of it. While it is being read the section looks again by itself. */
export function YourWhy({ view, why, holds, from }: Props): JSX.Element {
  const waiting = why.status === 'waiting';
  const polling = waiting
    ? {
        'hx-get': trialHref({ trialId: view.id, from }),
        'hx-trigger': `load delay:${LOOK_AGAIN}`,
        'hx-select': '#why-state',
        'hx-target': '#why-state',
        'hx-swap': 'outerHTML',
        'hx-select-oob': `#${WHY_STEP}`,
      }
    : {};
  return (
    <section aria-labelledby="why">
      <h3 id="why" tabindex={-1}>
        {strings.spot.yourWhy}
      </h3>
      <div role="status">
        <div id="why-state" {...polling}>
          <MarkedWhy why={why} />
          <Verdict view={view} why={why} holds={holds} from={from} />
        </div>
      </div>
    </section>
  );
}

function Verdict({ view, why, holds, from }: Props): JSX.Element {
  const judged = why.judge !== null && <span class="help">{strings.judgeDidRead(why.judge)}</span>;
  switch (why.status) {
    case 'waiting':
      return (
        <p class="waiting-line">
          <span class="pulse" aria-hidden="true"></span> {strings.spot.whyWaiting}{' '}
          <a href={`${trialHref({ trialId: view.id, from })}#why`}>{strings.spot.check}</a>
        </p>
      );
    case 'met':
      return (
        <p class="why-verdict tag-met">
          <Icon name="met" /> <strong>{strings.spot.whyMet}</strong> {judged}
        </p>
      );
    case 'missed':
      return (
        <p class="why-verdict tag-missed">
          <Icon name="missed" /> <strong>{strings.spot.whyMissed}</strong> {judged}
        </p>
      );
    case 'touched':
      return (
        <p class="why-verdict tag-unsure">
          <Icon name="unsure" /> {strings.spot.whyTouched} {judged}
        </p>
      );
    case 'undecided':
      return (
        <p class="why-verdict tag-unsure">
          <Icon name="unsure" /> {strings.spot.whyUndecided}
        </p>
      );
    case 'aside':
      return <p class="aside">{holds ? strings.spot.whyAside : strings.spot.whyAsideRight}</p>;
    case 'returned':
    case 'ungraded':
      return <Unread view={view} why={why} from={from} />;
    default:
      return why.status satisfies never;
  }
}

function Unread({ view, why, from }: Omit<Props, 'holds'>): JSX.Element {
  switch (why.reason) {
    case null:
      return <></>;
    case 'empty':
    case 'repeats-prompt':
    case 'copies-reference':
      return <p class="why-verdict">{strings.returned[why.reason]}</p>;
    default:
      return (
        <>
          <p class="why-verdict">
            <Icon name="alert" /> {strings.ungraded(why.reason)} {strings.spot.whyKept}
          </p>
          <form method="post" action={withQuery(href(routes.trialWhy, { trial: view.id }), { from })}>
            <button type="submit">{strings.spot.whyAgain}</button>
          </form>
        </>
      );
  }
}

/** The reason with the words that go to the point marked in it. */
function MarkedWhy({ why }: { why: WhyView }): JSX.Element {
  const highlights = why.evidence.map(({ start, end }) => ({ note: 'why', start, end }));
  return (
    <blockquote class="your-why">
      {segmentAnswer({ answer: why.text, highlights }).map(({ text, notes }) =>
        notes.length > 0 ? <mark class={`mark mark-${why.status === 'met' ? 'met' : 'partial'}`}>{text}</mark> : text,
      )}
    </blockquote>
  );
}
