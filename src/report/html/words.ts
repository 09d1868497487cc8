import type { Advice } from '../../calibration/report-parts.ts';

/** Verdicts with their sign: nothing is said by colour alone. */
export const verdictWords: Readonly<Record<string, string>> = {
  met: '✓ met',
  partial: '◐ half-way',
  missed: '○ missing',
  unsure: '? unsure',
  held: '✗ held',
  'not-held': '– not held',
};

export const sliceWords: Readonly<Record<string, string>> = {
  band: 'points the raters gave',
  item: 'question',
  chapter: 'chapter',
  concept: 'concept',
  length: 'length of the answer',
  tag: 'tag',
};

/** What to try, and the pattern that suggests it. */
export function adviceWords({ kind, because }: Advice): string {
  const n = 'verdicts' in because ? `${because.verdicts} verdict${because.verdicts === 1 ? '' : 's'}` : '';
  switch (kind) {
    case 'ambiguous-wording':
      return 'alpha' in because
        ? `Ambiguous wording: the raters themselves read it differently (alpha ${because.alpha.toFixed(2)}). Reword “asks” and “expects” until two people give the same verdict, before blaming the judge.`
        : `Ambiguous wording? It errs both ways (${n}). Say in “expects” what is enough and what is not.`;
    case 'narrow-check':
      return `A narrow check: code lowered ${n} because the number was not found. See whether right answers write it another way; add that to “check.accept”, or widen “tolerance”.`;
    case 'missing-alternative':
      return `A missing alternative: it misses what the raters accept (${n}). Name in “expects”, and in “cues” for the embedded judge, the wordings and routes that count.`;
    case 'too-wide':
      return `Too wide: it accepts what the raters do not (${n}). Say in “expects” what is not enough, and add an exemplar that comes close and misses.`;
    case 'vague-half-way':
      return `A vague half-way: most differences are about it (${n}). Say more exactly in “partial” what earns half.`;
    case 'missing-half-way':
      return `A missing half-way level: met and missed are taken for each other both ways (${n}). If there is a half-way answer, word it as “partial”.`;
    case 'hard-to-quote':
      return `Hard to quote: it cannot decide (${n}). Ask for something that a sentence of an answer can show, or split it in two.`;
    default:
      return kind satisfies never;
  }
}
