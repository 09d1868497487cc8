import { createHash } from 'node:crypto';
import type { Cues } from '../../core/rubric.ts';
import type { CriterionFinding, Judge, JudgeTask, MisconceptionFinding } from '../judge.ts';
import { doubtSharedWords } from './doubt-shared-words.ts';
import { indexCourse, type CourseIndex, type Question } from './guards/course-index.ts';
import { weighFindings } from './fit/weigh-findings.ts';
import { loadLanguageModel } from './language-model.ts';
import { matchCues } from './match-cues.ts';
import type { Phrase } from './phrase.ts';
import { readAnswer } from './read-answer.ts';
import { phraseReader, readTask, type TaskReading } from './read-task.ts';

/** Part of every request key: raise it with any change that can change a verdict. */
export const EMBEDDED_VERSION = 'embedded-5';

/** How one group of cues fared in an answer, for authors. */
export type CueExplanation =
  | { status: 'found'; phrase: string; quote: string }
  | { status: 'negated'; phrase: string; quote: string }
  | { status: 'absent' };

type Findings = { criteria: CriterionFinding[]; misconceptions: MisconceptionFinding[] };
type Weigh = (args: { task: JudgeTask; reading: TaskReading; phraseOf: (written: string) => Phrase }) => Findings;

/** `now`: milliseconds, for the latency in the provenance. `questions`: all of the course, by which an answer to another question is known. */
type EmbeddedDeps = { now: () => number; questions?: readonly Question[] };

/**
 * The judge without key or network: authored cue phrases, lemmas, negation and numbers, weighed by a small fitted model. It quotes what it
 * found, leaves notes to the authored hints, and says `unsure` where its evidence is half there, denied, unlike what earned the criterion
 * before, or in the words of a common wrong answer. It fails closed: what it cannot find it calls missing. The language model (130 ms, 45 MB)
 * loads at the first answer.
 * @throws VivaError `content-invalid` for a cue phrase outside the language of docs/authoring.md.
 */
export function createEmbeddedJudge(deps: EmbeddedDeps): Judge {
  return judgeBy((args) => doubtSharedWords({ findings: weighFindings(args), reading: args.reading }), deps);
}

/**
 * The same judge by its cues alone. Lint holds a rubric's exemplars against it: the fitted model compares answers with those very exemplars, so
 * it would find each of them like itself and say nothing of the cues.
 */
export function createCueJudge(deps: EmbeddedDeps): Judge {
  return judgeBy(findingsOf, deps);
}

function findingsOf({ reading }: { reading: TaskReading }): Findings {
  return {
    criteria: reading.criteria.map(({ finding }) => finding),
    misconceptions: reading.misconceptions.map(({ finding }) => finding),
  };
}

function judgeBy(weigh: Weigh, deps: EmbeddedDeps): Judge {
  let course: CourseIndex | undefined;
  return async (task, { signal }) => {
    const begun = deps.now();
    const language = await loadLanguageModel();
    if (signal.aborted) {
      return { status: 'ungraded', reason: 'cancelled', detail: 'Nobody waits for this grade.', provenance: null };
    }
    course ??= deps.questions === undefined ? undefined : indexCourse(deps.questions);
    const reading = readTask({ task, language, ...(course === undefined ? {} : { course }) });
    const { criteria, misconceptions } = weigh({ task, reading, phraseOf: phraseReader(language) });
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
        requestKey: requestKey([EMBEDDED_VERSION, task.rubricHash, task.answer, task.option, task.replica]),
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

function requestKey(parts: readonly (string | number | null)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
