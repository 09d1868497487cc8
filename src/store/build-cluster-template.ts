import { buildClusterTemplate } from './cluster-template.ts';

// Run after `npm ci`, and by the first start where that was skipped. A failure here must not fail the install: the
// first start tries again and says what is wrong.
try {
  await buildClusterTemplate();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
}
