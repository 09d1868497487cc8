import type { JSX } from 'hono/jsx/jsx-runtime';
import type { ItemMemoryView } from '../../tutor/memory-view.ts';
import type { ProgressView } from '../../tutor/view-progress.ts';
import { href, routes } from '../routes.ts';
import { strings } from '../strings.ts';

/*
 * Chapters and their concepts, one square a question. On a phone its rows are set as blocks, for which browsers forget that it is
 * a table: so the roles are written out.
 */
export function MasteryMap({ chapters }: { chapters: ProgressView['chapters'] }): JSX.Element {
  const { progress } = strings.memory;
  return (
    <>
      <Legend />
      <table class="map" role="table">
        <caption class="unseen">{progress.mapCaption}</caption>
        <thead role="rowgroup">
          <tr role="row">
            <th role="columnheader" scope="col">
              {progress.columns.concept}
            </th>
            <th role="columnheader" scope="col">
              {progress.columns.questions}
            </th>
            <th role="columnheader" scope="col" class="map-figure">
              {progress.columns.shown}
            </th>
            <th role="columnheader" scope="col" class="map-figure">
              {progress.columns.due}
            </th>
          </tr>
        </thead>
        {chapters.map((chapter, index) => (
          <Chapter chapter={chapter} number={index + 1} />
        ))}
      </table>
    </>
  );
}

function Chapter({ chapter, number }: { chapter: ProgressView['chapters'][number]; number: number }): JSX.Element {
  return (
    <tbody role="rowgroup">
      <tr class="map-chapter" role="row">
        <th role="columnheader" scope="rowgroup" colspan={4}>
          <span class="map-title">
            <span class="chapter-number">{number}</span> {chapter.title}
          </span>{' '}
          <span class="label">{strings.memory.group(chapter.mastery)}</span>
        </th>
      </tr>
      {chapter.concepts.map(({ title, mastery, items }) => (
        <tr role="row">
          <th role="rowheader" scope="row">
            {title}
          </th>
          <td role="cell" class="tiles">
            {items.map((item) => (
              <Tile item={item} />
            ))}
          </td>
          <td role="cell" class="map-figure" data-label={strings.memory.progress.columns.shown}>
            {mastery.shown === null ? '–' : strings.memory.percent(mastery.shown)}{' '}
            <span class="label">
              {mastery.known}/{mastery.all}
            </span>
          </td>
          <td role="cell" class="map-figure" data-label={strings.memory.progress.columns.due}>
            {mastery.due === 0 ? '–' : mastery.due}
          </td>
        </tr>
      ))}
    </tbody>
  );
}

function Tile({ item }: { item: ItemMemoryView }): JSX.Element {
  const words = strings.memory.progress.tile(item);
  return (
    <a class={tileClass(item)} href={href(routes.item, { item: item.id })} title={words} aria-label={words}>
      <Fill shown={shareOf(item)} recall={item.recall ?? 0} />
    </a>
  );
}

/** Filled from the bottom: what was shown, and darker what is likely still there. */
function Fill({ shown, recall }: { shown: number; recall: number }): JSX.Element {
  const rect = (share: number): { y: string; height: string } => ({
    y: ((1 - share) * 20).toFixed(1),
    height: (share * 20).toFixed(1),
  });
  return (
    <svg viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      {shown > 0 && <rect class="fill-shown" width="20" {...rect(shown)} />}
      {shown > 0 && <rect class="fill-now" width="20" {...rect(shown * recall)} />}
    </svg>
  );
}

function Legend(): JSX.Element {
  const { level, progress } = strings.memory;
  const entries = [
    { words: level.new, mark: 'tile tile-new', shown: 0, recall: 0 },
    { words: level.unknown, mark: 'tile tile-unknown', shown: 0, recall: 0 },
    { words: progress.still, mark: 'tile tile-partly', shown: 0.7, recall: 0.75 },
    { words: level.firm, mark: 'tile tile-firm', shown: 1, recall: 0.96 },
    { words: progress.dueMark, mark: 'tile tile-partly is-due', shown: 0.7, recall: 0.5 },
  ];
  return (
    <ul class="plain-list legend" aria-label={progress.legend}>
      {entries.map(({ words, mark, shown, recall }) => (
        <li>
          <span class={mark}>
            <Fill shown={shown} recall={recall} />
          </span>{' '}
          {words}
        </li>
      ))}
    </ul>
  );
}

function tileClass({ level, isDue }: ItemMemoryView): string {
  return `tile tile-${level}${isDue ? ' is-due' : ''}`;
}

function shareOf({ points }: ItemMemoryView): number {
  return points === null ? 0 : points.low / points.max;
}
