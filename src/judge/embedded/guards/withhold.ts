import type { JudgeTask } from '../../judge.ts';
import { isOffTopic } from '../off-topic.ts';
import type { Sentence } from '../read-answer.ts';
import type { CourseIndex } from './course-index.ts';
import { isGlossary } from './glossary.ts';
import { deniesItself } from './self-denial.ts';
import { isTaskTalk } from './task-talk.ts';

/** Why nothing in an answer earns a point, whatever its words. */
export type Withheld = 'off-topic' | 'other-question' | 'word-list' | 'restates-question' | 'denies-itself';

export const whyWithheld: Readonly<Record<Withheld, string>> = {
  'off-topic': 'the answer is about something else',
  'other-question': 'the answer fits another question of the course better',
  'word-list': 'the answer lists words and says nothing of them',
  'restates-question': 'the answer talks about the task in the words of the question',
  'denies-itself': 'the answer takes back what it says',
};

/** How much better an answer must fit another question than its own. Of 640 answers that earn something, 4 do (dev, 2026-11). */
const OTHER_FITS_BETTER = 0.15;
/** A shorter answer shares too few words with any question to be told apart by them. */
const SHORTEST_TELLING_WORDS = 25;

/** What an answer as a whole gives away about itself; null where it may earn. */
export function withhold(args: {
  task: JudgeTask;
  sentences: readonly Sentence[];
  course: CourseIndex;
}): Withheld | null {
  const { task, sentences, course } = args;
  if (isOffTopic(task)) return 'off-topic';
  const fits = course.fits(task.answer);
  const own = fits.get(task.item.id) ?? 0;
  const words = sentences.reduce((sum, sentence) => sum + sentence.words.length, 0);
  const best = Math.max(...fits.values());
  if (words >= SHORTEST_TELLING_WORDS && best - own > OTHER_FITS_BETTER) return 'other-question';
  if (isGlossary({ sentences, fit: own })) return 'word-list';
  if (isTaskTalk({ task, sentences, fit: own })) return 'restates-question';
  return deniesItself(sentences) ? 'denies-itself' : null;
}
