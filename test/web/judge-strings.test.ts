import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { strings } from '../../src/web/strings.ts';

const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');

describe('who has read the answer', () => {
  test('beside marks of the embedded judge stands how often they are the raters’ own, as the README measures it', () => {
    const said = strings.judgeDidRead({ judge: 'embedded', model: 'embedded', readBy: 'this server' });
    const [, agreement] = /verdicts that agree with the ratings \| (0\.\d\d)/.exec(readme) ?? [];
    const [, answers] = /`test` split, (\d+) answers/.exec(readme) ?? [];
    expect(said).toContain(`On ${answers} answers`);
    expect(said).toContain(`${100 - Math.round(100 * Number(agreement))} of 100 parts otherwise`);
    expect(said).toContain('not people');
  });

  test('before the first word is written it is said where the words go', () => {
    const model = { judge: 'openai', model: 'gpt-4.1-mini', readBy: 'api.openai.com' };
    expect(strings.judgeWillRead(model)).toContain('api.openai.com');
    expect(strings.judgeWillRead({ judge: 'embedded', model: 'embedded', readBy: 'this server' })).toContain(
      'your words go nowhere else',
    );
  });
});
