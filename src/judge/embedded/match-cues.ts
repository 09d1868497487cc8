import type { Cues } from '../../core/rubric.ts';
import { findPhrase } from './find-phrase.ts';
import { isApart, type Framed } from './frames.ts';
import type { Phrase } from './phrase.ts';
import type { Sentence, WordSpan } from './read-answer.ts';

/**
 * One sentence in which a phrase of a group was found.
 * `framed`: its writer rejects, reports or asks at least one side of it.
 * `disowned`: the writer does so with all of it, and not just in passing; `somewhat` where the sentence goes on in the writer's own name.
 */
export type CueHit = {
  phrase: Phrase;
  sentence: Sentence;
  spans: WordSpan[];
  slip: boolean;
  framed: boolean;
  disowned: 'no' | 'somewhat' | 'wholly';
};

const rejecting =
  /^(?:wrong|incorrect|mistake[ns]?|false|untrue|misconceptions?|errors?|myth|trap|fallacy|naive|tempting|not|n['’]t|never)$/u;

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
        const framed = spans.some((span) => framesAround({ sentence, span }).length > 0);
        const hit = {
          phrase,
          sentence,
          spans,
          slip,
          framed,
          disowned: framed ? disowning({ sentence, spans }) : 'no',
        } satisfies CueHit;
        match[found.status === 'found' ? 'hits' : 'negated'].push(hit);
      }
    }
    return match;
  });
}

function framesAround({ sentence, span }: { sentence: Sentence; span: WordSpan }): Framed[] {
  const { start, end } = boundsOf({ sentence, span });
  return sentence.framed.filter((range) => range.start <= start && end <= range.end);
}

function disowning({ sentence, spans }: { sentence: Sentence; spans: readonly WordSpan[] }): CueHit['disowned'] {
  const around = spans.map((span) => framesAround({ sentence, span }).filter(isApart));
  if (around.some((frames) => frames.length === 0)) return 'no';
  // "It would be wrong to skip it" for the cue `wrong|mistake ... skip`: the phrase rejects by itself.
  if (spans.some((span) => holdsMarker({ sentence, span }))) return 'no';
  return around.flat().every(({ marker }) => marker) ? 'somewhat' : 'wholly';
}

function holdsMarker({ sentence, span }: { sentence: Sentence; span: WordSpan }): boolean {
  const within = sentence.words.slice(span.from, span.to);
  return sentence.framed.some(
    ({ marker }) =>
      marker !== null &&
      within.some(({ lower, start, end }) => end > marker.start && start < marker.end && rejecting.test(lower)),
  );
}

function boundsOf({ sentence, span }: { sentence: Sentence; span: WordSpan }): { start: number; end: number } {
  return {
    start: sentence.words[span.from]?.start ?? sentence.start,
    end: sentence.words[span.to - 1]?.end ?? sentence.end,
  };
}
