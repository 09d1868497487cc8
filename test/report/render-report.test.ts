import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { calibrationReport } from '../../src/calibration/report.ts';
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
