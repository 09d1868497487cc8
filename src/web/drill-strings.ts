import type { DetectionTally } from '../calibration/signal-detection.ts';
import type { RaterKind } from '../core/eval-set.ts';
import type { DetectionKind, WhyView } from '../tutor/trial-view.ts';
import { percent } from './wording.ts';

const cell: Record<DetectionKind, (count: number) => string> = {
  hit: (count) => `${count} spotted`,
  miss: (count) => `${count} missed`,
  'false-alarm': (count) => (count === 1 ? '1 false alarm' : `${count} false alarms`),
  'correct-rejection': (count) => `${count} rightly let pass`,
};

/** Who has checked an answer, and that no person from outside has where none did. What an author is, a person or not, nobody says. */
function checkedBy(raters: readonly RaterKind[]): string {
  const count = (kind: RaterKind): number => raters.filter((rater) => rater === kind).length;
  const [authors, models, humans] = [count('author'), count('model'), count('human')];
  const who = [
    ...(authors === 0 ? [] : [authors === 1 ? 'the course’s author' : `${authors} of the course’s authors`]),
    ...(models === 0 ? [] : [models === 1 ? 'one language model' : `${models} language models`]),
    ...(humans === 0 ? [] : [humans === 1 ? 'one person' : `${humans} people`]),
  ].join(' and ');
  const checked = `${who.charAt(0).toUpperCase()}${who.slice(1)} ${raters.length === 1 ? 'has' : 'have'} checked this answer`;
  const agreed = raters.length === 1 ? checked : `${checked} and agree`;
  if (humans > 0) return `${agreed}.`;
  return `${agreed}; no ${authors > 0 ? 'independent person' : 'person'} has.`;
}

/** The words of spot the mistake; `strings.spot` to everybody else. */
export const drillStrings = {
  title: 'Spot the mistake',
  about:
    'You read what somebody might well have answered. About half of these answers hold a common mistake; the others are right throughout. Tell them apart, then say where the mistake is and why it is one.',
  notice: 'The question you are shown then counts as seen: later tries at it do not count towards your score.',
  from: 'Questions from',
  allChapters: 'All chapters',
  chapter: ({ title, questions }: { title: string; questions: number }): string =>
    `${title} (${questions === 1 ? '1 question' : `${questions} questions`})`,
  start: 'Start',
  nothing: 'There is nothing to spot here yet.',
  open: 'You left one open:',
  others: 'Other courses:',
  question: 'The question',
  answer: 'Somebody answered',

  call: 'Is there a mistake in it?',
  yes: 'Yes, there is a mistake',
  no: 'No, it is right',
  leave: 'Show me another answer',
  leaveHelp: 'This turn then does not count; its question stays seen.',

  suspect: 'You see a mistake',
  where: 'Where is it?',
  whereHelp: 'Tap the words that are wrong, or select them. You may leave this open.',
  nowhere: 'I cannot point at it',
  which: 'Which mistake is it?',
  another: 'Another one, which is not listed here',
  withdrawn: 'None of these: on second thoughts I see no mistake',
  withdrawnHelp: 'Your first word still counts.',
  why: 'Why is it wrong?',
  whyHelp: 'In your own words; a sentence is enough. You may leave this empty.',
  pickFirst: 'Pick one of these before you check.',
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
  namedOther: 'A different one on the list',
  namedAnother: 'Perhaps; but there is one on the list',
  withdrew: 'Taken back',
  secondThoughts: {
    hit: 'On second thoughts you saw none. Your first thought was right.',
    'false-alarm': 'On second thoughts you saw none, and rightly. Your first word is what counts here.',
  },
  tally: ({ hits, misses, falseAlarms, correctRejections }: DetectionTally): string =>
    `So far: ${[
      cell.hit(hits),
      cell.miss(misses),
      cell['false-alarm'](falseAlarms),
      cell['correct-rejection'](correctRejections),
    ].join(', ')}.`,
  markedRightly: 'The right place',
  markedElsewhere: 'Another place',
  notMarked: 'Not shown',
  notScoredHelp: 'Nobody has marked the words in this answer, so where you pointed is not scored.',
  whyStatus: {
    waiting: 'Being read',
    met: 'To the point',
    missed: 'Not yet',
    touched: 'Sounds right: compare',
    undecided: 'For you to compare',
    aside: 'Not read',
    returned: 'Sent back',
    ungraded: 'Not read yet',
  } satisfies Record<WhyView['status'], string>,
  noWhy: 'Not given',

  yourMark: 'You pointed here',
  mistake: 'The mistake',
  aboutMistake: 'About this mistake',
  aboutMistakes: 'About these mistakes',
  oneIsEnough: (count: number): string => `It holds ${count}; naming any one of them was right.`,
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
  whyTouched:
    'It sounds right: the marked words are to the point. What you say with them nothing here could check, so compare it with “Why it fails” above.',
  whyUndecided: 'Nothing here could judge your reason. Compare it yourself with “Why it fails” above.',
  whyAside: 'It is about another mistake than the one in the answer, so it was not marked.',
  whyAsideRight: 'There was no mistake to give a reason for, so it was not marked.',
  whyWaiting: 'Your reason is safe and is being read.',
  whyAgain: 'Have it read again',
  whyKept: 'Your reason is kept.',
  check: 'Look again now',

  source: checkedBy,
  next: 'Next one',
  own: 'Answer this question yourself',
  record: 'Your record',

  counts: 'What you said, by what was there',
  saidMistake: 'You said: mistake',
  saidRight: 'You said: right',
  wasMistake: 'There was one',
  wasNone: 'There was none',
  cell,
  hitRate: (share: number): string => `You spotted ${percent(share)} of the mistakes (your hit rate).`,
  hitCount: ({ hits, misses }: DetectionTally): string =>
    hits + misses === 1
      ? `You ${hits === 1 ? 'spotted' : 'missed'} the one mistake there was.`
      : `You spotted ${hits} of ${hits + misses} mistakes.`,
  falseAlarmRate: (share: number): string =>
    `You took ${percent(share)} of the right answers for wrong (your false-alarm rate).`,
  falseAlarmCount: ({ falseAlarms, correctRejections }: DetectionTally): string =>
    falseAlarms + correctRejections === 1
      ? `You ${falseAlarms === 1 ? 'took the one right answer for wrong' : 'let the one right answer pass'}.`
      : `You took ${falseAlarms} of ${falseAlarms + correctRejections} right answers for wrong.`,
  sensitivity: (value: number): string => `d′ = ${value.toFixed(1).replace('-', '−')}`,
  sensitivityHelp:
    'This says how well you tell wrong answers from right ones, however quickly you call something a mistake: 0 is guessing, 1 is fair, 2 is good, 3 hardly ever fails.',
  missing: (turns: number): string =>
    `${turns === 1 ? 'One more turn' : `${turns} more turns`} and there is enough to say how well you tell them apart (d′).`,
  mistakesMet: 'Mistakes you have met',
  mistakesHelp: 'Those you missed most come first, then those you saw and did not name.',
  explained: 'See it explained',
  met: ({ met, seen, named }: { met: number; seen: number; named: number }): string =>
    met === 1
      ? `Met once: ${named === 1 ? 'seen and named' : seen === 1 ? 'seen, not named' : 'not seen'}`
      : `Met ${met} times: seen ${seen}, named ${named}`,
  moreMistakes: (count: number): string => `${count} more`,
} as const;
