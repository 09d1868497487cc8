import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { remoteDesk } from '../../src/cli/remote-desk.ts';
import { printOpenReviews, runReview, type ReviewDesk } from '../../src/cli/review-command.ts';
import type { Streams } from '../../src/cli/streams.ts';
import { settleReview } from '../../src/tutor/settle-review.ts';
import { viewAttempt } from '../../src/tutor/view-attempt.ts';
import { viewOpenReviews } from '../../src/tutor/view-review.ts';
import { createApp } from '../../src/web/app.tsx';
import { createInstructorAccess } from '../../src/web/instructor-access.ts';
import { listen } from '../fixtures/listen.ts';
import { doubtful, harsh, judgedWith, openReviewTutor, type ReviewTutor } from '../fixtures/review-tutor.ts';

const token = 'a-token-of-this-test';
let world: ReviewTutor;
let url = '';
let close: () => void = () => undefined;
beforeAll(async () => {
  world = await openReviewTutor();
  const instructor = createInstructorAccess({ token, runsDir: '/nowhere', contentRoot: world.root });
  const app = createApp({ deps: world.tutor.deps, limits: {}, instructor });
  ({ url, close } = await listen(app));
});
afterAll(async () => {
  close();
  await world.close();
});

function atDatabase(): ReviewDesk {
  return {
    list: ({ limit }) => viewOpenReviews({ limit }, world.deps),
    settle: (request) => settleReview(request, world.deps),
  };
}

function streamsTo(out: (text: string) => void): Streams {
  const readText = (): Promise<string> => Promise.resolve('');
  return { out, err: out, readText, interactive: false, colour: false, width: 100 };
}

/** Runs the command with these keys pressed; whoever runs out of keys has left. */
async function press(
  keys: string,
  desk: ReviewDesk,
  settledBy: string | null = 'Ada',
): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', ''];
  const streams = { ...streamsTo((text) => (out += text)), err: (text: string) => void (err += text) };
  const waiting = [...keys];
  const next = (): Promise<string | null> => Promise.resolve(waiting.shift() ?? null);
  const code = await runReview({ desk, limit: 50, settledBy, keys: { next }, streams });
  return { code, out, err };
}

async function verdictOf({ attempt, learnerId }: { attempt: string; learnerId: string }): Promise<unknown> {
  const view = await viewAttempt({ attemptId: attempt, learnerId }, world.deps);
  return [view?.verdicts[2]?.verdict, view?.verdicts[2]?.settled?.note];
}

// Both ways to the same reviews: out of the database, and through a server over HTTP.
describe.each<[string, () => ReviewDesk]>([
  ['at the database', atDatabase],
  ['through a server', () => remoteDesk({ url: `${url}/`, token })],
])('viva review %s', (_name, desk) => {
  test('settles one after another with one key each, and goes on where it stopped', async () => {
    const first = await world.handIn({ judgment: doubtful });
    const second = await world.handIn({ judgment: harsh, reason: 'I say that the change is small.' });
    const stopped = await press('pIt is nammed\u007f\u007f\u007fed.\u001b[A\ro', desk());
    expect(stopped.code).toBe(0);
    expect(stopped.out).toContain('2 to settle: 1 abstentions, 1 appeals.');
    expect(stopped.out).toContain('unsure, 90 % sure');
    expect(stopped.out).toContain('Settled as partial: 3 of 7 points.');
    expect(stopped.out).toContain('1 settled. The same command goes on with the rest.');
    expect(await verdictOf(first)).toEqual(['partial', 'It is named.']);
    const rest = await press('m\ro', desk());
    expect(rest.out).toContain('1 to settle');
    expect(rest.out).toContain('I say that the change is small.');
    expect(await verdictOf(second)).toEqual(['met', '']);
    expect((await press('', desk())).out).toBe('Nothing waits for a person.\n');
  });

  test('skips, stops, and takes no key that is no verdict here', async () => {
    const { attempt, learnerId } = await world.handIn({ judgment: doubtful });
    expect((await press('s', desk())).out).toContain('0 settled.');
    expect((await press('hnq', desk())).out).toContain('[m/p/x/s/q] stop');
    expect((await press('m\u0003', desk())).out).toContain('0 settled.');
    expect((await press('mThe learner never reads th', desk())).out).toContain('0 settled.');
    expect(await verdictOf({ attempt, learnerId })).toEqual(['unsure', undefined]);
    await press('x\ro', desk());
  });

  test('asks for a name where none was given, and settles nothing without one', async () => {
    const { attempt, learnerId } = await world.handIn({ judgment: doubtful });
    expect(await press('\r', desk(), null)).toMatchObject({
      code: 2,
      err: expect.stringContaining('--settled-by') as string,
    });
    await press('Ben\rx\ro', desk(), null);
    expect(await verdictOf({ attempt, learnerId })).toEqual(['missed', '']);
  });

  test('adds the answer to the eval set with a verdict of one’s own on everything, after a word on personal data', async () => {
    const words = `Both A and B are trained. ${`Way${_name.length} `.repeat(9)}I did not work out more.`;
    await world.handIn({ judgment: judgedWith({ verdict: 'unsure' }), answer: words });
    const { out } = await press('m\rtmxn', desk());
    expect(out).toContain('it is a learner');
    expect(out).toMatch(/Added to demo-set \(test\) as lora-count-0\d, rated by you\./);
    expect((await world.answers()).at(-1)).toMatchObject({
      text: words,
      ratings: [
        {
          rater: 'ada',
          raterKind: 'human',
          verdicts: { 'two-matrices': 'met', number: 'missed', 'low-rank-change': 'met' },
          misconceptions: [],
        },
      ],
    });
    expect(await world.lint()).toEqual([]);
  });
});

test('--json prints what waits and settles nothing', async () => {
  const { attempt } = await world.handIn({ judgment: doubtful });
  let out = '';
  const streams = streamsTo((text) => (out += text));
  expect(await printOpenReviews({ desk: atDatabase(), limit: 5, streams })).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ reviews: [{ attempt, target: 'low-rank-change', why: 'abstention' }] });
  await press('x\ro', atDatabase());
});

test('a wrong token and a server that is not there are said with their mends', async () => {
  const wrong = remoteDesk({ url, token: 'not-the-token' }).list({ limit: 1 });
  await expect(wrong).rejects.toMatchObject({
    code: 'config-invalid',
    fix: expect.stringContaining('--token') as string,
  });
  const nowhere = remoteDesk({ url: 'http://127.0.0.1:9', token }).list({ limit: 1 });
  await expect(nowhere).rejects.toMatchObject({
    code: 'server-unreachable',
    fix: expect.stringContaining('--url') as string,
  });
});
