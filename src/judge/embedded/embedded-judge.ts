import { createHash } from 'node:crypto';
import type { Cues } from '../../core/rubric.ts';
import type { Judge } from '../judge.ts';
import { judgeCriterion } from './judge-criterion.ts';
import { judgeMisconception } from './judge-misconception.ts';
import { loadLanguageModel, type LanguageModel } from './language-model.ts';
import { matchCues } from './match-cues.ts';
import { isOffTopic } from './off-topic.ts';
import { parsePhrase, type Phrase } from './phrase.ts';
import { readAnswer } from './read-answer.ts';

/** Part of every request key: raise it with any change that can change a verdict. */
export const EMBEDDED_VERSION = 'embedded-3';

/** How one group of cues fared in an answer, for authors. */
export type CueExplanation =
  | { status: 'found'; phrase: string; quote: string }
  | { status: 'negated'; phrase: string; quote: string }
  | { status: 'absent' };

/**
 * The judge without key or network: authored cue phrases, lemmas, negation and numbers. It quotes what it found, leaves
 * notes to the authored hints, and says `unsure` where its evidence is half there or denied. It fails closed: what it
 * cannot find it calls missing. The language model (130 ms, 45 MB) loads at the first answer.
 * @param now milliseconds, for the latency in the provenance.
 * @throws VivaError `content-invalid` for a cue phrase outside the language of docs/authoring.md.
 */
export function createEmbeddedJudge(deps: { now: () => number }): Judge {
  return async (task, { signal }) => {
    const begun = deps.now();
    const language = await loadLanguageModel();
    if (signal.aborted) {
      return { status: 'ungraded', reason: 'cancelled', detail: 'Nobody waits for this grade.', provenance: null };
    }
    const { rubric, answer } = task;
    const sentences = readAnswer({ answer, language });
    // Nothing in an answer to another question earns a point, whichever words it happens to use.
    const earning = isOffTopic(task) ? [] : sentences;
    const phraseOf = phraseReader(language);
    const criteria = rubric.criteria.map((criterion) =>
      judgeCriterion({ criterion, answer, sentences: earning, phraseOf }),
    );
    const misconceptions = rubric.misconceptions.map((misconception) =>
      judgeMisconception({ misconception, answer, sentences, phraseOf }),
    );
    return {
      status: 'judged',
      criteria,
      misconceptions,
      next: '',
      provenance: {
        judge: 'embedded',
        model: 'embedded',
        promptVersion: EMBEDDED_VERSION,
        rubricHash: task.rubricHash,
        requestKey: requestKey([EMBEDDED_VERSION, task.rubricHash, answer, task.option, task.replica]),
        tokensIn: null,
        tokensOut: null,
        costMicroUsd: 0,
        latencyMs: Math.max(0, deps.now() - begun),
      },
    };
  };
}

/** Says group by group what the cues find in an answer, for lint and for authors who wonder about a verdict. */
export async function explainCues(args: { cues: Cues; answer: string }): Promise<CueExplanation[]> {
  const language = await loadLanguageModel();
  const sentences = readAnswer({ answer: args.answer, language });
  return matchCues({ cues: args.cues, sentences, phraseOf: phraseReader(language) }).map(({ hits, negated }) => {
    const [hit] = hits;
    const [denied] = negated;
    if (hit) return { status: 'found', phrase: hit.phrase.written, quote: hit.sentence.text };
    if (denied) return { status: 'negated', phrase: denied.phrase.written, quote: denied.sentence.text };
    return { status: 'absent' };
  });
}

const parsed = new WeakMap<LanguageModel, Map<string, Phrase>>();

/** Parses each authored phrase once a process. */
function phraseReader(language: LanguageModel): (written: string) => Phrase {
  const known = parsed.get(language) ?? new Map<string, Phrase>();
  parsed.set(language, known);
  return (written) => {
    const before = known.get(written);
    if (before) return before;
    const phrase = parsePhrase({ written, lemmaOf: language.lemmaOf });
    known.set(written, phrase);
    return phrase;
  };
}

function requestKey(parts: readonly (string | number | null)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
