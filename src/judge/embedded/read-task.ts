import type { JudgeTask } from '../judge.ts';
import { judgeCriterion, type CriterionReading } from './judge-criterion.ts';
import { judgeMisconception, type MisconceptionReading } from './judge-misconception.ts';
import type { LanguageModel } from './language-model.ts';
import { isOffTopic } from './off-topic.ts';
import { parsePhrase, type Phrase } from './phrase.ts';
import { readAnswer, type Sentence } from './read-answer.ts';

/** What cues and rules make of one answer. `earning`: the sentences that may earn a point. */
export type TaskReading = {
  sentences: readonly Sentence[];
  earning: readonly Sentence[];
  criteria: readonly CriterionReading[];
  misconceptions: readonly MisconceptionReading[];
};

/** Reads one answer by cues and rules alone. */
export function readTask({ task, language }: { task: JudgeTask; language: LanguageModel }): TaskReading {
  const { rubric, answer } = task;
  const sentences = readAnswer({ answer, language });
  // Nothing in an answer to another question earns a point, whichever words it happens to use.
  const earning = isOffTopic(task) ? [] : sentences;
  const phraseOf = phraseReader(language);
  return {
    sentences,
    earning,
    criteria: rubric.criteria.map((criterion) => judgeCriterion({ criterion, answer, sentences: earning, phraseOf })),
    misconceptions: rubric.misconceptions.map((misconception) =>
      judgeMisconception({ misconception, answer, sentences, phraseOf }),
    ),
  };
}

const parsed = new WeakMap<LanguageModel, Map<string, Phrase>>();

/** Parses each authored phrase once a process. */
export function phraseReader(language: LanguageModel): (written: string) => Phrase {
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
