import type { Summary } from '../calibration/report-findings.ts';

/** What the sentences of a summary are about, as page and terminal head them. */
export const summaryTitles = {
  'how-good': 'How good',
  'where-not': 'Where not',
  missing: 'What is missing',
  cost: 'What it costs',
} as const satisfies Record<Summary['parts'][number]['about'], string>;
