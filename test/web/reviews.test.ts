import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { OpenReviewView, SettledReply } from '../../src/tutor/review-view.ts';
import { findAttempt } from '../../src/store/attempts.ts';
import { viewAttempt } from '../../src/tutor/view-attempt.ts';
import { watchAttempt } from '../../src/tutor/watch-attempt.ts';
import { createApp } from '../../src/web/app.tsx';
import { createInstructorAccess } from '../../src/web/instructor-access.ts';
import { answerText, doubtful, harsh, openReviewTutor, type ReviewTutor } from '../fixtures/review-tutor.ts';
import { drain } from '../fixtures/tutor.ts';
import { createVisitor, locationOf, textOf, unescaped, type Visitor } from './visitor.ts';

const token = 'a-token-of-this-test';
let world: ReviewTutor;
beforeAll(async () => {
  world = await openReviewTutor();
});
afterAll(() => world.close());

function visitor(): Visitor {
  const instructor = createInstructorAccess({ token, runsDir: '/nowhere', contentRoot: world.root });
  return createVisitor(createApp({ deps: world.tutor.deps, limits: {}, instructor }));
}

let visit: Visitor;
beforeEach(async () => {
  visit = visitor();
  await visit.post('/instructor/login', { token });
});

const page = (attempt: string, target = 'criterion/low-rank-change'): string =>
  `/instructor/reviews/${attempt}/${target}`;

async function read(path: string): Promise<string> {
  return textOf(await (await visit.get(path)).text());
}

describe('the pages of reviews', () => {
  test('list what waits with counts, say which kind it is and what the learner says', async () => {
    const unsure = await world.handIn({ judgment: doubtful });
    const contested = await world.handIn({ judgment: harsh, reason: 'The last words <b>say</b> it.' });
    const list = await read('/instructor/reviews');
    expect(list).toContain('2 wait: 1 abstention and 1 appeal.');
    expect(list.indexOf('Abstention')).toBeLessThan(list.lastIndexOf('Appeal'));
    expect(list).toContain('The learner: The last words <b>say</b> it.');
    expect(await read('/instructor')).toContain('2 wait for a person');
    for (const { attempt, learnerId } of [unsure, contested]) {
      const html = await (await visit.get('/instructor/reviews')).text();
      expect(html).toContain(page(attempt));
      expect(html).not.toContain(learnerId);
      await visit.post(page(attempt), { verdict: 'missed', name: 'Ada' });
    }
    expect(await read('/instructor/reviews')).toContain('Nothing waits.');
  });

  test('show the question, the answer marked up, the rubric, the judge’s reasons and the learner’s', async () => {
    const { attempt, learnerId } = await world.handIn({ judgment: harsh, reason: 'I say that the change is small.' });
    const html = await (await visit.get(page(attempt))).text();
    const text = textOf(html);
    for (const words of [
      'put a LoRA adapter of rank',
      'Few directions suffice',
      'The change that adapting needs has low intrinsic rank',
      'Says that the base model already knows most of it',
      'I say that the change is small.',
      'because',
      '90 % sure',
      '2 points',
    ])
      expect(text).toContain(words);
    expect(html).toMatch(/<mark class="mark mark-met[^>]*>Both A and B are trained<\/mark>/);
    expect(html).not.toContain(learnerId);
    expect(html).not.toMatch(/\sstyle=|\son[a-z]+=|<script(?! src)/);
    await visit.post(page(attempt), { verdict: 'missed', name: 'Ada' });
  });

  test('a settled verdict is on the learner’s page beside the judge’s, with the note and without the name', async () => {
    const learner = visitor();
    world.judgeNext(harsh);
    const attempt = locationOf(await learner.post('/items/lora-count/attempts', { answer: answerText })).slice(10);
    const { learnerId = '' } = (await findAttempt(world.deps.database.db, attempt)) ?? {};
    await drain(watchAttempt({ attemptId: attempt, learnerId, signal: AbortSignal.timeout(15_000) }, world.deps));
    await learner.post(`/attempts/${attempt}/appeals`, { verdict: '3', reason: 'I do say why.' });
    const sent = await visit.post(page(attempt), {
      verdict: 'partial',
      note: 'The <i>change</i> is named.',
      name: 'Ada Lovelace',
    });
    expect([sent.status, locationOf(sent)]).toEqual([303, '/instructor/reviews?settled']);
    expect(await read(locationOf(sent))).toContain('Settled.');
    const html = await (await learner.get(`/attempts/${attempt}`)).text();
    const seen = textOf(html);
    expect(seen).toContain('A person has looked: the mark was changed');
    expect(seen).toContain('Settled by a person. The judge had said: Missing. The <i>change</i> is named.');
    expect(seen).toContain('Half-way, 1 of 2');
    expect(html).not.toContain('Lovelace');
    const again = await read(page(attempt));
    expect(again).toContain('Ada Lovelace settled this as “Half-way”');
    expect(await (await visit.get(page(attempt))).text()).toContain('value="Ada Lovelace"');
  });

  test('a form that lacks something comes back as it was sent, and settles nothing', async () => {
    const { attempt, learnerId } = await world.handIn({ judgment: doubtful });
    const noName = await visit.post(page(attempt), { verdict: 'met', note: 'Long thought about.', name: ' ' });
    expect(noName.status).toBe(422);
    const html = await noName.text();
    expect(html).toContain('Write your name.');
    expect(html).toContain('Long thought about.');
    expect((await visit.post(page(attempt), { name: 'Ada', verdict: 'held' })).status).toBe(422);
    expect((await visit.post(page(attempt), { name: 'Ada' })).status).toBe(422);
    const unfinished = await visit.post(page(attempt), {
      name: 'Ada',
      verdict: 'met',
      join: 'yes',
      set: 'demo-set',
      split: 'test',
      'other criterion number': 'missed',
    });
    expect(unfinished.status).toBe(422);
    const kept = await unfinished.text();
    expect(textOf(kept)).toContain('decide everything in it yourself');
    expect(kept).toMatch(/<details class="join" open/);
    expect(kept).toMatch(/name="other criterion number" value="missed" checked/);
    expect((await viewAttempt({ attemptId: attempt, learnerId }, world.deps))?.status).toBe('provisional');
    await visit.post(page(attempt), { verdict: 'missed', name: 'Ada' });
  });

  test('add the answer to the eval set where everything is decided, and warn of personal data first', async () => {
    const { attempt } = await world.handIn({ judgment: doubtful });
    expect(await read(page(attempt))).toContain('What a learner wrote is personal data.');
    const whole = {
      name: 'Ada',
      verdict: 'partial',
      join: 'yes',
      set: 'demo-set',
      split: 'test',
      'other criterion two-matrices': 'met',
      'other criterion number': 'missed',
      'other misconception one-matrix': 'not-held',
    };
    const sent = await visit.post(page(attempt), whole);
    expect(sent.status).toBe(303);
    expect(await read(locationOf(sent))).toContain('The answer is now “lora-count-02” in demo-set, test.');
    expect((await world.answers()).at(-1)).toMatchObject({
      text: answerText,
      split: 'test',
      ratings: [{ rater: 'ada', raterKind: 'human' }],
    });
    const twice = await visit.post(page(attempt), whole);
    expect(twice.status).toBe(200);
    expect(textOf(await twice.text())).toContain('the same words are in demo-set already');
  });

  test('a link cannot put words into the notice', async () => {
    const html = await read('/instructor/reviews?settled=x&set=demo-set&id=Pay+me&split=dev');
    expect(html).not.toContain('Pay me');
  });

  test('nobody without the token sees or settles anything, learners with a cookie included', async () => {
    const { attempt, learnerId } = await world.handIn({ judgment: doubtful });
    const stranger = visitor();
    await stranger.post('/welcome');
    for (const path of ['/instructor/reviews', page(attempt)]) {
      const turned = await stranger.get(path);
      expect([turned.status, await turned.text()]).toEqual([303, '']);
      expect(locationOf(turned)).toMatch(/^\/instructor\/login/);
    }
    const sent = await stranger.post(page(attempt), { verdict: 'met', name: 'Eve' });
    expect([sent.status, locationOf(sent)]).toEqual([401, '']);
    expect(await sent.text()).toContain('Instructor token');
    for (const headers of [{}, { authorization: 'Bearer nothing' }]) {
      const settled = await stranger.json('/api/instructor/reviews/settle', {}, headers);
      expect(settled.status).toBe(401);
    }
    expect((await stranger.get('/api/instructor/reviews')).status).toBe(401);
    expect((await viewAttempt({ attemptId: attempt, learnerId }, world.deps))?.status).toBe('provisional');
    const closed = createVisitor(createApp({ deps: world.tutor.deps, limits: {} }));
    for (const path of ['/instructor/reviews', page(attempt), '/api/instructor/reviews'])
      expect((await closed.get(path)).status).toBe(404);
    await visit.post(page(attempt), { verdict: 'missed', name: 'Ada' });
  });

  test('a form sent after the pass has ended is kept through the login, a wrong token included, and settles then', async () => {
    const { attempt, learnerId } = await world.handIn({ judgment: doubtful });
    const lapsed = visitor();
    const note = 'The "change" is <b>said</b>,\nin the second line.';
    const fieldsOf = async (reply: Response): Promise<Record<string, string>> =>
      Object.fromEntries(
        [...(await reply.text()).matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(
          ([, name = '', value = '']) => [name, unescaped(value)],
        ),
      );
    const kept = await fieldsOf(await lapsed.post(page(attempt), { verdict: 'met', name: 'Ada', note }));
    expect(kept).toMatchObject({ next: page(attempt), verdict: 'met', name: 'Ada', note });
    const stillKept = await fieldsOf(await lapsed.post('/instructor/login', { ...kept, token: 'wrong' }));
    expect(stillKept).toEqual(kept);
    const again = { ...stillKept, token };
    const letIn = await lapsed.post('/instructor/login', again);
    // 307 has the browser send the same fields once more, to where they were for.
    expect([letIn.status, locationOf(letIn)]).toEqual([307, page(attempt)]);
    expect((await lapsed.post(locationOf(letIn), again)).status).toBe(303);
    expect(JSON.stringify(await viewAttempt({ attemptId: attempt, learnerId }, world.deps))).toContain(
      'is <b>said</b>',
    );
  });

  test('what is not there is not found', async () => {
    const { attempt } = await world.handIn({ judgment: doubtful });
    for (const path of [page('no-id'), page(attempt, 'criterion/gone'), page(attempt, 'item/number')])
      expect((await visit.get(path)).status).toBe(404);
    await visit.post(page(attempt), { verdict: 'missed', name: 'Ada' });
  });

  test('another site cannot send the form', async () => {
    const { attempt } = await world.handIn({ judgment: doubtful });
    const body = new FormData();
    for (const [name, value] of [
      ['verdict', 'met'],
      ['name', 'Eve'],
    ] as const)
      body.set(name, value);
    const instructor = createInstructorAccess({ token, runsDir: '/nowhere' });
    const app = createApp({ deps: world.tutor.deps, limits: {}, instructor });
    const headers = { cookie: visit.cookie(), 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' };
    expect((await app.request(page(attempt), { method: 'POST', body, headers })).status).toBe(403);
    await visit.post(page(attempt), { verdict: 'missed', name: 'Ada' });
  });
});

describe('the API of reviews', () => {
  const List = z.object({ reviews: z.array(OpenReviewView) });
  const bearer = { authorization: `Bearer ${token}` };

  function call(path: string, init: RequestInit = {}): Promise<Response> {
    const instructor = createInstructorAccess({ token, runsDir: '/nowhere', contentRoot: world.root });
    const app = createApp({ deps: world.tutor.deps, limits: {}, instructor });
    return Promise.resolve(app.request(path, { ...init, headers: { ...bearer, 'content-type': 'application/json' } }));
  }

  test('lists and settles with the token, or with the cookie of the pages', async () => {
    const { attempt } = await world.handIn({ judgment: doubtful });
    const { reviews } = List.parse(await (await call('/api/instructor/reviews?limit=1')).json());
    expect(reviews).toMatchObject([{ attempt, kind: 'criterion', target: 'low-rank-change', why: 'abstention' }]);
    expect(List.parse(await (await visit.get('/api/instructor/reviews')).json()).reviews).toHaveLength(1);
    const said = { attempt, kind: 'criterion', target: 'low-rank-change', verdict: 'met', note: '', join: null };
    const settled = await call('/api/instructor/reviews/settle', {
      method: 'POST',
      body: JSON.stringify({ ...said, settledBy: 'Ada' }),
    });
    expect(settled.status).toBe(200);
    expect(SettledReply.parse(await settled.json())).toMatchObject({ points: { low: 4, high: 4 }, joined: null });
    expect(List.parse(await (await call('/api/instructor/reviews')).json()).reviews).toEqual([]);
  });

  test('says what is wrong with a request', async () => {
    expect((await call('/api/instructor/reviews?limit=0')).status).toBe(422);
    const said = { kind: 'criterion', target: 'x', verdict: 'met', settledBy: 'Ada', note: '', join: null };
    const post = (body: object): Promise<Response> =>
      call('/api/instructor/reviews/settle', { method: 'POST', body: JSON.stringify(body) });
    expect((await post({ ...said, attempt: 'no-id' })).status).toBe(404);
    expect((await post({ ...said, attempt: 'no-id', settledBy: ' ' })).status).toBe(422);
    const { attempt } = await world.handIn({ judgment: doubtful });
    const unknown = await post({ ...said, attempt });
    expect([unknown.status, await unknown.text()]).toEqual([422, expect.stringContaining('low-rank-change')]);
  });

  test('ten wrong tokens end in waiting, for the right one too; many calls with the right one do not', async () => {
    const instructor = createInstructorAccess({ token, runsDir: '/nowhere' });
    const app = createApp({ deps: world.tutor.deps, limits: {}, instructor });
    const ask = async (word: string): Promise<number> =>
      (await app.request('/api/instructor/reviews', { headers: { authorization: `Bearer ${word}` } })).status;
    for (let nth = 0; nth < 12; nth += 1) expect(await ask(token)).toBe(200);
    for (let nth = 0; nth < 10; nth += 1) expect(await ask('guess')).toBe(401);
    expect([await ask('guess'), await ask(token)]).toEqual([429, 429]);
  });

  test('is described with the token it takes', async () => {
    const description: unknown = await (await call('/api/openapi.json')).json();
    expect(description).toMatchObject({
      components: { securitySchemes: { instructorToken: { type: 'http', scheme: 'bearer' } } },
      paths: { '/api/instructor/reviews': { get: { security: [{ instructorToken: [] }] } } },
    });
  });
});
