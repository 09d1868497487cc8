import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openInstructorToken } from '../../src/store/instructor-token.ts';
import { createApp } from '../../src/web/app.tsx';
import { createInstructorAccess } from '../../src/web/instructor-access.ts';
import { factorJudge, runDemo, runDeps } from '../fixtures/finished-run.ts';
import { openTestTutor, type TestTutor } from '../fixtures/tutor.ts';
import { createVisitor, locationOf, textOf, type Visitor } from './visitor.ts';

const token = 'a-token-of-this-test';
let tutor: TestTutor;
let dataDir: string;
let run: string;
let now = new Date('2026-11-27T12:00:00Z');
beforeAll(async () => {
  [tutor, dataDir] = await Promise.all([
    openTestTutor({ judge: factorJudge().judge }),
    mkdtemp(join(tmpdir(), 'viva-instructor-')),
  ]);
  tutor.deps.now = () => now;
  const end = await runDemo({ dataDir, deps: runDeps(factorJudge().judge) });
  run = end.id;
});
afterAll(async () => {
  await tutor.close();
  await rm(dataDir, { recursive: true });
});

function visitor(): Visitor {
  const instructor = createInstructorAccess({ token, runsDir: join(dataDir, 'runs') });
  return createVisitor(createApp({ deps: tutor.deps, limits: {}, instructor }));
}

async function instructor(): Promise<Visitor> {
  const visit = visitor();
  expect((await visit.post('/instructor/login', { token })).status).toBe(303);
  return visit;
}

describe('instructor pages', () => {
  test('ask for the token first and lead back to where one wanted to go', async () => {
    const visit = visitor();
    const turned = await visit.get(`/instructor/runs/${run}`);
    expect([turned.status, locationOf(turned)]).toEqual([
      303,
      `/instructor/login?next=${encodeURIComponent(`/instructor/runs/${run}`)}`,
    ]);
    expect(await (await visit.get(locationOf(turned))).text()).toContain(`value="/instructor/runs/${run}"`);
    const let_in = await visit.post('/instructor/login', { token, next: `/instructor/runs/${run}` });
    expect(locationOf(let_in)).toBe(`/instructor/runs/${run}`);
    expect((await visit.get(`/instructor/runs/${run}`)).status).toBe(200);
  });

  test('a wrong token lets nobody in, and its page shows no token', async () => {
    const visit = visitor();
    const refused = await visit.post('/instructor/login', { token: `${token}x` });
    expect(refused.status).toBe(422);
    const html = await refused.text();
    expect(html).toContain('That is not the token.');
    expect(html).not.toContain(token);
    expect((await visit.get('/instructor')).status).toBe(303);
  });

  test('the pass is for this site’s own scriptless requests only, says nothing of the token and ends after a day’s work', async () => {
    const instructorAccess = createInstructorAccess({ token, runsDir: '' });
    const app = createApp({ deps: tutor.deps, limits: {}, instructor: instructorAccess });
    const body = new FormData();
    body.set('token', token);
    const reply = await app.request('/instructor/login', {
      method: 'POST',
      body,
      headers: { 'sec-fetch-site': 'same-origin' },
    });
    const cookie = reply.headers.getSetCookie()[0] ?? '';
    expect(cookie).toMatch(/^viva_instructor=/);
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Strict/);
    expect(cookie).toMatch(/Path=\/instructor/);
    expect(cookie).not.toContain(token);
    const pass = /viva_instructor=([^;]+)/.exec(cookie)?.[1] ?? '';
    const ask = async (value: string): Promise<number> =>
      (await app.request('/instructor', { headers: { cookie: `viva_instructor=${value}` } })).status;
    expect(await ask(pass)).toBe(200);
    const [expires = '', signature = ''] = pass.split('.');
    expect(await ask(`${Number(expires) + 1}.${signature}`)).toBe(303);
    now = new Date('2026-11-28T00:00:01Z');
    expect(await ask(pass)).toBe(303);
    now = new Date('2026-11-27T12:00:00Z');
  });

  test('many wrong tries end in waiting, for the right token too', async () => {
    const visit = visitor();
    for (let attempt = 0; attempt < 10; attempt += 1) await visit.post('/instructor/login', { token: 'guess' });
    expect((await visit.post('/instructor/login', { token })).status).toBe(429);
  });

  test('nobody is sent to another site', async () => {
    const visit = visitor();
    for (const next of ['//evil.example', 'https://evil.example', '/instructor-evil', '/courses/demo'])
      expect(locationOf(await visit.post('/instructor/login', { token, next }))).toBe('/instructor');
  });

  test('list the runs and show the report of one, without a script, an inline style or a request elsewhere', async () => {
    const visit = await instructor();
    const list = await (await visit.get('/instructor')).text();
    expect(textOf(list)).toContain('A demo set');
    expect(list).toContain(`/instructor/runs/${run}`);
    const page = await visit.get(`/instructor/runs/${run}`);
    const html = await page.text();
    expect(textOf(html)).toContain('Whose ratings these are');
    expect(html).not.toMatch(/<style|<script|\sstyle=|\son[a-z]+=/);
    expect(html).toContain('href="/instructor/report.css"');
    expect(page.headers.get('cache-control')).toBe('private, no-store');
    expect((await visit.get('/instructor/report.css')).headers.get('content-type')).toContain('text/css');
  });

  test('a run that is not there is a page that is not there, whatever its name tries', async () => {
    const visit = await instructor();
    for (const id of ['nothing', '..', encodeURIComponent('../../etc/passwd'), run.slice(0, 8)])
      expect((await visit.get(`/instructor/runs/${id}`)).status).toBe(404);
  });

  test('leaving ends the pass', async () => {
    const visit = await instructor();
    await visit.post('/instructor/logout');
    expect((await visit.get('/instructor')).status).toBe(303);
  });

  test('do not exist where there is no access', async () => {
    const visit = createVisitor(createApp({ deps: tutor.deps, limits: {} }));
    for (const path of ['/instructor', '/instructor/login', `/instructor/runs/${run}`])
      expect((await visit.get(path)).status).toBe(404);
  });
});

describe('the instructor token', () => {
  test('is made once, kept for this user alone, and the same for processes that start together', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'viva-token-'));
    const opened = await Promise.all([1, 2, 3, 4].map(() => openInstructorToken({ dataDir: folder })));
    expect(new Set(opened.map((one) => one.token)).size).toBe(1);
    expect(opened.filter(({ created }) => created)).toHaveLength(1);
    const { path, token: made } = opened[0]!;
    expect(made.length).toBeGreaterThanOrEqual(27);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await openInstructorToken({ dataDir: folder })).toMatchObject({ token: made, created: false });
    expect(await readFile(path, 'utf8')).toBe(`${made}\n`);
    await rm(folder, { recursive: true });
  });
});
