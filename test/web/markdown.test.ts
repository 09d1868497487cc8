import { describe, expect, test } from 'vitest';
import { renderInline, renderMarkdown } from '../../src/web/markdown.ts';

const block = (markdown: string): string => renderMarkdown(markdown).toString();
const inline = (markdown: string): string => renderInline(markdown).toString();

describe('authored text on the page', () => {
  test('raw HTML stays text', () => {
    expect(block('a <script>alert(1)</script> b')).toContain('&lt;script&gt;');
    expect(block('<img src=x onerror=alert(1)>')).not.toContain('<img');
    expect(block('[x](javascript:alert(1))')).not.toContain('href');
  });

  test('formulas become MathML, with the underscores and stars of TeX left alone', () => {
    const html = block('We write $x_1 * y_1$ and $x_2 * y_2$ here.');
    expect(html.match(/<math/g)).toHaveLength(2);
    expect(html.match(/<msub>/g)).toHaveLength(4);
    expect(html).not.toContain('<em>');
  });

  test('a display formula stands alone and can be reached by the keyboard', () => {
    const html = block('So\n\n$$\\frac{a}{b}$$\n\nholds.');
    expect(html).toContain('display="block"');
    expect(html).toContain('tabindex="0"');
  });

  test('a long formula in a line may break before its relations, never inside brackets', () => {
    const html = inline('$131{,}072/16{,}777{,}216 = 2r/d = 1/128 \\approx 0.78\\,\\%$');
    expect(html.match(/<math/g)).toHaveLength(4);
    expect(html).toContain('<wbr>');
    expect(inline('$\\sum_{i=1}^{n} \\left(x_i = 1\\right) f(a < b)$').match(/<math/g)).toHaveLength(1);
    expect(inline('$a = b$')).not.toContain('<wbr>');
  });

  test('money is no formula', () => {
    expect(block('It costs $18M a year and saves $3M.')).toBe('<p>It costs $18M a year and saves $3M.</p>\n');
  });

  test('dollars in code stay dollars', () => {
    expect(block('Run `echo $A$B` now.')).toContain('<code>echo $A$B</code>');
    expect(block('```\n$x_1$ and $$y$$\n```')).toContain('$x_1$ and $$y$$');
  });

  test('no formula brings a style attribute, which the policy would refuse, or a source nobody sees', () => {
    const html = block('$\\boxed{x}$ $\\color{red}{y}$ $\\cancel{z}$ $\\underbrace{a}_{b}$');
    expect(html).not.toContain(' style=');
    expect(html).not.toContain('<annotation');
  });

  test('alphabets are letters of their own, since browsers know no other way', () => {
    const html = block('$\\mathbb{E}_{x}[\\mathcal{L}] \\in \\mathbb{R}, \\mathbf{w}_1$');
    expect(html).toContain('𝔼');
    expect(html).toContain('ℒ');
    expect(html).toContain('ℝ');
    expect(html).toContain('𝐰');
  });

  test('faulty TeX is shown, not thrown', () => {
    expect(block('$\\frac{a$')).toContain('frac');
    expect(block('$\\nosuchmacro$')).toContain('nosuchmacro');
  });

  test('characters used as placeholders inside cannot be smuggled in', () => {
    expect(block('a $\uE0000\uE001 b $x$')).toContain('a $0 b');
  });
});

describe('notes, which a model may have written', () => {
  test('nothing in them can be clicked or loaded', () => {
    const html = inline('See [this](https://example.org), ![that](https://example.org/x.png), <https://example.org>');
    expect(html).not.toContain('<a');
    expect(html).not.toContain('<img');
  });

  test('they keep emphasis, code and formulas, in one line', () => {
    expect(inline('*Why* does `x` need $r$?')).toMatch(/^<em>Why<\/em> does <code>x<\/code> need .*<math/);
  });
});
