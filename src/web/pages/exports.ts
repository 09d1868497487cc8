import { Hono, type Context } from 'hono';
import { stream } from 'hono/streaming';
import { collectFlashcards, countFlashcards } from '../../tutor/collect-flashcards.ts';
import type { TutorDeps } from '../../tutor/deps.ts';
import { exportCsv, exportJson } from '../../tutor/export-learner.ts';
import { ankiNotes } from '../anki-notes.ts';
import { ensureLearner, type Web, type WebEnv } from '../caller.ts';
import { limitWrites } from '../errors.tsx';
import { renderPage } from '../render.tsx';
import { href, routes } from '../routes.ts';
import { flashcardsPage } from './flashcards.tsx';

/** Files to take away. A visitor, of whom nothing is kept, is sent to the page that says so. */
export function exportRoutes(web: Web): Hono<WebEnv> {
  const { deps } = web;
  const files = new Hono<WebEnv>();

  files.get(routes.exportJson, limitWrites(web), (c) => {
    const learnerId = c.get('learnerId');
    if (learnerId === null) return c.redirect(href(routes.yours, {}), 303);
    return download(c, { name: 'viva.json', type: 'application/json', pieces: exportJson({ learnerId }, deps) }, deps);
  });

  files.get(routes.exportCsv, limitWrites(web), (c) => {
    const learnerId = c.get('learnerId');
    if (learnerId === null) return c.redirect(href(routes.yours, {}), 303);
    const pieces = exportCsv({ learnerId }, deps);
    return download(c, { name: 'viva-attempts.csv', type: 'text/csv; charset=utf-8', pieces }, deps);
  });

  files.get(routes.flashcards, limitWrites(web), async (c) => {
    const learnerId = c.get('learnerId');
    if (learnerId === null) return c.redirect(href(routes.yours, {}), 303);
    const cards = await collectFlashcards({ courseId: c.req.param('course'), learnerId, which: 'seen' }, deps);
    return cards ? flashcards(c, ankiNotes(cards), deps) : c.notFound();
  });

  files.post(routes.flashcards, limitWrites(web), async (c) => {
    const courseId = c.req.param('course');
    if (!(await countFlashcards({ courseId, learnerId: null }, deps))) return c.notFound();
    const learnerId = await ensureLearner(c, web);
    await collectFlashcards({ courseId, learnerId, which: 'all' }, deps);
    return c.redirect(`${href(routes.flashcardsAll, { course: courseId })}?done`, 303);
  });

  files.get(routes.flashcardsAll, async (c) => {
    const courseId = c.req.param('course');
    const count = await countFlashcards({ courseId, learnerId: c.get('learnerId') }, deps);
    if (!count) return c.notFound();
    const done = c.req.query('done') !== undefined && count.unseen === 0;
    // A file sent in reply to the form would leave the page as it was, asking what is answered already.
    if (done) c.header('Refresh', `0; url=${href(routes.flashcards, { course: courseId })}`);
    return renderPage(c, flashcardsPage({ ...count, done }));
  });

  return files;
}

function flashcards(c: Context<WebEnv>, text: string, deps: Pick<TutorDeps, 'log'>): Response {
  return download(c, { name: 'viva-anki.txt', type: 'text/plain; charset=utf-8', pieces: [text] }, deps);
}

/** Sends a file piece by piece, as fast as the other side takes it. What fails half-way is logged and cut off: JSON then does not parse. */
function download(
  c: Context<WebEnv>,
  { name, type, pieces }: { name: string; type: string; pieces: Iterable<string> | AsyncIterable<string> },
  { log }: Pick<TutorDeps, 'log'>,
): Response {
  c.header('Content-Type', type);
  c.header('Content-Disposition', `attachment; filename="${name}"`);
  c.header('Cache-Control', 'private, no-store');
  const correlationId = c.get('correlationId');
  return stream(c, async (out) => {
    try {
      for await (const piece of pieces) {
        if (out.aborted) return;
        await out.write(piece);
      }
    } catch (error) {
      log.error({ err: error, correlationId, file: name }, 'a download failed');
      out.abort();
    }
  });
}
