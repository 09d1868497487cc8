import { href, routes } from './routes.ts';

/** Every question of a page at once; no item is called so, for ids hold no star. */
export const ALL = '*';

/** The address of one page of a chapter: `open` names the item whose answer is unfolded, or all; `item` where to begin reading. */
export function chapterHref(args: {
  courseId: string;
  chapterId: string;
  page: number;
  open: string | null;
  item: string | null;
}): string {
  const { courseId, chapterId, page, open, item } = args;
  const query = new URLSearchParams({
    ...(page > 1 && (open === null || open === ALL) ? { page: String(page) } : {}),
    ...(open === null ? {} : { open }),
  }).toString();
  const path = href(routes.answersChapter, { course: courseId, chapter: chapterId });
  return `${path}${query === '' ? '' : `?${query}`}${item === null ? '' : `#${item}`}`;
}
