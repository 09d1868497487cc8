import type { DetectionTally } from '../calibration/signal-detection.ts';
import type { AttemptStatus, PointsView } from '../tutor/learner-view.ts';
import type { GroupMemoryView, MemoryLevel } from '../tutor/memory-view.ts';
import { countAttempts, countQuestions, dayOf, describePoints, percent } from './wording.ts';
import { carryStrings, flashcardsStrings, yoursStrings } from './yours-strings.ts';

/** The words of practice, progress and a learner's own data; `strings.memory` to everybody else. */
export const memoryStrings = {
  nav: { practise: 'Practise', progress: 'Progress', yours: 'Your data' },
  day: dayOf,
  percent,
  group: describeGroup,
  due: 'Due now',
  comesBack: 'Comes back',
  questions: countQuestions,
  level: {
    new: 'Not answered yet',
    unknown: 'Answered, nothing has counted yet',
    weak: 'Under half of it shown',
    partly: 'Half or more shown',
    firm: 'All of it shown',
  } satisfies Record<MemoryLevel, string>,

  bar: {
    label: 'Practice session',
    place: ({ ordinal, total }: { ordinal: number; total: number }): string => `Question ${ordinal} of ${total}`,
    skip: 'Skip this one',
    stop: 'Stop here',
    end: 'End the session here',
    next: 'Next question',
    finish: 'Finish the session',
    back: 'On the calendar: this question comes back',
    thisTime: 'This time',
    thisTimeHelp: 'Last time, before any hint, you missed this. Say all of it again, and mind this part.',
    due: 'Due for review',
    dueHelp: 'It has been a while. Say all of it again from memory; your last answer is kept and not shown here.',
  },

  practise: {
    title: 'Practise',
    lead: 'Choose what to do next. A session is a few questions, one at a time; you can stop at any of them.',
    most: 'At most',
    start: 'Start',
    startOf: (title: string): string => `Start: ${title}`,
    underWay: ({ ordinal, total }: { ordinal: number; total: number }): string =>
      `You left a session at question ${ordinal} of ${total}.`,
    goOn: 'Go on with it',
    needs: 'What needs you most',
    due: 'Due today',
    dueHelp: (count: number): string =>
      count === 1
        ? '1 question comes back today, with the part you missed.'
        : `${count} questions come back today, each with the part you missed.`,
    dueNone: 'Nothing is due. A question you answer comes back by itself when it is about to be forgotten.',
    dueLater: 'Nothing is due. The next question comes back on',
    mistakes: 'Mistakes first',
    mistakesHelp: (count: number): string =>
      count === 1
        ? '1 question of which you missed a part.'
        : `${count} questions of which you missed a part, the most missed first.`,
    mistakesNone:
      'No part missed in answers you handed in. Mistakes you overlooked in Spot the mistake are not counted here.',
    weakest: 'Weakest first',
    weakestHelp: (count: number): string =>
      count === 1
        ? '1 question you have answered, but with points missing, with a hint, or some time ago.'
        : `${count} questions you have answered, but with points missing, with a hint, or some time ago.`,
    weakestNone:
      'No question you have answered lacks points, and none is due. What you never tried is not counted here.',
    mix: 'A mix',
    mixHelp: (count: number): string =>
      `What is due, then what you missed, then what is new, out of all ${count}; shuffled.`,
    chapters: 'By chapter',
    concepts: 'By concept, weakest first',
    stands: ({ open, mastery }: { open: number; mastery: GroupMemoryView }): string =>
      open === 0 ? `All ${mastery.all} answered in full; a session asks them again.` : describeGroup(mastery),
    empty: 'No questions yet.',
    nothing: 'There is nothing to practise there just now. Choose something else.',
  },

  session: {
    title: 'Practice session',
    over: 'That was the session.',
    summary: ({ done, all }: { done: number; all: number }): string =>
      done === all
        ? `You answered ${all === 1 ? 'its question' : `all ${all} questions`}.`
        : `You answered ${done} of ${countQuestions(all)}.`,
    state: { open: 'Not answered yet', skipped: 'Skipped' },
    goOn: ({ ordinal, total }: { ordinal: number; total: number }): string =>
      `Go on with question ${ordinal} of ${total}`,
    another: 'Choose what to practise next',
    list: 'The questions of this session',
  },

  progress: {
    title: 'Progress',
    named: (name: string): string => `${name}’s progress`,
    none: 'Nothing has been handed in yet. What you show will be mapped here.',
    lead: (of: { known: number; all: number }): string =>
      `You have answered ${of.known} of ${countQuestions(of.all)} so far.`,
    dueNow: (count: number): string => (count === 1 ? '1 question is due now.' : `${count} questions are due now.`),
    practiseThem: 'Practise',
    map: 'What you have shown',
    mapHelp:
      'One square is one question. The faint fill is what your last counted answer showed, the strong fill what of it is likely still there. Empty means unknown, not zero.',
    legend: 'How to read a square',
    mapCaption: 'Chapters and their concepts: questions, what was shown, and what is due',
    columns: { concept: 'Concept', questions: 'Questions', shown: 'Shown', due: 'Due' },
    chapterLine: describeGroup,
    tile: describeTile,
    still: 'Shown (faint), likely still there (strong)',
    dueMark: 'Due now',
    concepts: 'By concept',
    calendar: 'What comes back, and when',
    calendarHelp:
      'A question comes back when recalling it has become about 90 % likely, with the parts missed before any hint.',
    calendarNone: 'Nothing is on the calendar yet.',
    later: (count: number): string => `${count} more, later on`,
    missed: 'Missed:',
    recent: 'Handed in lately',
    all: 'All attempts',
    elsewhere: 'Elsewhere',
    drill: 'Spot the mistake',
    drillNone: 'You have not tried it yet.',
    drillTry: 'Try it',
    drillLine: describeDrill,
    drillMore: 'All your figures there',
    yours: 'Take it with you, carry it to another device, or delete it',
  },

  calibration: {
    title: 'What you expected, and what came of it',
    none: 'Tick what you think you covered before you hand in, and say how sure you are. Here you will then see how well you know what you know.',
    sentence: ({ answers, n, sure, right }: { answers: number; n: number; sure: number; right: number }): string =>
      `In ${answers === 1 ? '1 answer' : `${answers} answers`} you ticked ${n === 1 ? '1 part' : `${n} parts`}. You were ${percent(sure)} sure of them on average; ${percent(right)} of them were right.`,
    verdict: describeSureness,
    unticked: ({ n, right }: { n: number; right: number }): string =>
      n === 0
        ? ''
        : `Of ${n === 1 ? 'the 1 part' : `${n} parts`} you left unticked, ${right} ${right === 1 ? 'was' : 'were'} right all the same.`,
    curve: 'Your calibration curve',
    curveText:
      'How sure you were, across, against how often you were right, upwards. On the dashed line the two agree.',
    sure: 'how sure you were',
    right: 'how often right',
    columns: { sure: 'How sure', n: 'Parts', meant: 'On average', right: 'Right', answers: 'Answers', when: 'When' },
    range: ({ low, high }: { low: number; high: number }): string => `${Math.round(low * 100)} to ${percent(high)}`,
    noFigure: 'none',
    few: 'Under ten parts say little.',
    time: 'Over time',
    timeText: 'Ten answers a line, oldest first.',
    partly: 'Half-way counts as not right here; parts the judge was not sure of are left out.',
  },

  history: {
    title: 'All attempts',
    lead: (count: number): string => `${countAttempts(count)}, newest first.`,
    none: 'Nothing has been handed in yet.',
    gone: 'A question that has left the course',
    page: ({ page, pages }: { page: number; pages: number }): string => `Page ${page} of ${pages}`,
    newer: 'Newer',
    older: 'Older',
    pages: 'Pages',
    back: 'Progress',
    try: describeTry,
  },

  yours: yoursStrings,

  flashcards: flashcardsStrings,

  carry: carryStrings,
} as const;

/** A chapter or concept in a few words; what is unknown is said beside what is known. */
function describeGroup({ all, known, shown, due }: GroupMemoryView): string {
  if (all === 0) return memoryStrings.practise.empty;
  const earned = known === 1 ? 'it earned' : 'they earned';
  const points = known === 1 ? 'of its points' : 'of their points';
  const tried =
    shown === null
      ? `${countQuestions(all)}, none answered yet`
      : `${known} of ${all} answered; ${earned} ${percent(shown)} ${points}`;
  return due === 0 ? tried : `${tried}, ${due}\u00A0due`;
}

/** What was sent back, left ungraded or graded in part has used no try. */
function describeTry({ status, tryNumber }: { status: AttemptStatus; tryNumber: number }): string {
  const free = status === 'returned' || status === 'ungraded' || status === 'provisional';
  return free ? 'no try used' : `try ${tryNumber}`;
}

/** How the learner tells wrong answers from right ones, after one turn or more; of what has not come up nothing is said. */
function describeDrill({ hits, misses, falseAlarms, correctRejections }: DetectionTally): string {
  const [wrong, right] = [hits + misses, falseAlarms + correctRejections];
  const turns = wrong + right === 1 ? '1 turn' : `${wrong + right} turns`;
  const spotted = wrong === 0 ? [] : [`you spotted ${hits} of ${wrong === 1 ? '1 mistake' : `${wrong} mistakes`}`];
  const taken =
    right === 0
      ? []
      : [`you took ${falseAlarms} of ${right === 1 ? '1 right answer' : `${right} right answers`} for wrong`];
  return `In ${turns} ${[...spotted, ...taken].join(' and ')}. This is not in the squares above.`;
}

function describeTile(tile: {
  title: string;
  level: MemoryLevel;
  points: PointsView | null;
  recall: number | null;
  isDue: boolean;
  due: string | null;
}): string {
  const { title, level, points, recall, isDue, due } = tile;
  const shown =
    points === null || recall === null
      ? memoryStrings.level[level]
      : `${describePoints(points)} shown, ${percent(recall)} likely still there`;
  const back = due === null ? '' : isDue ? ', due now' : `, comes back ${dayOf(due)}`;
  return `${title}: ${shown}${back}`;
}

/** Said only where there is enough to say it on. `apart` is how far sureness and success lie apart, range by range. */
function describeSureness({
  n,
  sure,
  right,
  apart,
}: {
  n: number;
  sure: number;
  right: number;
  apart: number;
}): string {
  if (n < 10) return 'That is too little to tell by.';
  if (sure - right > 0.1) return 'You are surer than you are right: check the parts you tick against your words.';
  if (right - sure > 0.1) return 'You are right more often than you think.';
  if (apart > 0.1) return 'On average the two agree; range by range they do not, as the curve shows.';
  return 'The two agree well.';
}
