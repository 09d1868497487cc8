import { Hono, type Context } from 'hono';
import type { DetectionTally } from '../../calibration/signal-detection.ts';
import { viewDrill, viewTally } from '../../tutor/drill-record.ts';
import { judgeWhyAgain, waitForWhy } from '../../tutor/grade-why.ts';
import { answerTrial, callTrial, startTrial, viewTrial, type PickedMistake } from '../../tutor/spot-the-mistake.ts';
import type { TrialView } from '../../tutor/trial-view.ts';
import { callerOf, ensureLearner, type Web, type WebEnv } from '../caller.ts';
import { limitWrites } from '../errors.tsx';
import { readField, readForm } from '../read-form.ts';
import { renderPage } from '../render.tsx';
import { routes } from '../routes.ts';
import { trialHref } from '../trial-href.ts';
import { drillPage } from './drill.tsx';
import { trialPage, type TrialForm } from './trial.tsx';

/** A quick judge is done with a reason before its reader would have seen that it is being read. */
const PATIENCE_MS = 700;

/** The walk of one turn: start, mistake or not, which and where and why, what was there. */
export function spotPages(web: Web): Hono<WebEnv> {
  const { deps, limits } = web;
  const pages = new Hono<WebEnv>();

  const tallyOnceOver = async (c: Context<WebEnv>, view: TrialView): Promise<DetectionTally | null> => {
    const learnerId = c.get('learnerId');
    if (view.stage !== 'done' || learnerId === null) return null;
    return viewTally({ learnerId, courseId: view.course.id }, deps);
  };

  pages.get(routes.spot, async (c) => {
    const view = await viewDrill({ courseId: c.req.param('course'), learnerId: c.get('learnerId') }, deps);
    return view ? renderPage(c, drillPage({ view, from: fromOf(c), nothing: false })) : c.notFound();
  });

  pages.post(routes.spot, limitWrites(web), async (c) => {
    const courseId = c.req.param('course');
    const from = (await readForm(c)).get('from') ?? null;
    if (!(await viewDrill({ courseId, learnerId: null }, deps))) return c.notFound();
    const learnerId = await ensureLearner(c, web);
    const started = await startTrial({ courseId, chapterId: from || null, learnerId }, deps);
    switch (started.status) {
      case 'started':
        return c.redirect(trialHref({ trialId: started.trialId, from }), 303);
      case 'nothing-to-spot': {
        const view = await viewDrill({ courseId, learnerId }, deps);
        return view ? renderPage(c, drillPage({ view, from, nothing: true })) : c.notFound();
      }
      case 'not-found':
        return c.notFound();
      default:
        return started satisfies never;
    }
  });

  pages.get(routes.trial, async (c) => {
    const view = await viewTrial({ trialId: c.req.param('trial'), learnerId: c.get('learnerId') }, deps);
    if (!view) return c.notFound();
    const tally = await tallyOnceOver(c, view);
    return renderPage(c, trialPage({ view, from: fromOf(c), form: blankForm, tally }));
  });

  pages.post(routes.trial, limitWrites(web), async (c) => {
    const key = { trialId: c.req.param('trial'), learnerId: c.get('learnerId') };
    const from = fromOf(c);
    const form = await readForm(c);
    const call = readField(form, 'call');
    if (call === 'mistake' || call === 'none') {
      const called = await callTrial({ ...key, mistake: call === 'mistake' }, deps);
      if (called.status === 'not-found') return c.notFound();
      return c.redirect(`${trialHref({ ...key, from })}#${call === 'mistake' ? 'suspect' : 'verdict'}`, 303);
    }
    const sent = { picked: readField(form, 'picked'), piece: readField(form, 'piece'), why: readField(form, 'answer') };
    const answered = await answerTrial(
      {
        ...key,
        picked: readPicked(sent.picked),
        piece: readNumber(sent.piece),
        why: sent.why,
        address: callerOf(c, limits).address,
      },
      deps,
    );
    switch (answered.status) {
      case 'answered':
        if (answered.waiting) await waitForWhy({ ...key, timeoutMs: PATIENCE_MS, signal: c.req.raw.signal }, deps);
        // A script that sent it wants to know where to go on. To the same address with another fragment it would not go at all.
        if (c.req.header('prefer') === 'return=minimal')
          return c.body(null, 201, { Location: `${trialHref({ ...key, from, then: 'answered' })}#verdict` });
        return c.redirect(`${trialHref({ ...key, from })}#verdict`, 303);
      case 'not-found':
        return c.notFound();
      case 'invalid': {
        const view = await viewTrial(key, deps);
        if (!view) return c.notFound();
        const tally = await tallyOnceOver(c, view);
        return renderPage(c, trialPage({ view, from, form: { ...sent, problems: answered.problems }, tally }), 422);
      }
      default:
        return answered satisfies never;
    }
  });

  pages.post(routes.trialWhy, limitWrites(web), async (c) => {
    const key = { trialId: c.req.param('trial'), learnerId: c.get('learnerId') };
    const again = await judgeWhyAgain({ ...key, address: callerOf(c, limits).address }, deps);
    if (again.status === 'not-found') return c.notFound();
    if (again.status === 'accepted')
      await waitForWhy({ ...key, timeoutMs: PATIENCE_MS, signal: c.req.raw.signal }, deps);
    return c.redirect(`${trialHref({ ...key, from: fromOf(c) })}#why`, 303);
  });

  return pages;
}

const blankForm: TrialForm = { picked: '', piece: '', why: '', problems: [] };

/** The chapter the learner drills; null where they drill them all. It travels in the address, so nothing need remember it. */
/** The chapter a learner drills, '' for all of them; null where the address does not say. */
function fromOf(c: Context<WebEnv>): string | null {
  return c.req.query('from') ?? null;
}

function readPicked(text: string): PickedMistake | null {
  return text === 'another' || text === 'withdrawn' ? text : readNumber(text);
}

function readNumber(text: string): number | null {
  return /^\d{1,4}$/.test(text) ? Number(text) : null;
}
