#!/usr/bin/env node
import { fileURLToPath } from 'node:url';

// Node 20 cannot run TypeScript by itself; tsx can, without a build step. It looks for a tsconfig.json where the command was started, and
// would compile our pages for another library there, so it is told where ours is.
process.env['TSX_TSCONFIG_PATH'] ??= fileURLToPath(new URL('../tsconfig.json', import.meta.url));
await import('tsx');
await import('./main.ts');
