import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { calibrationReport } from '../../src/calibration/report.ts';
import { summarise } from '../../src/calibration/summary.ts';
import type { CalibrationReport } from '../../src/calibration/report-schema.ts';
import type { RatedOutcome } from '../../src/calibration/report-input.ts';
import { html, visible } from '../../src/report/html/html.ts';
import { renderReport } from '../../src/report/render-report.ts';
import { calibrationInput, grade, rated, rating } from '../calibration/rated-outcomes.ts';

const hostile = '<script>alert(1)</script><img src="https://evil.example/x" onerror=alert(1)>" \' \u202Eevil\u200B';

function answers(text: string): RatedOutcome[] {
  return ['mm', 'mx', 'mp', 'xx', 'xm', 'mm', 'xx', 'mp'].map((code, index) => {
    const judged = grade({ code: index % 2 === 0 ? code : 'mm', low: 1000 * (index % 5) });
    judged.verdicts[0]!.reasoning = text;
    judged.verdicts[0]!.evidence = [{ quote: text.slice(0, 5), start: 0, end: 5 }];
    const one = rated({ id: `a${index}`, ratings: [rating({ rater: 'ann', kind: 'author', code })], outcome: judged });
    return { ...one, answer: { ...one.answer, text } };
  });
}

function reportOn(text: string): CalibrationReport {
  const [first] = answers(text);
  const attack: RatedOutcome = {
    answer: { ...first!.answer, id: 'x', attack: { kind: 'override' } },
    outcome: grade({ code: 'mm', low: 4000 }),
  };
  attack.answer.ratings = [rating({ rater: 'ann', kind: 'author', code: 'xx' })];
  const robustness = { set: { id: 'r', title: 'R' }, answers: [attack] };
  return calibrationReport(calibrationInput(answers(text), { robustness, set: { id: 's', title: text, raters: [] } }));
}

const alone = { home: null, styleHref: null };

describe('the report page', () => {
  it('says whose ratings it rests on before any figure', () => {
    const page = renderReport(reportOn('words'), alone);
    expect(page.indexOf('Whose ratings these are')).toBeGreaterThan(0);
    expect(page.indexOf('Whose ratings these are')).toBeLessThan(page.indexOf('of 100'));
  });

  it('lets no text of an answer, a judge or an author become markup', () => {
    const page = renderReport(reportOn(hostile), alone);
    expect(page).toContain('&lt;script&gt;');
    expect(page).not.toMatch(/<script|<img|onerror=alert\(1\)>(?!&)/);
    // Every tag of the page is one of ours, and no attribute holds a script or a style.
    const tags = new Set([...page.matchAll(/<([a-z0-9]+)/gu)].map(([, tag]) => tag));
    expect(
      [...tags].filter((tag) => ['script', 'img', 'iframe', 'object', 'form', 'input'].includes(tag ?? '')),
    ).toEqual([]);
    expect(page.replace(/<style>[\s\S]*?<\/style>/u, '')).not.toMatch(/<[^>]*\s(?:on[a-z]+|style)=/u);
  });

  it('shows characters that cannot be seen, and lets none turn the page round', () => {
    const page = renderReport(reportOn(hostile), alone);
    expect(page).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/u);
    expect(page).toContain('U+202E');
    expect(visible('a\u200Bb\nc').html).toMatch(/^a<span[^>]*>U\+200B<\/span>b\nc$/);
  });

  it('asks for nothing: its policy allows its own style sheet, by hash, and nothing else', () => {
    const page = renderReport(reportOn('words'), alone);
    const style = /<style>([\s\S]*?)<\/style>/u.exec(page)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    expect(page).toContain(`default-src &#39;none&#39;; style-src &#39;sha256-${hash}&#39;`);
    expect(page).not.toMatch(/(?:src|href)="(?:https?:)?\/\//u);
    expect(style).not.toMatch(/url\(|@import/u);
  });

  it('links a style sheet and a way back where a server shows it', () => {
    const page = renderReport(reportOn('words'), {
      home: { href: '/instructor', text: 'All runs' },
      styleHref: '/s.css',
    });
    expect(page).not.toContain('<style>');
    expect(page).toContain('<link rel="stylesheet" href="/s.css"');
    expect(page).toContain('<a href="/instructor">All runs</a>');
  });

  it('leads to each of its sections, and says of each plot in words what it shows', () => {
    const page = renderReport(reportOn('words'), alone);
    const links = [...page.matchAll(/href="#([a-z]+)"/gu)].map(([, id]) => id);
    expect(links.length).toBeGreaterThan(9);
    for (const id of links) expect(page).toContain(`id="${id}"`);
    for (const [svg] of page.matchAll(/<svg[^>]*>/gu))
      expect(svg).toMatch(/role="img"\s+aria-label="[^"]{10,}"|aria-hidden="true"/u);
  });

  it('says first what to do next, with commands that name the set', () => {
    const page = renderReport(reportOn('words'), alone);
    const next = /<section id="next"[\s\S]*?<\/section>/u.exec(page)?.[0] ?? '';
    expect(page.indexOf('id="next"')).toBeLessThan(page.indexOf('id="gates"'));
    expect(next.replace(/<[^>]*>/gu, '')).toContain('viva rate s --rater ann');
  });

  it('leads from a criterion that the summary names to its card', () => {
    const report = reportOn('words');
    const criteria = report.criteria.map((one) => {
      const { agreement } = one;
      return { ...one, agreement: agreement.status === 'value' ? { ...agreement, value: 0.25 } : agreement };
    });
    const page = renderReport({ ...report, criteria, summary: summarise({ ...report, criteria }) }, alone);
    const href = /<a href="#(criterion-[^"]+)">“/u.exec(page)?.[1];
    expect(page).toContain(`<li id="${href}">`);
  });

  it('shows a run whose sentences were stored in a row', () => {
    const report = reportOn('words');
    const page = renderReport({ ...report, summary: { ...report.summary, parts: [] } }, alone);
    expect(page).toContain(html`${report.summary.sentences[0]}`.html);
    expect(page).not.toContain('class="answer-parts"');
  });

  it('warns against changing a rubric by test answers, and only there', () => {
    const report = reportOn('words');
    expect(renderReport({ ...report, split: 'test' }, alone)).toContain('These are test answers.');
    expect(renderReport({ ...report, split: 'dev' }, alone)).not.toContain('These are test answers.');
  });

  it('says that one rater cannot be compared instead of showing empty rows', () => {
    const page = renderReport(reportOn('words'), alone);
    expect(page).toContain('Only one rater counts here');
    expect(page).not.toContain('Alpha among the raters');
    expect(page).not.toContain('Where the raters are of one mind');
  });

  it('opens five disagreements, shows of each the parts that differ, and folds the rest away', () => {
    const report = reportOn('words');
    const [first] = report.disagreements;
    if (first === undefined) throw new Error('Judge and raters nowhere differ.');
    const one = { ...first, verdicts: first.verdicts.map((verdict) => ({ ...verdict, reasoning: 'on '.repeat(50) })) };
    const page = renderReport({ ...report, disagreements: Array.from({ length: 7 }, () => one) }, alone);
    const section = /<section id="disagreements"[\s\S]*?<\/section>/u.exec(page)?.[0] ?? '';
    expect(section.indexOf('<summary>2 more</summary>')).toBeGreaterThan(section.indexOf('5. Loss masking'));
    expect(section.indexOf('<summary>2 more</summary>')).toBeLessThan(section.indexOf('6. Loss masking'));
    const card = /<article[\s\S]*?<\/article>/u.exec(section)?.[0] ?? '';
    const open = card.slice(0, card.indexOf('on which they agree'));
    const count = (text: string, what: string): number => text.split(what).length - 1;
    expect(count(open, 'class="differs"')).toBe(one.verdicts.filter(({ differs }) => differs).length);
    expect(count(open, '<tr class="">')).toBe(0);
    expect(count(card, '<tr class="">')).toBe(one.verdicts.filter(({ differs }) => !differs).length);
    expect(open).toContain('<summary>how it found this</summary>');
  });

  it('of nothing still opens and shows dashes with their reasons, never a zero or NaN', () => {
    const page = renderReport(calibrationReport(calibrationInput([])), alone);
    expect(page).toContain('No verdicts to compare.');
    expect(page).not.toMatch(/NaN|undefined|\[object/u);
  });
});

describe('markup templates', () => {
  it('escape what is put in, join lists, and leave out what is not there', () => {
    const inner = html`<b>${'<&>"\''}</b>`;
    expect(html`${inner} ${['a', html`<i>${1}</i>`]}${null}${false}${undefined}`.html).toBe(
      '<b>&lt;&amp;&gt;&quot;&#39;</b> a<i>1</i>',
    );
  });
});
