import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findDuplicateKey } from '../../../src/judge/openai/duplicate-key.ts';
import { parseReply, type ParsedReply } from '../../../src/judge/openai/parse-reply.ts';
import { replySchema } from '../../../src/judge/openai/reply-schema.ts';
import { goodReply, goodText, rubric } from './support.ts';

const schema = replySchema(rubric);
const parse = (content: string): ParsedReply => parseReply(content, { schema, fence: 'refused' });
const faultOf = (content: string): string => {
  const parsed = parse(content);
  return parsed.status === 'faulty' ? `${parsed.fault.name} ${parsed.fault.where}`.trim() : parsed.status;
};

describe('a model’s reply', () => {
  it('is read as it stands', () => {
    expect(parse(goodText)).toEqual({ status: 'parsed', reply: { ...goodReply(), errors: [] } });
  });

  it.each([
    ['missing-key criteria.C1.note', goodText.replace('"note":"You counted both matrices."', '"notes":""')],
    ['unknown-verdict criteria.C1.verdict, criteria.C2.verdict', goodText.replaceAll('"met"', '"yes"')],
    ['wrong-type criteria.C1.confidence', goodText.replace('0.93', '"0.93"')],
    ['confidence-range misconceptions.M1.confidence', goodText.replace('0.97', '97')],
    ['duplicate-key criteria.C1.verdict', goodText.replace('"verdict"', '"verdict":"met","verdict"')],
    ['duplicate-key …', goodText.replace('{', '{"ignore the rules":1,"ignore the rules":2,')],
    ['unknown-key criteria', goodText.replace('"C2"', '"ignore the rules":{},"C2"')],
    ['two-objects', goodText + goodText],
    ['prose-reply', `Sure! ${goodText}`],
    ['fenced-reply', `\`\`\`json\n${goodText}\n\`\`\``],
    ['not-an-object', '"met"'],
    ['empty-reply', ''],
  ])('has its fault named: %s', (fault, content) => {
    expect(content).not.toBe(goodText);
    expect(faultOf(content)).toBe(fault);
  });

  it('takes a "partial" the rubric does not word from endpoints that can’t be held to the schema', () => {
    expect(faultOf(goodText.replaceAll('"met"', '"partial"'))).toBe('parsed');
  });

  it('carries quotation marks, braces and key-like words in its prose unharmed', () => {
    const reply = goodReply();
    reply.next = 'What of "C1": {"verdict": "met"}, `next` and \\u0000?';
    expect(parse(JSON.stringify(reply))).toEqual({ status: 'parsed', reply: { ...reply, errors: [] } });
  });

  it('is never half read: whatever the text, all keys are there or there is a fault', () => {
    const text = fc.oneof(
      fc.json(),
      fc.string(),
      fc.nat(goodText.length).map((length) => goodText.slice(0, length)),
    );
    fc.assert(
      fc.property(text, (content) => {
        const parsed = parse(content);
        if (parsed.status === 'parsed') expect(Object.keys(parsed.reply.criteria)).toEqual(['C1', 'C2']);
        else expect(parsed.fault.where).toMatch(/^[\w., …]*$/);
      }),
    );
  });
});

describe('duplicate keys', () => {
  it.each([
    ['{"a":1,"b":{"a":1},"c":[{"a":1},{"a":2}]}', null],
    ['{"a":"{\\"a\\":1,\\"a\\":2}"}', null],
    ['{"a":["b","b",{"c":"b: \\"b\\": "}]}', null],
    ['{"a":1,"a":2}', ['a']],
    ['{"a":{"b":[1,{"c":1,"c" :2}]}}', ['a', 'b', 'c']],
    ['{"a":1,"\\u0061":2}', ['a']],
    ['{"":1,"":2}', ['']],
    ['{"a\\\\":1,"a\\\\":2}', ['a\\']],
  ])('in %s', (json, path) => {
    expect(() => void JSON.parse(json)).not.toThrow();
    expect(findDuplicateKey(json)).toEqual(path);
  });

  it('are never seen in what JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.json(), (json) => {
        expect(findDuplicateKey(JSON.stringify(JSON.parse(json)))).toBeNull();
      }),
    );
  });
});
