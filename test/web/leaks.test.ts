import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Content, CourseItem } from '../../src/bank/content.ts';
import { assembleContent, readContentFiles } from '../../src/bank/load-content.ts';
import { createApp } from '../../src/web/app.tsx';
import type { Judge, Judgment } from '../../src/judge/judge.ts';
import { settleVerdict } from '../../src/tutor/settle-verdict.ts';
import { openTestTutor, type TestTutor } from '../fixtures/tutor.ts';
import { createVisitor, locationOf, textOf, type Visitor } from './visitor.ts';

/*
 * Before the reveal a learner sees prompt, options, `asks`, their own quotes, the hints due and the nudges of what they hold,
 * and nothing else of what authors wrote. Checked on the course itself: every page and every API reply that can be
 * reached before a reveal is searched for every hidden string.
 */

let tutor: TestTutor;
let visitor: Visitor;
let content: Content;
const answer = 'To my mind the first of these is mostly right.';

/** What an indiscreet judge would write beside one part: a sentence of what is expected, and a cue. */
function giveAway({ expects, cues }: CourseItem['rubric']['criteria'][number]): string {
  return `${sentencesOf(expects)[0] ?? ''} ${cues.flat()[0] ?? ''}`.trim();
}

function sentencesOf(text: string): string[] {
  return text.split(/(?<=\.)\s+/);
}

// Says of every question that nothing is met and the first wrong turn is held, so that as much as may be shown is shown; and
// gives the answer away wherever a judge may write.
const judge: Judge = ({ rubric }): Promise<Judgment> =>
  Promise.resolve({
    status: 'judged',
    criteria: rubric.criteria.map((criterion) => ({
      criterion: criterion.id,
      verdict: 'missed',
      quotes: [],
      reasoning: 'hidden reasoning of the judge',
      confidence: 1,
      note: giveAway(criterion),
    })),
    misconceptions: rubric.misconceptions.map(({ id }, index) => ({
      misconception: id,
      verdict: index === 0 ? ('held' as const) : ('not-held' as const),
      quotes: index === 0 ? ['the first of these is mostly right'] : [],
      confidence: 1,
    })),
    next: rubric.criteria[0] ? `Have you thought of this: ${giveAway(rubric.criteria[0])}?` : '',
    provenance: {
      judge: 'scripted',
      model: 'scripted',
      promptVersion: 'p',
      rubricHash: 'r',
      requestKey: 'hidden-request-key',
      tokensIn: null,
      tokensOut: null,
      costMicroUsd: null,
      latencyMs: 1,
    },
  });

beforeAll(async () => {
  content = assembleContent(await readContentFiles(fileURLToPath(new URL('../..', import.meta.url))));
  tutor = await openTestTutor({ judge, content });
  const limits = { writesPerMinute: { learner: 10_000, address: 10_000 } };
  visitor = createVisitor(createApp({ deps: tutor.deps, limits }));
});
afterAll(async () => {
  await tutor.close();
});

/** What a learner of this test is shown of an item. */
function shownOf({ item, rubric }: CourseItem): string {
  return JSON.stringify([
    item.id,
    item.prompt,
    item.title,
    item.next,
    rubric.criteria.map(({ asks, hints }) => [asks, hints[0]]),
    item.kind === 'choice' ? item.options.map(({ text }) => text) : [],
    rubric.misconceptions[0]?.nudge,
  ]).toLowerCase();
}

type Secret = { what: string; text: string };

/** What stays inside before the reveal, each with why it is hidden. Strings the learner is shown anyway are no secrets. */
function secretsOf(courseItem: CourseItem, shown = shownOf(courseItem)): Secret[] {
  const { item, rubric } = courseItem;
  const secrets = [
    { what: 'reference', text: item.reference },
    ...sentencesOf(item.reference).map((text) => ({ what: 'a sentence of the reference', text })),
    ...rubric.criteria.flatMap(({ id, expects, partial, hints }) => [
      { what: 'criterion id', text: id },
      { what: 'expects', text: expects },
      ...sentencesOf(expects).map((text) => ({ what: 'a sentence of expects', text })),
      ...(partial === undefined ? [] : [{ what: 'partial', text: partial }]),
      ...hints.slice(1).map((text) => ({ what: 'a later hint', text })),
    ]),
    ...rubric.misconceptions.flatMap(({ id, claim, nudge, tempts, refutes }, index) => [
      { what: 'misconception id', text: id },
      { what: 'claim', text: claim },
      { what: 'tempts', text: tempts },
      { what: 'refutes', text: refutes },
      ...(index === 0 ? [] : [{ what: 'nudge of what is not held', text: nudge }]),
    ]),
    ...rubric.exemplars.map((exemplar) => ({ what: 'exemplar', text: exemplar.answer })),
    ...[...rubric.criteria, ...rubric.misconceptions]
      .flatMap(({ cues }) => cues.flat())
      // A cue of one plain word is a word like any other; patterns and phrases are not.
      .filter((cue) => /[|*&]|\.\.\.|\s\S+\s/.test(cue))
      .map((text) => ({ what: 'cue', text })),
    ...(item.kind === 'choice'
      ? item.options.flatMap((option) =>
          'why-wrong' in option ? [{ what: 'why-wrong', text: option['why-wrong'] }] : [],
        )
      : []),
    { what: 'reasoning', text: 'hidden reasoning of the judge' },
    { what: 'request key', text: 'hidden-request-key' },
  ];
  return (
    secrets
      // An id that is a plain word may stand in any sentence or class; as a value of the API it may not stand anywhere.
      .map(({ what, text }) => ({
        what,
        text: (/^[a-z]+$/.test(text) ? `:"${text}"` : text.replace(/\s+/g, ' ').trim()).toLowerCase(),
      }))
      .filter(({ text }) => text !== '' && !shown.includes(text))
  );
}

/** A page or reply as one could search it: as sent, and as read. */
function searchable(body: string): string {
  return `${body}\n${textOf(body)}`.replaceAll('\\"', '"').replaceAll('\\n', ' ').toLowerCase();
}

type Body = { at: string; body: string };

/** The secrets that stand in the bodies. Each body is read once for all of them; only where one is found, which is looked up. */
function leaksIn({ about, secrets, bodies }: { about: string; secrets: Secret[]; bodies: Body[] }): string[] {
  const any = new RegExp(secrets.map(({ text }) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('|'));
  return bodies
    .filter(({ body }) => any.test(body))
    .flatMap(({ at, body }) =>
      secrets
        .filter(({ text }) => body.includes(text))
        .map(({ what, text }) => `${about}: ${what} "${text.slice(0, 60)}" at ${at}`),
    );
}

describe('before the reveal', () => {
  test('no page and no reply of the API carries anything hidden', { timeout: 120_000 }, async () => {
    const items = content.courses.flatMap((loaded) => loaded.items);
    expect(items.length).toBeGreaterThan(0);
    const visit = async (at: string, bodies: Body[]): Promise<string> => {
      const response = await visitor.get(at);
      expect([at, response.status]).toEqual([at, 200]);
      const body = await response.text();
      bodies.push({ at, body: searchable(body) });
      return body;
    };
    const common: Body[] = [];
    await visit('/api/items', common);
    for (const { course } of content.courses) {
      for (const at of ['', '/answers', '/spot', '/practise', '/progress'])
        await visit(`/courses/${course.id}${at}`, common);
      for (const { id } of course.chapters) {
        for (const at of ['', '?page=2', '?open=*']) await visit(`/courses/${course.id}/answers/${id}${at}`, common);
      }
      for (const { id } of course.concepts) await visit(`/courses/${course.id}/answers?q=the&concept=${id}`, common);
    }
    const leaks: string[] = [];
    for (const courseItem of items) {
      const { item, rubric } = courseItem;
      const bodies = [...common];
      await visit(`/items/${item.id}`, bodies);
      await visit(`/api/items/${item.id}`, bodies);
      const sent = { answer, key: item.id, ...(item.kind === 'choice' ? { option: '1' } : {}) };
      const attempt = locationOf(await visitor.post(`/items/${item.id}/attempts`, sent));
      await visit(`/api${attempt}/events`, bodies);
      const graded = await visit(attempt, bodies);
      if (rubric.misconceptions.length > 0) expect(graded).toContain('mark-wrong-turn');
      await visit(`/api${attempt}`, bodies);
      await visit(`/items/${item.id}`, bodies);
      // What a form gives back, and the attempt while a verdict is contested and once a person has settled it.
      const tried = await visitor.post(`/items/${item.id}/draft`, { answer, then: 'preview' });
      bodies.push({ at: 'the form as typed', body: searchable(await tried.text()) });
      const contested = await visitor.post(`${attempt}/appeals`, { verdict: '1', reason: 'I said so.' });
      expect(locationOf(contested)).toBe(`${attempt}#contest`);
      await visit(attempt, bodies);
      const settlement = { attemptId: attempt.split('/')[2] ?? '', settledBy: 'Ada', note: 'So you did.' };
      const target = rubric.criteria[0]?.id ?? '';
      await settleVerdict({ ...settlement, kind: 'criterion', target, verdict: 'met' }, tutor.deps);
      expect(await visit(attempt, bodies)).toContain('So you did.');
      await visit(`/api${attempt}`, bodies);
      await visit(`/api/items/${item.id}`, bodies);
      leaks.push(...leaksIn({ about: item.id, secrets: secretsOf(courseItem), bodies }));
    }
    // What remembers all of it: two days later everything is due, and asks for what was missed.
    tutor.deps.now = () => new Date(Date.now() + 2 * 24 * 60 * 60 * 1000);
    const kept: Body[] = [];
    for (const { course } of content.courses) {
      const at = `/courses/${course.id}`;
      const begun = locationOf(await visitor.post(`${at}/practise`, { choose: 'due', most: '20' }));
      expect(await visit(begun, kept)).toContain('Question 1 of 20');
      for (const page of ['practise', 'progress', 'history', 'flashcards', 'flashcards/all']) {
        await visit(`${at}/${page}`, kept);
      }
      expect(kept.find((body) => body.at === `${at}/progress`)?.body).toContain('missed:');
    }
    for (const at of ['/yours', '/yours/everything.json', '/yours/attempts.csv', '/yours/delete', '/carry']) {
      await visit(at, kept);
    }
    expect(kept.find(({ at }) => at === '/yours/everything.json')?.body).toContain('"nudge"');
    // These pages speak of all items at once, and what one of them says openly another may keep to itself.
    const openly = items.map(shownOf).join('\n');
    for (const courseItem of items) {
      leaks.push(...leaksIn({ about: courseItem.item.id, secrets: secretsOf(courseItem, openly), bodies: kept }));
    }
    expect(leaks).toEqual([]);
  });

  test('after the reveal the same search finds what it looks for', async () => {
    const [courseItem] = content.courses[0]?.items ?? [];
    if (!courseItem) throw new Error('There is no item.');
    const { item, rubric } = courseItem;
    const sent = { answer, key: 'again', ...(item.kind === 'choice' ? { option: '1' } : {}) };
    const attempt = locationOf(await visitor.post(`/items/${item.id}/attempts`, sent));
    await visitor.post(`${attempt}/reveal`);
    const body = searchable(await (await visitor.get(attempt)).text());
    for (const { expects } of rubric.criteria) {
      expect(body).toContain(expects.replace(/\s+/g, ' ').trim().toLowerCase());
    }
  });
});
