import type { Content, CourseItem } from '../bank/content.ts';
import type { EvalAnswer, RaterKind } from '../core/eval-set.ts';
import { listOnLines } from '../core/list-lines.ts';
import type { Exemplar } from '../core/rubric.ts';
import { findQuote } from '../core/text.ts';
import type { Evidence } from '../core/verdict.ts';

/** Where a stimulus is kept: an exemplar by its place in the rubric, or a rated answer as `<set>/<answer id>`. */
export type StimulusPlace = { exemplar: number; stimulus: null } | { exemplar: null; stimulus: string };

/** An answer fit for the drill: it holds misconceptions that everybody who rated it saw, or is right throughout. */
export type Stimulus = {
  courseItem: CourseItem;
  place: StimulusPlace;
  answer: string;
  /** What it holds; empty where it is right throughout. `span` is null where nobody marked the words. */
  held: { id: string; span: string | null }[];
  /** Misconceptions it mentions only to reject them. */
  rejects: string[];
  source: { kind: 'authored' } | { kind: 'rated'; raters: RaterKind[] };
};

/** What one course has to drill, by place too. Content never changes while the server runs, so it is read through once. */
type Drillable = { stimuli: Stimulus[]; byPlace: ReadonlyMap<string, Stimulus> };
const drillable = new WeakMap<Content, Map<string, Drillable>>();

/** Every answer of a course that can be drilled: exemplars, and rated answers of the `dev` split. Nothing of `test`, ever. */
export function listStimuli(content: Content, courseId: string): Stimulus[] {
  return drillableOf(content, courseId).stimuli;
}

/** The stimulus a turn showed; undefined where it has left the content or is no longer fit. */
export function findStimulus(
  content: Content,
  turn: { course: string; itemId: string; exemplar: number | null; stimulus: string | null },
): Stimulus | undefined {
  return drillableOf(content, turn.course).byPlace.get(placeKey(turn));
}

/** One text for one place, to count by. */
export function placeKey(turn: { itemId: string; exemplar: number | null; stimulus: string | null }): string {
  const { itemId, exemplar, stimulus } = turn;
  return stimulus ?? `${itemId}#${String(exemplar)}`;
}

/** The words that hold what the answer holds, where somebody marked them. */
export function evidenceOf(stimulus: Stimulus): Evidence[] {
  return stimulus.held.flatMap((held) => evidenceOfHeld({ stimulus, held }) ?? []);
}

/** The words that hold one misconception; undefined where nobody marked them. */
export function evidenceOfHeld(args: { stimulus: Stimulus; held: Stimulus['held'][number] }): Evidence | undefined {
  const { span } = args.held;
  return span === null ? undefined : findQuote({ answer: args.stimulus.answer, quote: span });
}

/**
 * Whether a learner is asked where the mistake stands: only authors mark words. It must not hang on what the answer holds, or to be
 * asked would be to be told.
 */
export function canBePointedAt({ source }: Stimulus): boolean {
  return source.kind === 'authored';
}

function drillableOf(content: Content, courseId: string): Drillable {
  const known = drillable.get(content) ?? new Map<string, Drillable>();
  drillable.set(content, known);
  const before = known.get(courseId);
  if (before) return before;
  const items = content.courses.find(({ course }) => course.id === courseId)?.items ?? [];
  const drilled = new Map(items.filter(isDrilled).map((courseItem) => [courseItem.item.id, courseItem]));
  const authored = [...drilled.values()].flatMap((courseItem) =>
    courseItem.rubric.exemplars.flatMap((exemplar, index) => stimulusOfExemplar({ courseItem, exemplar, index }) ?? []),
  );
  const families = new Set<string>();
  const rated: { stimulus: Stimulus; fresh: boolean }[] = [];
  for (const { set, answers } of content.evalSets) {
    if (set.course !== courseId) continue;
    for (const answer of answers) {
      const courseItem = drilled.get(answer.item);
      const stimulus = courseItem && stimulusOfAnswer({ courseItem, setId: set.id, answer });
      if (!stimulus) continue;
      // Variants of one answer are one answer to whoever has seen it.
      rated.push({ stimulus, fresh: !families.has(answer.family) });
      families.add(answer.family);
    }
  }
  const stimuli = [...authored, ...rated.filter(({ fresh }) => fresh).map(({ stimulus }) => stimulus)];
  const all = [...authored, ...rated.map(({ stimulus }) => stimulus)];
  const byPlace = new Map(
    all.map((stimulus) => [placeKey({ itemId: stimulus.courseItem.item.id, ...stimulus.place }), stimulus]),
  );
  const found = { stimuli, byPlace };
  known.set(courseId, found);
  return found;
}

/** A why without the option it explains is a riddle: choice items are not drilled. Nor is what nobody can be wrong about. */
function isDrilled({ item, rubric }: CourseItem): boolean {
  return item.kind === 'free-response' && rubric.misconceptions.length > 0;
}

function stimulusOfExemplar(args: { courseItem: CourseItem; exemplar: Exemplar; index: number }): Stimulus | undefined {
  const { courseItem, exemplar, index } = args;
  const held = exemplar.misconceptions.map(({ id, span }) => ({ id, span }));
  if (held.length === 0 && !isRight(exemplar.verdicts)) return undefined;
  return {
    courseItem,
    place: { exemplar: index, stimulus: null },
    answer: listOnLines(exemplar.answer),
    held,
    rejects: exemplar.rejects ?? [],
    source: { kind: 'authored' },
  };
}

/** Fit only where all who rated it say the same of every misconception, and, of one without, that nothing is missing. */
function stimulusOfAnswer(args: { courseItem: CourseItem; setId: string; answer: EvalAnswer }): Stimulus | undefined {
  const { courseItem, setId, answer } = args;
  if (answer.split !== 'dev' || isTrialOfJudges(answer)) return undefined;
  const { ratings } = answer;
  const named = [...new Set(ratings.flatMap(({ misconceptions }) => misconceptions))];
  if (named.some((id) => !ratings.every(({ misconceptions }) => misconceptions.includes(id)))) return undefined;
  if (named.length === 0 && !ratings.every(({ verdicts }) => isRight(verdicts))) return undefined;
  return {
    courseItem,
    place: { exemplar: null, stimulus: `${setId}/${answer.id}` },
    answer: listOnLines(answer.text),
    held: named.map((id) => ({ id, span: null })),
    rejects: [],
    source: { kind: 'rated', raters: ratings.map(({ raterKind }) => raterKind) },
  };
}

/** An answer that lacks something may be read as mistaken, so "no mistake" would mislead: a right one is right throughout. */
function isRight(verdicts: Record<string, string>): boolean {
  return Object.values(verdicts).every((verdict) => verdict === 'met');
}

/** What was written to fool a judge is no learner's answer. */
function isTrialOfJudges(answer: EvalAnswer): boolean {
  return 'attack' in answer && answer.attack !== undefined;
}
