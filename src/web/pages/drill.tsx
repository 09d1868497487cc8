import type { JSX } from 'hono/jsx/jsx-runtime';
import type { DrillView, MistakeRecord } from '../../tutor/drill-record.ts';
import type { DetectionKind } from '../../tutor/trial-view.ts';
import { renderInline } from '../markdown.ts';
import { Icon } from '../parts/icon.tsx';
import type { Page } from '../render.tsx';
import { href, routes } from '../routes.ts';
import { strings } from '../strings.ts';
import { trialHref } from '../trial-href.ts';

/** Mistakes listed before the rest is folded away. */
const MISTAKES_SHOWN = 6;

/** Answers of a kind from which on their share is given; before, counts say more. */
const FEWEST_FOR_SHARE = 5;

/** What the drill is, where its questions come from, and how its learner has done so far. `from`: a chapter, '' all of them, null where that was not said. */
export function drillPage(args: { view: DrillView; from: string | null; nothing: boolean }): Page {
  const { view, nothing } = args;
  const asked = args.from ?? view.lately;
  const from = view.chapters.some(({ id }) => id === asked) ? asked : null;
  return {
    title: strings.spot.title,
    course: view.course,
    section: 'spot',
    body: (
      <div class="page drill">
        <header class="page-head">
          <h1>{strings.spot.title}</h1>
          <p class="lead">{strings.spot.about}</p>
          <p class="notice">
            <Icon name="revealed" /> {strings.spot.notice}
          </p>
        </header>
        {nothing || view.chapters.length === 0 ? (
          <p role="status">{strings.spot.nothing}</p>
        ) : (
          <StartForm view={view} from={from} />
        )}
        {view.open !== null && (
          <p class="open-turn">
            {strings.spot.open} <a href={trialHref({ trialId: view.open.trialId, from })}>{view.open.title}</a>
          </p>
        )}
        {view.others.length > 0 && (
          <p class="label">
            {strings.spot.others}{' '}
            {view.others.map(({ id, title }, index) => (
              <>
                {index > 0 && ' · '}
                <a href={href(routes.spot, { course: id })}>{title}</a>
              </>
            ))}
          </p>
        )}
        {view.turns > 0 && <Record view={view} />}
        {view.mistakes.length > 0 && <Mistakes mistakes={view.mistakes} from={from} />}
      </div>
    ),
  };
}

function StartForm({ view, from }: { view: DrillView; from: string | null }): JSX.Element {
  return (
    <form class="drill-start" method="post" action={href(routes.spot, { course: view.course.id })}>
      {view.chapters.length > 1 && (
        <>
          <label class="field-label" for="from">
            {strings.spot.from}
          </label>
          <select id="from" name="from">
            <option value="" selected={from === null}>
              {strings.spot.allChapters}
            </option>
            {view.chapters.map((chapter) => (
              <option value={chapter.id} selected={from === chapter.id}>
                {strings.spot.chapter(chapter)}
              </option>
            ))}
          </select>
        </>
      )}
      <button type="submit" class="primary">
        {strings.spot.start}
      </button>
    </form>
  );
}

function Record({ view }: { view: DrillView }): JSX.Element {
  const { sensitivity } = view;
  return (
    <section class="drill-record" aria-labelledby="record">
      <h2 id="record" tabindex={-1}>
        {strings.spot.record}
      </h2>
      <Counts view={view} />
      <Rates view={view} />
      {view.turnsMissing > 0 && <p class="aside">{strings.spot.missing(view.turnsMissing)}</p>}
      {sensitivity.status === 'value' && (
        <p class="d-prime">
          <strong>{strings.spot.sensitivity(sensitivity.value)}</strong> {strings.spot.sensitivityHelp}
        </p>
      )}
    </section>
  );
}

function Rates({ view: { hitRate, falseAlarmRate, tally } }: { view: DrillView }): JSX.Element {
  const [mistakes, rightOnes] = [tally.hits + tally.misses, tally.falseAlarms + tally.correctRejections];
  const { spot } = strings;
  return (
    <>
      {hitRate.status === 'value' && (
        <p>{mistakes < FEWEST_FOR_SHARE ? spot.hitCount(tally) : spot.hitRate(hitRate.value)}</p>
      )}
      {falseAlarmRate.status === 'value' && (
        <p>{rightOnes < FEWEST_FOR_SHARE ? spot.falseAlarmCount(tally) : spot.falseAlarmRate(falseAlarmRate.value)}</p>
      )}
    </>
  );
}

function Counts({ view }: { view: DrillView }): JSX.Element {
  const { hits, misses, falseAlarms, correctRejections } = view.tally;
  const rows = [
    { was: strings.spot.wasMistake, cells: [counted('hit', hits), counted('miss', misses)] },
    {
      was: strings.spot.wasNone,
      cells: [counted('false-alarm', falseAlarms), counted('correct-rejection', correctRejections)],
    },
  ];
  return (
    <table class="drill-counts">
      <caption class="unseen">{strings.spot.counts}</caption>
      <thead>
        <tr>
          <td></td>
          <th scope="col">{strings.spot.saidMistake}</th>
          <th scope="col">{strings.spot.saidRight}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ was, cells }) => (
          <tr>
            <th scope="row">{was}</th>
            {cells.map(({ kind, text }) => (
              <td class={`count-${kind}`}>
                <Icon name={kind === 'hit' || kind === 'correct-rejection' ? 'met' : 'wrong-turn'} /> {text}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function counted(kind: DetectionKind, count: number): { kind: DetectionKind; text: string } {
  return { kind, text: strings.spot.cell[kind](count) };
}

type MistakesProps = { mistakes: MistakeRecord[]; from: string | null };

function Mistakes({ mistakes, from }: MistakesProps): JSX.Element {
  const [shown, folded] = [mistakes.slice(0, MISTAKES_SHOWN), mistakes.slice(MISTAKES_SHOWN)];
  return (
    <section aria-labelledby="mistakes-met">
      <h2 id="mistakes-met">{strings.spot.mistakesMet}</h2>
      <p class="help">{strings.spot.mistakesHelp}</p>
      <MistakeList mistakes={shown} from={from} />
      {folded.length > 0 && (
        <details class="recap">
          <summary>{strings.spot.moreMistakes(folded.length)}</summary>
          <MistakeList mistakes={folded} from={from} />
        </details>
      )}
    </section>
  );
}

function MistakeList({ mistakes, from }: MistakesProps): JSX.Element {
  return (
    <ul class="plain-list mistakes-met">
      {mistakes.map(({ claim, item, trialId, ...counts }) => (
        <li>
          <p>{renderInline(claim)}</p>
          <p class="label">
            <Icon name={counts.named === counts.met ? 'met' : counts.named > 0 ? 'partial' : 'missed'} />{' '}
            {strings.spot.met(counts)} ·{' '}
            <a href={`${trialHref({ trialId, from })}#mistake`}>
              {strings.spot.explained}
              <span class="unseen">: {renderInline(claim)}</span>
            </a>{' '}
            · <a href={href(routes.item, { item: item.id })}>{item.title}</a>
          </p>
        </li>
      ))}
    </ul>
  );
}
