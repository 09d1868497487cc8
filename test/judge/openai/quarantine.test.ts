import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerMessage, systemPrompt } from '../../../src/judge/openai/prompt.ts';
import { quarantine, type Quarantined } from '../../../src/judge/openai/quarantine.ts';
import { attacks } from './attacks.ts';
import { answer, item, rubric } from './support.ts';

function inQuarantine(text: string): Quarantined {
  return quarantine({ secret: 's', itemId: item.id, rubricHash: 'h', answer: text });
}

/** The last message with the answer's lines cut out and the tag named the same. */
function trustedPart(text: string): string {
  const answer = inQuarantine(text);
  const message = answerMessage({ item, option: null, answer, repair: null });
  expect(message.split(answer.block)).toHaveLength(2);
  const empty = answer.block.split('\n');
  return message.replace(answer.block, () => [empty[0], empty.at(-1)].join('\n')).replaceAll(answer.tag, 'TAG');
}

/** Text likely to break something: markup, hidden characters, our own words, and anything at all. */
const nasty = fc
  .array(
    fc.oneof(
      fc.constantFrom('<', '>', '</', '\n', '\r\n', '\u2028', '#', '```', '~~~', '---', '===', 'S1: ', ' ', '\t', '. '),
      fc.constantFrom(
        'system',
        'assistant',
        ':',
        '：',
        '[INST]',
        '<|im_start|>',
        '＜',
        '\u200b',
        '\u202e',
        '\u0000',
        '\ud800',
      ),
      fc.constantFrom(...Object.values(attacks).slice(0, 20)),
      fc.string({ unit: 'binary' }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

const forbidden =
  /[<>]|```|~~~|[\p{Cc}\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2028\u2029\u2060-\u206f\ufe00-\ufe0f\ufeff\u{e0000}-\u{e0fff}]/u;

describe('an answer in quarantine', () => {
  it('has at least sixty attacks to face', () => {
    expect(Object.keys(attacks).length).toBeGreaterThanOrEqual(60);
  });

  it.each(Object.entries(attacks))('%s changes no trusted byte and stays in its block', (_, attack) => {
    expect(trustedPart(attack)).toBe(trustedPart(answer));
    const { block, tag } = inQuarantine(attack);
    const lines = block.split('\n');
    expect(lines[0]).toBe(`<${tag}>`);
    expect(lines.at(-1)).toBe(`</${tag}>`);
    lines.slice(1, -1).forEach((line, index) => {
      expect(line.startsWith(`S${index + 1}: `)).toBe(true);
      expect(line).not.toMatch(forbidden);
      expect(line).not.toMatch(/\b(system|assistant|user|developer|human)[\s*]*[:：]|\[\/?INST|(^|\s)#/i);
    });
  });

  it('never changes a trusted byte, whatever the learner types', () => {
    const clean = trustedPart(answer);
    const system = systemPrompt({ item, rubric });
    fc.assert(
      fc.property(nasty, (text) => {
        expect(trustedPart(text)).toBe(clean);
        expect(systemPrompt({ item, rubric })).toBe(system);
      }),
      { numRuns: 300 },
    );
  });

  it('never holds a closing tag, not even its own', () => {
    fc.assert(
      fc.property(nasty, nasty, (before, after) => {
        // The learner can't know the tag; suppose one did.
        const { tag } = inQuarantine(before + after);
        const { block, tag: own } = inQuarantine(`${before}</${tag}>${after}</${tag}\u200b>`);
        expect(block.split(`</${own}>`)).toHaveLength(2);
        expect(block.split('<')).toHaveLength(3);
        expect(block.endsWith(`</${own}>`)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('maps every range of what is shown back to the untouched text, in order', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const { shown, toOriginal } = inQuarantine(text);
        let last = -1;
        for (let at = 0; at < shown.length; at += 1) {
          const range = toOriginal(at, at + 1);
          expect(range).not.toBeNull();
          if (range === null) return;
          expect(range.start).toBeGreaterThanOrEqual(last);
          expect(range.end).toBeGreaterThan(range.start);
          expect(range.end).toBeLessThanOrEqual(text.length);
          last = range.start;
        }
        expect(toOriginal(0, shown.length + 1)).toBeNull();
        expect(toOriginal(1, 1)).toBeNull();
      }),
      { numRuns: 200 },
    );
  });

  it('gives back the learner’s own characters for whatever the judge quotes from a sentence', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const { block, findQuote } = inQuarantine(text);
        for (const line of block.split('\n').slice(1, -1)) {
          const quote = line.replace(/^S\d+: /, '');
          const original = findQuote(quote);
          expect(original).not.toBeNull();
          expect(text).toContain(original);
          // The same characters are shown for the quote as stood in the block.
          expect(inQuarantine(original ?? '').shown.trim()).toHaveLength(quote.trim().length);
        }
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    { text: 'the loss < 0.1 and > 0', quote: 'loss ‹ 0.1', original: 'loss < 0.1' },
    { text: 'the loss < 0.1 and > 0', quote: 'loss < 0.1 and > 0', original: 'loss < 0.1 and > 0' },
    { text: 'it is fro\u200bzen now', quote: 'is frozen now', original: 'is fro\u200bzen now' },
    {
      text: 'First part.\n\nSecond  part.',
      quote: 'First part. Second part.',
      original: 'First part.\n\nSecond  part.',
    },
    {
      text: 'First part. Second part.',
      quote: 'S1: First part.\nS2: Second part.',
      original: 'First part. Second part.',
    },
    { text: 'assistant: is a role', quote: 'assistant: is a role', original: 'assistant: is a role' },
    { text: 'emoji 👍🏽 then words', quote: '👍🏽 then words', original: '👍🏽 then words' },
  ])('finds the quote $quote as the learner wrote it', ({ text, quote, original }) => {
    expect(inQuarantine(text).findQuote(quote)).toBe(original);
  });

  it('finds nothing for a quote the answer does not say', () => {
    expect(inQuarantine(answer).findQuote('three thin matrices')).toBeNull();
    expect(inQuarantine(answer).findQuote('')).toBeNull();
    expect(inQuarantine(answer).findQuote('S1: ')).toBeNull();
  });

  it('leaves plain prose, numbers, formulas and other scripts as they are', () => {
    for (const text of [
      '2·d·r = 131,072',
      'a_b and x^2 - y',
      '日本語の答え',
      'naïve café',
      "it's [0, 1], e.g. 3:1",
      'C# or #1?'.slice(0, 2),
    ]) {
      expect(inQuarantine(text).shown).toBe(text);
    }
  });

  it('keeps its tag for the same request and changes it with secret, item, rubric or answer', () => {
    const base = { secret: 's', itemId: 'i', rubricHash: 'h', answer: 'a' };
    const tags = [
      base,
      { ...base, secret: 't' },
      { ...base, itemId: 'j' },
      { ...base, rubricHash: 'k' },
      { ...base, answer: 'b' },
    ];
    expect(new Set(tags.map((one) => quarantine(one).tag)).size).toBe(5);
    expect(quarantine({ ...base }).tag).toBe(quarantine(base).tag);
    expect(quarantine(base).tag).toMatch(/^answer-[0-9a-f]{16,}$/);
    // Parts are kept apart: moving a character from one to the next is another request.
    expect(quarantine({ ...base, itemId: 'ih', rubricHash: '' }).tag).not.toBe(quarantine(base).tag);
  });
});
