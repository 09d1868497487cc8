#!/usr/bin/env node
import { fileURLToPath } from 'node:url';
import { compiled } from './compile.js';

const program = await compiled();
if (program === null) {
  // tsx runs TypeScript as it stands. It looks for a tsconfig.json where the command was started, and would compile our pages for another
  // library there, so it is told where ours is.
  process.env['TSX_TSCONFIG_PATH'] ??= fileURLToPath(new URL('../tsconfig.json', import.meta.url));
  await import('tsx');
  await import('./main.ts');
} else {
  await import(program);
}
