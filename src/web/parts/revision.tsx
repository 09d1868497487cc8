import type { JSX } from 'hono/jsx/jsx-runtime';
import type { AttemptView, RevisionView } from '../../tutor/learner-view.ts';
import { renderInline } from '../markdown.ts';
import { href, routes } from '../routes.ts';
import { strings } from '../strings.ts';
import { Icon } from './icon.tsx';

/** What changed since the try before: points, verdicts, and the words themselves. */
export function Revision({ view, revision }: { view: AttemptView; revision: RevisionView }): JSX.Element {
  const earned = round((view.points?.low ?? 0) - revision.since.points.low);
  const asks = new Map(view.verdicts.map(({ ordinal, asks }) => [ordinal, asks]));
  const changed = revision.verdicts.filter(({ before, after }) => before !== after);
  return (
    <section class="column revision" aria-labelledby="revision-title">
      <h2 id="revision-title">{strings.revise.change}</h2>
      <p class={earned > 0 ? 'earned' : 'earned-none'}>
        {strings.revise.earned(earned)} {changed.length === 0 && strings.revise.none}{' '}
        <a href={href(routes.attempt, { attempt: revision.since.id })}>{strings.revise.before}</a>
      </p>
      {changed.length > 0 && (
        <ul class="plain-list became">
          {changed.map(({ ordinal, before, after }) => (
            <li>
              <p>
                <span class="note-name">{ordinal}</span> {renderInline(asks.get(ordinal) ?? '')}
              </p>
              <p class="label">
                <span class={`tag tag-${before}`}>
                  <Icon name={before} /> {strings.verdict[before]}
                </span>{' '}
                <Icon name="next" /> <span class="unseen">{strings.revise.became}</span>{' '}
                <span class={`tag tag-${after}`}>
                  <Icon name={after} /> {strings.verdict[after]}
                </span>
              </p>
            </li>
          ))}
        </ul>
      )}
      <ChangedWords words={revision.words} />
    </section>
  );
}

function ChangedWords({ words }: Pick<RevisionView, 'words'>): JSX.Element {
  if (words === null) return <p class="aside">{strings.revise.anew}</p>;
  if (words.every(({ change }) => change === 'kept')) return <p class="aside">{strings.revise.same}</p>;
  return (
    <details class="changed-words">
      <summary>{strings.revise.words}</summary>
      <div class="answer-text">
        {words.map(({ change, text }) => {
          switch (change) {
            case 'kept':
              return text;
            case 'added':
              return (
                <ins>
                  <span class="unseen">[{strings.revise.added}: </span>
                  {text}
                  <span class="unseen">]</span>
                </ins>
              );
            case 'removed':
              return (
                <del>
                  <span class="unseen">[{strings.revise.removed}: </span>
                  {text}
                  <span class="unseen">]</span>
                </del>
              );
            default:
              return change satisfies never;
          }
        })}
      </div>
    </details>
  );
}

/** Points are decimals of at most three places; their difference has the noise of binary fractions. */
function round(points: number): number {
  return Math.round(points * 1000) / 1000;
}
