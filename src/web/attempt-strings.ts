import type { AttemptStatus, Standing } from '../tutor/learner-view.ts';

/** The words round one attempt and its marks. */
export const attemptStrings = {
  title: (title: string): string => `Your answer: ${title}`,
  tryNumber: ({ number, allowed }: { number: number; allowed: number }): string => `Try ${number} of ${allowed}`,
  standing: {
    counted: '',
    practice: 'Practice',
    'after-seeing': 'After seeing the answer',
  } satisfies Record<Standing, string>,
  status: {
    stored: 'Waiting to be read',
    grading: 'Being read',
    graded: 'Graded',
    provisional: 'Graded in part',
    returned: 'Sent back',
    ungraded: 'Not graded yet',
  } satisfies Record<AttemptStatus, string>,
  waiting: 'Your answer is safe and is being read.',
  waitingHelp: 'The marks appear here by themselves; you may close this page and come back.',
  stages: { label: 'How far it is', stored: 'Kept', grading: 'Being read', graded: 'Marked' },
  check: 'Look again now',
  marked: 'Your answer, marked up',
  plain: 'Your answer',
  blank: '(You left the explanation blank.)',
  notes: 'Notes in the margin',
  verdicts: 'At a glance',
  points: 'Points',
  next: 'Next step',
  missing: 'Still to say',
  plainer: 'Say it more plainly',
  plainerHelp: 'What you wrote on this could be read two ways. One more sentence settles it; this hand-in used no try.',
  toWords: 'to the words',
  toNote: (note: string): string => `Note ${note}`,
  picked: 'You picked',
  right: 'the right choice',
  wrong: 'not the right choice',
  choice: 'Choice',
  tryAgain: 'Try again',
  reveal: 'Show me the answer',
  revealHelp: 'From then on, tries at this question are practice and do not count.',
  revealDue: 'Your tries are used: now is the time to compare.',
  revealTitle: 'Before you give up on it',
  retry: 'Grade it again',
  announce: (text: string): string => `Your answer has been read. ${text}`,
} as const;

/** What changed since the try before, and the way to the next. */
export const reviseStrings = {
  hints: 'For your next try',
  hintsHelp: 'What is still open, each with the hint that is due.',
  change: 'Since your last try',
  earned: (points: number): string => {
    if (points === 0) return 'The points are the same as before.';
    const much = Math.abs(points) === 1 ? '1 point' : `${Math.abs(points)} points`;
    return points > 0 ? `${much} more than before.` : `${much} fewer than before.`;
  },
  became: 'became',
  none: 'No verdict changed.',
  words: 'What you changed',
  anew: 'You wrote it anew, so there is no word-by-word comparison.',
  same: 'The words are the same as before.',
  added: 'added',
  removed: 'removed',
  before: 'See the try before',
  oneMore: 'One more sentence',
  oneMoreHelp: 'It is added to the end of your answer. This hand-in used no try.',
  oneMoreSubmit: 'Add it and hand in',
  oneMoreEmpty: 'Write the sentence first.',
  whole: 'Rewrite the whole answer instead',
  newer: 'You have handed in a newer try since.',
  newerLink: 'Go to your newest try',
  otherwise:
    'This browser was not recognised: its cookie had expired or was deleted. Your answer is kept and graded, as the first of a new start; earlier tries stay with the old cookie.',
  used: ({ used, allowed }: { used: number; allowed: number }): string =>
    used >= allowed ? `All ${allowed} tries are used; further ones are practice.` : `${used} of ${allowed} tries used.`,
  isRevealed: 'You have revealed the answer.',
} as const;

/** Where a mark is wrong. */
export const contestStrings = {
  summary: 'Is a mark wrong?',
  sayIt: 'If a mark looks wrong to you, say so.',
  help: 'Say which one and why. Whoever runs this course reads your answer and your reason. Their word stands, and you find it on this page.',
  which: 'Which mark?',
  reason: 'Why is it wrong?',
  submit: 'Ask a person to look',
  problem: 'That was not sent.',
  title: 'Marks you contest',
  you: 'You wrote',
  open: 'contested',
  status: {
    open: 'Waiting for a person',
    upheld: 'A person has looked: the mark stays',
    changed: 'A person has looked: the mark was changed',
  },
  settled: 'Settled by a person',
  judgeSaid: (word: string): string => `The judge had said: ${word}.`,
  turn: { held: 'a wrong turn', 'not-held': 'no wrong turn', unsure: 'not sure' },
  cleared: 'No wrong turn',
  refused: {
    'not-graded': 'There is no verdict yet to contest.',
    'contested-before': 'This verdict is contested already.',
    settled: 'A person has settled this verdict.',
  },
} as const;
