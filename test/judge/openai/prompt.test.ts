import { describe, expect, it } from 'vitest';
import { answerMessage, systemPrompt } from '../../../src/judge/openai/prompt.ts';
import { quarantine } from '../../../src/judge/openai/quarantine.ts';
import { answer, choiceItem, item, rubric } from './support.ts';

const inQuarantine = (text: string): ReturnType<typeof quarantine> =>
  quarantine({ secret: 's', itemId: item.id, rubricHash: 'h', answer: text });

describe('the prompt', () => {
  it('never names an authored id, only numbers', () => {
    const everything = [
      systemPrompt({ item, rubric }),
      systemPrompt({ item: choiceItem, rubric }),
      answerMessage({ item: choiceItem, option: 1, answer: inQuarantine(answer), repair: 'a key is missing (C1)' }),
    ].join('\n');
    expect(everything).not.toContain('zq-');
    for (const key of ['C1. How many numbers', 'C2. What happens', 'M1. Only one thin matrix']) {
      expect(everything).toContain(key);
    }
  });

  it('tells a judge of the question, reference, levels, hints and misconceptions, and nothing only code uses', () => {
    const system = systemPrompt({ item, rubric });
    for (const one of rubric.criteria) {
      for (const words of [one.asks, one.expects, ...one.hints]) expect(system).toContain(words);
    }
    for (const words of [item.prompt, item.reference, 'Sees two factors but gets the product wrong.']) {
      expect(system).toContain(words);
    }
    expect(system.match(/Partial: does not exist here/g)).toHaveLength(1);
    expect(system).not.toContain('points: 2');
    expect(system).not.toContain(item.title);
  });

  it('shows exemplars with their verdicts by number and the span that holds a misconception', () => {
    const system = systemPrompt({ item, rubric });
    expect(system).toContain('Graded: C1 met, C2 met, M1 not-held (mentioned to reject it).');
    expect(system).toContain('Graded: C1 missed, C2 missed, M1 held ("Just the one small matrix trains").');
  });

  it('keeps the picked option and the answer out of the part that providers cache', () => {
    const system = systemPrompt({ item: choiceItem, rubric });
    expect(system).toContain('1. 4,096 (wrong: It counts one factor. Picking it suggests M1');
    expect(system).toContain('2. 8,192 (the right one)');
    const messages = [1, 2].map((option) =>
      answerMessage({ item: choiceItem, option, answer: inQuarantine(answer), repair: null }),
    );
    expect(messages[0]).toContain('picked option 1.');
    expect(messages[1]).toContain('picked option 2.');
    expect(messages[0]?.replace('option 1', 'option 2')).toBe(messages[1]);
  });

  it('says nothing of misconceptions or examples where the rubric has none', () => {
    const system = systemPrompt({ item, rubric: { ...rubric, misconceptions: [], exemplars: [] } });
    expect(system).not.toContain('M1');
    expect(system).not.toContain('# Misconceptions');
    expect(system).not.toContain('# Answers graded before');
    expect(system).not.toContain('"misconceptions"');
  });

  it('ends with words of ours, not of the learner', () => {
    const message = answerMessage({ item, option: null, answer: inQuarantine(answer), repair: null });
    expect(message.endsWith('reply with the one JSON object described above.')).toBe(true);
  });
});
