import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { TutorDeps } from '../../tutor/deps.ts';
import { listCourses, viewCourse } from '../../tutor/view-course.ts';
import { viewItem } from '../../tutor/view-item.ts';
import type { Web, WebEnv } from '../caller.ts';
import { href, openApiPath, routes } from '../routes.ts';
import { apiNotFound, jsonReply, rejectInvalid } from './reply.ts';
import { ErrorReply, ItemListReply, ItemReply } from './schemas.ts';

const listItems = createRoute({
  method: 'get',
  path: openApiPath(routes.api.items),
  summary: 'All items of all courses, and where this learner stands on each',
  responses: { 200: jsonReply(ItemListReply, 'In the order of courses, chapters and files.') },
});

const getItem = createRoute({
  method: 'get',
  path: openApiPath(routes.api.item),
  summary: 'One item as a learner may see it before the reveal',
  request: { params: z.object({ item: z.string() }) },
  responses: { 200: jsonReply(ItemReply, 'The item.'), 404: jsonReply(ErrorReply, 'No such item.') },
});

export function itemsApi({ deps }: Web): OpenAPIHono<WebEnv> {
  const api = new OpenAPIHono<WebEnv>({ defaultHook: rejectInvalid });

  api.openapi(listItems, async (c) => c.json({ items: await cards(c.get('learnerId'), deps) }, 200));

  api.openapi(getItem, async (c) => {
    const view = await viewItem({ itemId: c.req.valid('param').item, learnerId: c.get('learnerId') }, deps);
    return view ? c.json(view, 200) : c.json(apiNotFound('item'), 404);
  });

  return api;
}

async function cards(learnerId: string | null, deps: TutorDeps): Promise<z.infer<typeof ItemListReply>['items']> {
  const courses = await Promise.all(listCourses(deps).map(({ id }) => viewCourse({ courseId: id, learnerId }, deps)));
  return courses.flatMap((course) =>
    (course?.chapters ?? []).flatMap(({ id: chapter, items }) =>
      items.map((card) => ({
        ...card,
        course: course?.id ?? '',
        chapter,
        links: { self: href(routes.api.item, { item: card.id }), page: href(routes.item, { item: card.id }) },
      })),
    ),
  );
}
