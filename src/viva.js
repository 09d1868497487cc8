#!/usr/bin/env node
// Node 20 cannot run TypeScript by itself; tsx can, without a build step.
import 'tsx';
await import('./main.ts');
