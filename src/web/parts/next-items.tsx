import type { JSX } from 'hono/jsx/jsx-runtime';
import { href, routes } from '../routes.ts';
import { strings } from '../strings.ts';

/** Questions worth doing after this one; nothing where the author named none that the bank has. */
export function NextItems({ items }: { items: readonly { id: string; title: string }[] }): JSX.Element | null {
  if (items.length === 0) return null;
  return (
    <>
      <h3>{strings.item.next}</h3>
      <ul class="plain-list">
        {items.map(({ id, title }) => (
          <li>
            <a href={href(routes.item, { item: id })}>{title}</a>
          </li>
        ))}
      </ul>
    </>
  );
}
