import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readConfig } from '../src/config.ts';
import { VivaError } from '../src/core/errors.ts';

function refusal(env: Record<string, string>): string {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof VivaError) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'accepted';
}

describe('configuration', () => {
  test('an empty environment gives a local tutor with the embedded judge', () => {
    const config = readConfig({});
    expect(config).toMatchObject({ host: '127.0.0.1', port: 3000, databaseUrl: null, judge: { kind: 'embedded' } });
    expect(config.dataDir).toBe(resolve('.viva'));
  });

  test('a key alone chooses the LLM, and so does a base URL alone', () => {
    expect(readConfig({ OPENAI_API_KEY: 'sk-1' }).judge).toMatchObject({
      kind: 'openai',
      baseUrl: null,
      apiKey: 'sk-1',
    });
    expect(readConfig({ OPENAI_BASE_URL: 'http://127.0.0.1:11434/v1', VIVA_MODEL: 'llama' }).judge).toMatchObject({
      kind: 'openai',
      apiKey: null,
      model: 'llama',
    });
  });

  test('VIVA_JUDGE=embedded wins over a key', () => {
    expect(readConfig({ OPENAI_API_KEY: 'sk-1', VIVA_JUDGE: 'embedded' }).judge).toEqual({ kind: 'embedded' });
  });

  test('an empty variable counts as unset', () => {
    expect(readConfig({ OPENAI_API_KEY: '', PORT: ' ' })).toMatchObject({ port: 3000, judge: { kind: 'embedded' } });
  });

  test('every problem is reported at once, each with its mend', () => {
    const message = refusal({ PORT: 'http', VIVA_JUDGE: 'gpt', DATABASE_URL: 'mysql://x', VIVA_JUDGE_TIMEOUT_MS: '5' });
    expect(message).toContain('config-invalid: The configuration has 4 problems');
    expect(message).toContain('PORT: write a whole number from 0 to 65535');
    expect(message).toContain('VIVA_JUDGE: write auto, embedded, openai or recorded');
    expect(message).toContain('DATABASE_URL: write a postgres:// address');
    expect(message).toContain('VIVA_JUDGE_TIMEOUT_MS: write a whole number from 1000 to 3600000');
  });

  test('an LLM judge that cannot be reached is refused with the way out', () => {
    expect(refusal({ VIVA_JUDGE: 'openai' })).toContain('OPENAI_API_KEY, or OPENAI_BASE_URL');
    expect(refusal({ OPENAI_BASE_URL: 'http://127.0.0.1:1/v1' })).toContain('VIVA_MODEL: name the model');
  });

  test('a key never stands in the message', () => {
    expect(refusal({ OPENAI_API_KEY: 'sk-secret', PORT: 'x' })).not.toContain('sk-secret');
  });
});

test('the layer law of the linter covers every folder of src', async () => {
  const { readdirSync } = await import('node:fs');
  const law = readFileSync('test/layers.cjs', 'utf8');
  const folders = readdirSync('src', { withFileTypes: true }).filter((entry) => entry.isDirectory());
  for (const { name } of folders) expect(law).toContain(`  ${name}: [`);
});
