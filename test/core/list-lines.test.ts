import { expect, test } from 'vitest';
import { listOnLines } from '../../src/core/list-lines.ts';

test.each([
  ['numbers with full stops', '1. This. 2. That. 3. Those.', '1. This.\n2. That.\n3. Those.'],
  ['brackets, after a lead', 'The two, then. 1) This. 2) That.', 'The two, then.\n1) This.\n2) That.'],
  ['parts of one sentence', 'Count: 1. this; 2. that.', 'Count:\n1. this;\n2. that.'],
  [
    'numbers out of order, and no list',
    'Steps: 2. 16 by 2 makes 32. 1. 5 is less.',
    'Steps: 2. 16 by 2 makes 32. 1. 5 is less.',
  ],
  ['figures', 'The batch is 1. The card takes 2. So 3.', 'The batch is 1. The card takes 2. So 3.'],
  ['a list on its lines', '1. This.\n2. That.', '1. This.\n2. That.'],
])('a list in one run goes on lines: %s', (_name, text, lines) => {
  expect(listOnLines(text)).toBe(lines);
});
