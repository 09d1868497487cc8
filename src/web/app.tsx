import { OpenAPIHono } from '@hono/zod-openapi';
import { compress } from 'hono/compress';
import type { TutorDeps } from '../tutor/deps.ts';
import { attemptsApi } from './api/attempts.ts';
import { eventsApi } from './api/events.ts';
import { healthRoutes } from './api/health.ts';
import { itemsApi } from './api/items.ts';
import { reviewsApi } from './api/reviews.ts';
import { assetRoutes } from './asset-routes.ts';
import { nameRequest, recogniseCaller, type WebEnv } from './caller.ts';
import { replyNotFound, replyToError } from './errors.tsx';
import { createRateGuard, defaultLimits, type WebLimits } from './limits.ts';
import { answersPages } from './pages/answers.tsx';
import { coursePages } from './pages/course.tsx';
import { instructorPages } from './pages/instructor.tsx';
import { exportRoutes } from './pages/exports.ts';
import { practicePages } from './pages/practice.tsx';
import { progressPages } from './pages/progress.tsx';
import { reviewPages } from './pages/reviews.tsx';
import { sessionPages } from './pages/sessions.tsx';
import { spotPages } from './pages/spot.tsx';
import type { InstructorAccess } from './instructor-access.ts';
import { yoursPages } from './pages/yours.tsx';
import { routes } from './routes.ts';
import { limitBodies, neverStored, refuseCrossSite, securityHeaders } from './security.ts';

/**
 * The whole web layer. It only reads requests and writes replies; what is done is done by the use cases in src/tutor.
 * Limits left out are the default ones.
 */
export function createApp(args: {
  deps: TutorDeps;
  limits: Partial<WebLimits>;
  instructor?: InstructorAccess;
}): OpenAPIHono<WebEnv> {
  const { deps } = args;
  const limits = { ...defaultLimits, ...args.limits };
  const web = { deps, limits, guard: createRateGuard(limits), instructor: args.instructor ?? null };
  const app = new OpenAPIHono<WebEnv>();

  app.onError(replyToError(web));
  app.notFound(replyNotFound(web));
  app.use(nameRequest(web), securityHeaders(), compress());

  app.route('/', assetRoutes());
  app.route('/', healthRoutes(web));

  app.use(limitBodies(), refuseCrossSite(), recogniseCaller(web));

  app.use(`${routes.api.root}/*`, neverStored());
  app.route('/', itemsApi(web));
  app.route('/', attemptsApi(web));
  app.route('/', eventsApi(web));
  app.route('/', reviewsApi(web));
  app.doc31(routes.api.description, {
    openapi: '3.1.0',
    info: {
      title: 'Viva',
      version: '1',
      description:
        'Hand in answers, follow their grading, read the grade. An attempt belongs to the cookie it was made with. What is under /api/instructor takes the instructor token as a bearer token, or the cookie of the pages for instructors.',
    },
  });

  app.route('/', coursePages(web));
  app.route('/', practicePages(web));
  app.route('/', answersPages(web));
  app.route('/', spotPages(web));
  app.route('/', instructorPages(web));
  app.route('/', reviewPages(web));
  app.route('/', sessionPages(web));
  app.route('/', progressPages(web));
  app.route('/', yoursPages(web));
  app.route('/', exportRoutes(web));

  return app;
}
