import type { AnswerReview, VerdictReview } from '../tutor/review-view.ts';
import { noteName, type Note } from './margin-notes.ts';
import { strings } from './strings.ts';

/** The notes of a whole answer as an instructor sees it: every verdict that quotes words, in the order of those words. */
export function reviewNotes(answer: AnswerReview): Note[] {
  const notes = answer.verdicts.flatMap((verdict): Note[] => {
    const { judged, settled } = verdict;
    const stands = settled?.verdict ?? judged.verdict;
    if (judged.evidence.length === 0 || (stands === 'not-held' && settled === null)) return [];
    return [
      {
        name: nameOf(answer, verdict),
        kind: kindOf(stands),
        word: strings.review.judged[stands],
        worth: null,
        asks: verdict.text,
        text: '',
        evidence: judged.evidence,
        settled:
          settled === null
            ? null
            : { judgeSaid: strings.contest.judgeSaid(strings.review.judged[judged.verdict]), why: settled.note },
      },
    ];
  });
  const firstWord = ({ evidence }: Note): number => Math.min(...evidence.map(({ start }) => start));
  return notes.sort((a, b) => firstWord(a) - firstWord(b));
}

export function nameOf(answer: AnswerReview, { kind, target }: Pick<VerdictReview, 'kind' | 'target'>): string {
  const place = answer.verdicts.filter((verdict) => verdict.kind === kind).findIndex((one) => one.target === target);
  return noteName({ kind, ordinal: place + 1 });
}

/** The colour and icon of a verdict, whoever gave it. */
export function kindOf(verdict: VerdictReview['judged']['verdict']): Note['kind'] {
  if (verdict === 'held') return 'wrong-turn';
  return verdict === 'not-held' ? 'cleared' : verdict;
}
