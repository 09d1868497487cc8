import { beforeAll, describe, expect, test } from 'vitest';
import { readContentFiles, type ContentFiles } from '../../../src/bank/load-content.ts';
import {
  createLanguageModel,
  loadLanguageModel,
  type LanguageModel,
} from '../../../src/judge/embedded/language-model.ts';
import { readAnswer } from '../../../src/judge/embedded/read-answer.ts';

let language: LanguageModel;
let files: ContentFiles;
beforeAll(async () => {
  language = await loadLanguageModel();
  files = await readContentFiles('.');
});

const read = (answer: string): ReturnType<typeof readAnswer> => readAnswer({ answer, language });

/** Every string that stands anywhere in a value. */
function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(stringsIn) : [];
}

describe('a contraction that punctuation touches', () => {
  const words = 'cannot cant dont wont ive didnt isnt youre CANNOT Dont'.split(' ');
  const signs = ['.', ',', '?', '!', ';', ':', ')', '"', '/', '…', "'"];

  test.each(words)('%s is read like the same word before a space', (word) => {
    const plain = read(`${word} it`)[0]?.words.slice(0, -1);
    for (const sign of signs) {
      const [sentence] = read(`${word}${sign}`);
      expect(sentence?.words.map(({ lemma }) => lemma)).toEqual(plain?.map(({ lemma }) => lemma));
    }
  });

  test.each([
    'We cannot, surely, reward it',
    'They dont reward it',
    'It wont reward it',
    'It hasnt a reward',
    'CANT reward it',
  ])('denies what follows: %s', (answer) => {
    const words = read(answer)[0]?.words ?? [];
    expect(words.some(({ negator }) => negator)).toBe(true);
  });

  test('denies across no comma and to the end of its clause otherwise', () => {
    const [sentence] = read('It dont reward the format.');
    expect(sentence?.words.find(({ lower }) => lower === 'format')?.negated).toBe(true);
  });
});

describe('every text somebody may hand in is read', () => {
  test('all that authors wrote, and the same with its punctuation changed', () => {
    const authored = files.courses.flatMap(({ items, rubrics }) => [...items, ...rubrics].map(({ value }) => value));
    const texts = [...new Set(authored.flatMap(stringsIn))].filter((text) => text.includes(' '));
    expect(texts.length).toBeGreaterThan(1000);
    const signs = ['.', ',', '?', '!', ';', ':', ')', '"', '/'];
    texts.forEach((text, at) => {
      const sign = signs[at % signs.length] ?? '.';
      expect(() => read(text)).not.toThrow();
      // Whole texts with a sign behind every word, and no apostrophes, as they are typed in a hurry.
      expect(() => read(text.replace(/['’]/gu, '').replace(/(?<=\p{L})(?=\s)/gu, sign))).not.toThrow();
    });
  }, 120_000);

  test.each([
    '🙂🙂 👩‍👩‍👧 cannot🙂.',
    '\u202eشلום עולם cannot.\u202c',
    '\ud800 dont\udc00.',
    'cannot\u0000. \u0000',
    'x'.repeat(8000),
    'cannot.\r\ndont,\r\n\r\nwont!',
    '\u200bcan\u200bnot.',
    'constructor. __proto__, hasOwnProperty!',
    `e${'\u0301'.repeat(7999)}`,
    '-'.repeat(8000),
    '',
  ])('odd input %#', (answer) => {
    for (const { start, end, text } of read(answer)) expect(answer.slice(start, end)).toBe(text);
  });
});

describe('an answer made to be slow', () => {
  test('is read to its 250th sentence', () => {
    const lines = Array.from({ length: 2000 }, (_, at) => `w${at}`);
    expect(read(lines.join('\n'))).toHaveLength(250);
  });
  test('says once what it repeats', () => {
    expect(read('RL explores.\n'.repeat(600))).toHaveLength(1);
  });
  test('is read in pieces where it has no full stop, and nothing of it is lost', () => {
    const answer = Array.from({ length: 1000 }, (_, at) => `word${at}`).join(' ');
    const words = read(answer).flatMap((sentence) => sentence.words.map(({ lower }) => lower));
    expect(words).toHaveLength(1000);
  });
});

test('a language model that has met enough new words forgets them and reads on', async () => {
  const [{ default: wink }, { default: english }] = await Promise.all([
    import('wink-nlp'),
    import('wink-eng-lite-web-model'),
  ]);
  let opened = 0;
  const open = (): ReturnType<typeof wink> => {
    opened += 1;
    return wink(english, ['sbd', 'pos']);
  };
  const model = createLanguageModel({ open, mostNewWords: 50 });
  for (let at = 0; at < 10; at += 1) model.read(Array.from({ length: 20 }, (_, k) => `zq${at}x${k}`).join(' '));
  expect(opened).toBe(4);
  expect(model.read('It cannot.')[0]?.map(({ lemma }) => lemma)).toEqual(['it', 'can', 'not', '.']);
});
