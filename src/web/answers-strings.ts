import type { AnswerMark } from '../tutor/read-answers.ts';

/** The words of *Answers & rationales*. */
export const answersStrings = {
  title: 'Answers & rationales',
  invite: 'Try a question before you read its answer: what you work out yourself stays longer.',
  warning:
    'An answer opens when you ask for it. Its question then counts as seen: you can still answer it, but those tries do not count towards your score.',
  afterReveal: 'Only questions whose answer you have already revealed are listed.',
  questions: ({ questions, seen }: { questions: number; seen: number }): string => {
    const all = questions === 1 ? '1 question' : `${questions} questions`;
    return seen === 0 ? all : `${all}, ${seen === questions ? 'all' : seen} seen`;
  },
  none: 'There is nothing to read here yet. Answer a question of this chapter and reveal it first.',
  back: 'To this question',
  tryFirst: 'Try it first',
  all: 'All chapters',
  contents: 'In this chapter',
  mark: {
    new: 'Not tried yet',
    'under-way': 'Tried',
    complete: 'Complete',
    revealed: 'Answer revealed',
    read: 'Answer read',
    drilled: 'Met in the drill',
  } satisfies Record<AnswerMark, string>,
  openOne: 'Show the answer',
  openAll: ({ all, pages }: { all: number; pages: number }): string =>
    all === 1 ? 'Show its answer' : `Show all ${all} answers${pages > 1 ? ' of this page' : ''}`,
  openAllHelp: (unseen: number): string =>
    unseen === 1 ? '1 question will then count as seen.' : `${unseen} questions will then count as seen.`,
  unfold: 'Unfold all answers',
  fold: 'Fold all answers',
  pages: 'Pages of this chapter',
  pageOf: ({ page, pages }: { page: number; pages: number }): string => `Page ${page} of ${pages}`,
  earlier: 'Earlier questions',
  later: 'More questions',
  search: 'Search',
  searchHelp: 'In titles and questions, and in the answers you have seen.',
  concept: 'Concept',
  allConcepts: 'All concepts',
  find: 'Find',
  found: (count: number): string =>
    count === 0 ? 'Nothing found' : count === 1 ? '1 question found' : `${count} questions found`,
  clear: 'Back to all chapters',
  closedTitle: 'The answers are closed',
  closed: 'This course keeps its answers closed. You can reveal the answer to a question after trying it.',
  filtered: (concept: string): string => `Searched only in questions on ${concept}.`,
  everywhere: 'Search all concepts',
} as const;
