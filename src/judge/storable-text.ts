import type { Outcome, Provenance } from '../core/grade.ts';

/** Longer reasoning is a model that ran away; two sentences are asked for. In code points. */
const LONGEST_PROSE = 4_000;

/**
 * A text that a database's jsonb can hold: without NUL, lone surrogates replaced by U+FFFD, cut by code points so that
 * no character is halved.
 */
export function storableText(text: string, longest = LONGEST_PROSE): string {
  const whole = text.replaceAll('\0', '').toWellFormed();
  // Never more code points than code units.
  return whole.length <= longest ? whole : Array.from(whole).slice(0, longest).join('');
}

/**
 * The same outcome with every string of the judge's storable. Evidence stays untouched: it is a slice of the answer, which
 * whoever takes the answer in makes well-formed, and its offsets must hold.
 */
export function storableOutcome(outcome: Outcome): Outcome {
  switch (outcome.status) {
    case 'graded':
    case 'provisional':
      return {
        ...outcome,
        verdicts: outcome.verdicts.map((verdict) => ({
          ...verdict,
          note: storableText(verdict.note),
          reasoning: storableText(verdict.reasoning),
        })),
        feedback: { summary: storableText(outcome.feedback.summary), next: storableText(outcome.feedback.next) },
        provenance: storableProvenance(outcome.provenance),
      };
    case 'ungraded':
      return {
        ...outcome,
        detail: storableText(outcome.detail),
        provenance: outcome.provenance === null ? null : storableProvenance(outcome.provenance),
      };
    case 'returned':
      return outcome;
    default:
      return outcome satisfies never;
  }
}

function storableProvenance(provenance: Provenance): Provenance {
  return { ...provenance, judge: storableText(provenance.judge), model: storableText(provenance.model) };
}
