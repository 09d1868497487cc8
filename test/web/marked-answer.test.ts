import { describe, expect, test } from 'vitest';
import type { AttemptView } from '../../src/tutor/learner-view.ts';
import { attemptPage } from '../../src/web/pages/attempt.tsx';
import { Graded } from '../../src/web/parts/graded.tsx';
import { sortNotes } from '../../src/web/margin-notes.ts';
import { AnswerText, MarkedAnswer } from '../../src/web/parts/marked-answer.tsx';
import { gradedView, itemView, provisionalView, quoted, revealedView } from './fixtures.ts';
import { textOf } from './visitor.ts';

async function htmlOf(element: unknown): Promise<string> {
  return String(await element);
}

function pageOf(view: AttemptView): Promise<string> {
  const due = {
    verdicts: view.verdicts.filter(({ verdict }) => verdict !== 'met'),
    nudges: view.nudges.filter(({ held }) => held),
  };
  const item = { ...itemView, due };
  const place = { session: null, isDue: false, thisTime: [], comesBack: null };
  const { body } = attemptPage({
    view,
    item,
    place,
    idempotencyKey: 'k',
    predicts: true,
    contest: null,
    newStart: false,
  });
  return htmlOf(body);
}

const pages = [gradedView, provisionalView, revealedView].map(pageOf);

describe('the marked-up answer', () => {
  test("the learner's words stand as typed: no Markdown, no markup, line breaks kept", async () => {
    const answer = '# Not a heading\n<b>bold</b> & *stars* $x$';
    const html = await htmlOf(AnswerText({ answer, notes: [] }));
    expect(html).toContain('# Not a heading\n&lt;b&gt;bold&lt;/b&gt; &amp; *stars* $x$');
    expect(html).not.toMatch(/<h1|<b>|<em>|<math/);
  });

  test('words that two notes quote carry both numbers', async () => {
    const html = await htmlOf(MarkedAnswer({ answer: gradedView.answer, notes: sortNotes(gradedView).margin }));
    expect(html).toMatch(/data-note="1"[^>]*><mark[^>]*data-note="2"[^>]*>so the count is 2 · 4096 · 16</);
    const answerOnly = html.slice(0, html.indexOf('<section'));
    expect(textOf(answerOnly.replace(/<sup.*?<\/sup>/g, '')).replace(/\s/g, '')).toBe(
      gradedView.answer.replace(/\s/g, ''),
    );
  });

  test('every highlight leads to its note and every note back to its words', async () => {
    for (const html of await Promise.all(pages)) {
      const ids = new Set([...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
      const targets = [...html.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
      expect(targets.length).toBeGreaterThan(8);
      for (const target of targets) expect(ids).toContain(target);
    }
  });

  test('no id stands twice on the page, not even where a doubtful part is in the margin and below', async () => {
    for (const html of await Promise.all(pages)) {
      const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
      expect(ids).toHaveLength(new Set(ids).size);
    }
  });

  test('a note says by itself which words it is about, to whoever hears the notes alone', async () => {
    const html = await htmlOf(MarkedAnswer({ answer: gradedView.answer, notes: sortNotes(gradedView).margin }));
    const notes = textOf(html.slice(html.indexOf('<section')));
    expect(notes).toContain('Note A: to the words “the rank sets the learning rate”');
  });

  test('a verdict is told in a word beside its icon', async () => {
    const text = textOf(await htmlOf(Graded({ view: gradedView })));
    for (const word of ['Right', 'Half-way', 'Missing', 'Common wrong turn']) expect(text).toContain(word);
  });

  test('a provisional grade shows its range, and asks for the doubtful part in one more sentence', async () => {
    const text = textOf(await pageOf(provisionalView));
    expect(text).toContain('4.5 to 6 of 7');
    expect(text).toContain('One more sentence');
    expect(text).toContain('used no try');
    expect(text).toContain('run by api.example.org');
  });

  test("a person's verdict stands beside what the judge had said", async () => {
    const [first, ...others] = gradedView.verdicts;
    if (!first) throw new Error('no verdict');
    const settled = { ...first, settled: { judged: 'missed' as const, note: 'The first words say it.' } };
    const nudges = gradedView.nudges.map((nudge) => ({
      ...nudge,
      held: false,
      settled: { judged: 'held' as const, note: 'Meant as a question.' },
    }));
    const text = textOf(await htmlOf(Graded({ view: { ...gradedView, verdicts: [settled, ...others], nudges } })));
    expect(text).toContain('Settled by a person. The judge had said: Missing. The first words say it.');
    expect(text).toContain('No wrong turn');
    expect(text).toContain('The judge had said: a wrong turn. Meant as a question.');
    expect(text).not.toContain('Which symbol in the formula');
  });

  test('notes follow the order of the words they quote, and what is missing has none', () => {
    const answer = 'first second third';
    const of = (ordinal: number, quote: string) => ({
      ordinal,
      asks: 'Why?',
      verdict: 'met' as const,
      points: 1,
      max: 1,
      evidence: [quoted(answer, quote)],
      note: '',
      settled: null,
    });
    const sorted = sortNotes({
      verdicts: [of(1, 'third'), { ...of(2, 'second'), verdict: 'missed' }, { ...of(3, 'first'), evidence: [] }],
      nudges: [{ ordinal: 1, nudge: 'Look again.', evidence: [quoted(answer, 'first')], held: true, settled: null }],
    });
    expect(sorted.margin.map(({ name }) => name)).toEqual(['A', '1', '3']);
    expect(sorted.missing).toMatchObject([{ name: '2', evidence: [] }]);
  });
});
