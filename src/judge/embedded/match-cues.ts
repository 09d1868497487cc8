import type { Cues } from '../../core/rubric.ts';
import { findPhrase } from './find-phrase.ts';
import type { Phrase } from './phrase.ts';
import type { Sentence, WordSpan } from './read-answer.ts';

/** One sentence in which a phrase of a group was found. */
export type CueHit = { phrase: Phrase; sentence: Sentence; spans: WordSpan[]; slip: boolean; framed: boolean };

/** What became of one group: where its phrases stand, and where they stand only inside a negation. */
export type GroupMatch = { hits: CueHit[]; negated: CueHit[] };

/** Looks for every group of some cues in every sentence that states something. */
export function matchCues(args: {
  cues: Cues;
  sentences: readonly Sentence[];
  phraseOf: (written: string) => Phrase;
}): GroupMatch[] {
  const stating = args.sentences.filter(({ salad }) => !salad);
  return args.cues.map((group) => {
    const match: GroupMatch = { hits: [], negated: [] };
    for (const written of group) {
      const phrase = args.phraseOf(written);
      for (const sentence of stating) {
        const found = findPhrase(sentence, phrase);
        if (found.status === 'absent') continue;
        const { spans } = found;
        const slip = found.status === 'found' && found.slip;
        const hit = { phrase, sentence, spans, slip, framed: spans.some((span) => isFramed({ sentence, span })) };
        match[found.status === 'found' ? 'hits' : 'negated'].push(hit);
      }
    }
    return match;
  });
}

function isFramed({ sentence, span }: { sentence: Sentence; span: WordSpan }): boolean {
  const start = sentence.words[span.from]?.start ?? sentence.start;
  const end = sentence.words[span.to - 1]?.end ?? sentence.end;
  return sentence.framed.some((range) => range.start <= start && end <= range.end);
}
