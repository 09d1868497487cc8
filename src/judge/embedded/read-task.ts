import type { Rubric } from '../../core/rubric.ts';
import type { CriterionFinding, JudgeTask } from '../judge.ts';
import { indexCourse, type CourseIndex } from './guards/course-index.ts';
import { whyWithheld, withhold, type Withheld } from './guards/withhold.ts';
import { judgeCriterion, type CriterionReading } from './judge-criterion.ts';
import { judgeMisconception, type MisconceptionReading } from './judge-misconception.ts';
import type { LanguageModel } from './language-model.ts';
import { parsePhrase, type Phrase } from './phrase.ts';
import { readAnswer, type Sentence } from './read-answer.ts';

/** What cues and rules make of one answer. `withheld`: why none of it may earn. */
export type TaskReading = {
  sentences: readonly Sentence[];
  earning: readonly Sentence[];
  withheld: Withheld | null;
  criteria: readonly CriterionReading[];
  misconceptions: readonly MisconceptionReading[];
};

/**
 * Reads one answer by cues and rules alone.
 * @param course all questions of the course, so that an answer to another one is known for what it is; without it the question stands alone.
 */
export function readTask(args: { task: JudgeTask; language: LanguageModel; course?: CourseIndex }): TaskReading {
  const { task, language } = args;
  const { rubric, answer } = task;
  const sentences = readAnswer({ answer, language });
  const withheld = withhold({ task, sentences, course: args.course ?? indexAlone(task) });
  // Off-topic is off-topic; the other signs may be wrong, so what cues find there is left to a person.
  const earning = withheld === 'off-topic' ? [] : sentences;
  const phraseOf = phraseReader(language);
  return {
    sentences,
    earning,
    withheld,
    criteria: rubric.criteria
      .map((criterion) => judgeCriterion({ criterion, answer, sentences: earning, phraseOf }))
      .map((at) => (withheld === null ? at : { ...at, finding: withholdPoints({ finding: at.finding, withheld }) })),
    misconceptions: rubric.misconceptions.map((misconception) =>
      judgeMisconception({ misconception, answer, sentences, phraseOf }),
    ),
  };
}

const WITHHELD_CONFIDENCE = 0.4;

function withholdPoints(args: { finding: CriterionFinding; withheld: Withheld }): CriterionFinding {
  const { finding, withheld } = args;
  const reasoning = `${finding.reasoning}; nothing earns a point here: ${whyWithheld[withheld]}`;
  if (finding.verdict === 'missed') return { ...finding, reasoning };
  // Without quotes: evidence beside a failed check would be half a point.
  return { ...finding, verdict: 'unsure', quotes: [], confidence: WITHHELD_CONFIDENCE, reasoning };
}

const alone = new WeakMap<Rubric, CourseIndex>();

function indexAlone(task: JudgeTask): CourseIndex {
  const known = alone.get(task.rubric) ?? indexCourse([task]);
  alone.set(task.rubric, known);
  return known;
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
