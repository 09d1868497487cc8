import { parseHTML } from 'linkedom';
import { describe, expect, test } from 'vitest';
import { printable } from '../../src/cli/grade-command.ts';
import type { Note } from '../../src/web/margin-notes.ts';
import { renderInline, renderWritten } from '../../src/web/markdown.ts';
import { MarkedAnswer } from '../../src/web/parts/marked-answer.tsx';
import { attacks } from '../judge/openai/attacks.ts';

/** What our own parts of the page are made of; anything else came out of the text. */
const ours = new Set('ARTICLE DIV SECTION UL OL LI P SPAN STRONG EM CODE PRE BR MARK SUP A SVG USE'.split(' '));
/** KaTeX sets formulas in elements of its own. */
const ofFormulas = /^(?:MATH|SEMANTICS|ANNOTATION|M[A-Z]+)$/;

/** Elements that do something or come from elsewhere, attributes that run, and addresses that lead off the page. */
function dangersIn(html: string): string[] {
  const { document } = parseHTML(`<main>${html}</main>`);
  return [...document.querySelectorAll('main *')].flatMap((element) => {
    const name = element.tagName.toUpperCase();
    const stray = ours.has(name) || ofFormulas.test(name) ? [] : [name];
    const attributes = [...element.attributes].filter(
      ({ name: key, value }) =>
        /^on|^src$|^style$/.test(key) || (/href$/.test(key) && !/^(?:#|\/assets\/)/.test(value)),
    );
    // Formulas are placed by inline lengths; the CSP lets no style of the page do more than that.
    const lengths = element.closest('.katex') ? attributes.filter(({ name: key }) => key !== 'style') : attributes;
    return [...stray, ...lengths.map(({ name: key, value }) => `${name} ${key}=${value}`)];
  });
}

function noteSaying(text: string, answer: string): Note {
  const evidence = [{ start: 0, end: answer.length, quote: answer }];
  return { name: '1', kind: 'met', word: 'Right', worth: null, asks: text, text, evidence, settled: null };
}

describe('whatever an attacker writes', () => {
  test.each(Object.entries(attacks))(
    'is text on the page, in the answer and in a note that repeats it: %s',
    async (_name, attack) => {
      const notes = attack.trim() === '' ? [] : [noteSaying(attack, attack)];
      const html = String(await MarkedAnswer({ answer: attack, notes }));
      expect(dangersIn(html)).toEqual([]);
      expect(dangersIn(String(renderInline(attack)))).toEqual([]);
      expect(dangersIn(String(renderWritten(attack)))).toEqual([]);
    },
  );

  test('is found where it is not text', () => {
    for (const attack of ['HTML script', 'SVG and comment'] as const)
      expect(dangersIn(attacks[attack] ?? '')).not.toEqual([]);
    expect(dangersIn('<a href="javascript:alert(1)">x</a>')).toEqual(['A href=javascript:alert(1)']);
  });

  test.each(Object.entries(attacks))('moves no cursor and hides nothing in the terminal: %s', (_name, attack) => {
    const line = printable(attack);
    // Controls, escape sequences, line breaks, and characters that have no width or turn the direction of what follows.
    expect(line).not.toMatch(/[\p{Cc}\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]/u);
  });
});
