import type { DetectionKind, WhyView } from '../tutor/trial-view.ts';
import { percent } from './wording.ts';

/** The words of spot the mistake; `strings.spot` to everybody else. */
export const drillStrings = {
  title: 'Spot the mistake',
  about:
    'You read what somebody might well have answered. About half of these answers hold a common mistake; the others are right throughout. Tell them apart, then say where the mistake is and why it is one.',
  notice: 'The question you are shown then counts as seen: later tries at it do not count towards your score.',
  from: 'Questions from',
  allChapters: 'All chapters',
  chapter: ({ title, questions }: { title: string; questions: number }): string => `${title} (${questions})`,
  start: 'Start',
  nothing: 'There is nothing to spot here yet.',
  open: 'You left one open:',
  others: 'Other courses:',
  question: 'The question',
  answer: 'Somebody answered',

  call: 'Is there a mistake in it?',
  yes: 'Yes, there is a mistake',
  no: 'No, it is right',

  suspect: 'You see a mistake',
  where: 'Where is it?',
  whereHelp: 'Tap the words that are wrong, or select them.',
  nowhere: 'I cannot point at it',
  which: 'Which mistake is it?',
  another: 'Another one, which is not listed here',
  withdrawn: 'None of these: on second thoughts I see no mistake',
  withdrawnHelp: 'Your first word still counts.',
  why: 'Why is it wrong?',
  whyHelp: 'In your own words; a sentence is enough. You may leave this empty.',
  submit: 'Check',
  problems: 'Not checked yet. What you wrote is still below.',

  heading: {
    hit: 'Yes, there is a mistake',
    miss: 'There was a mistake in it',
    'false-alarm': 'It is right as it stands',
    'correct-rejection': 'Right: there is no mistake in it',
  } satisfies Record<DetectionKind, string>,
  steps: 'How you did',
  step: { call: 'Mistake or not', which: 'Which', where: 'Where', why: 'Why' },
  called: {
    hit: 'Seen',
    miss: 'Not seen',
    'false-alarm': 'False alarm',
    'correct-rejection': 'Rightly let pass',
  } satisfies Record<DetectionKind, string>,
  named: 'Named',
  namedOther: 'It is another one',
  namedAnother: 'It is on the list',
  withdrew: 'Taken back',
  markedRightly: 'The right words',
  markedElsewhere: 'Other words',
  notMarked: 'Not shown',
  notScored: 'Not scored',
  notScoredHelp: 'Nobody has marked the words in this answer, so where you pointed is not scored.',
  whyStatus: {
    waiting: 'Being read',
    met: 'To the point',
    missed: 'Not yet',
    touched: 'Names what counts',
    undecided: 'Not decided',
    aside: 'Not read',
    returned: 'Sent back',
    ungraded: 'Not read yet',
  } satisfies Record<WhyView['status'], string>,
  noWhy: 'Not given',

  yourMark: 'You pointed here',
  mistake: 'The mistake',
  aboutMistake: 'About this mistake',
  aboutMistakes: 'About these mistakes',
  oneIsEnough: 'It holds two; naming either was right.',
  tookItFor: 'You took it for this',
  notHeld: 'The answer does not say that.',
  onlyRejected: 'The answer names it only to reject it.',
  elsewhere: 'Where somebody does say it, this is why it fails:',
  whyRight: 'What makes it right',
  rightThroughout: 'It answers every part of the question, and holds none of the common mistakes.',
  rightParts: (count: number): string => (count === 1 ? 'What it says' : `The ${count} parts, one by one`),
  rejects: 'It names this common mistake only to reject it:',

  yourWhy: 'Your reason',
  whyMet: 'It goes to the point.',
  whyMissed: 'It does not say yet why this fails. Hold it beside the reason above.',
  whyTouched: 'It names what counts. Whether it says the same as the reason above, judge for yourself.',
  whyUndecided:
    'Nobody here could tell whether it says the same as the reason above. Hold the two side by side and judge for yourself.',
  whyAside: 'It is about another mistake than the one in the answer, so it was not marked.',
  whyAsideRight: 'There was no mistake to give a reason for, so it was not marked.',
  whyWaiting: 'Your reason is safe and is being read.',
  whyAgain: 'Have it read again',
  whyKept: 'Your reason is kept.',
  check: 'Look again now',

  source: ({ raters, humans }: { raters: number; humans: number }): string =>
    `All ${raters} who rated this answer agree on it; ${humans === 0 ? 'none of them is marked as human' : `${humans} of them human`}.`,
  next: 'Next one',
  own: 'Answer this question yourself',
  record: 'Your record',

  counts: 'What you said, by what was there',
  saidMistake: 'You said: mistake',
  saidRight: 'You said: right',
  wasMistake: 'There was one',
  wasNone: 'There was none',
  cell: {
    hit: (count: number): string => `${count} spotted`,
    miss: (count: number): string => `${count} missed`,
    'false-alarm': (count: number): string => (count === 1 ? '1 false alarm' : `${count} false alarms`),
    'correct-rejection': (count: number): string => `${count} rightly let pass`,
  } satisfies Record<DetectionKind, (count: number) => string>,
  hitRate: (share: number): string => `You spotted ${percent(share)} of the mistakes (your hit rate).`,
  falseAlarmRate: (share: number): string =>
    `You took ${percent(share)} of the right answers for wrong (your false-alarm rate).`,
  sensitivity: (value: number): string => `d′ = ${value.toFixed(1).replace('-', '−')}`,
  sensitivityHelp:
    'This says how well you tell wrong answers from right ones, however quickly you call something a mistake: 0 is guessing, 1 is fair, 2 is good, 3 hardly ever fails.',
  missing: (turns: number): string =>
    `${turns === 1 ? 'One more turn' : `${turns} more turns`} and there is enough to say how well you tell them apart (d′).`,
  mistakesMet: 'Mistakes you have met',
  mistakesHelp: 'Those you missed most come first.',
  met: ({ met, seen, named }: { met: number; seen: number; named: number }): string =>
    met === 1
      ? `Met once: ${named === 1 ? 'seen and named' : seen === 1 ? 'seen, not named' : 'not seen'}`
      : `Met ${met} times: seen ${seen}, named ${named}`,
  moreMistakes: (count: number): string => `${count} more`,
} as const;
