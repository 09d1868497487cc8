import type { ReturnedReason } from '../core/grade.ts';
import type { CriterionVerdict } from '../core/verdict.ts';
import type { ItemState, PointsView, Standing } from '../tutor/learner-view.ts';
import { answersStrings } from './answers-strings.ts';
import { attemptStrings, contestStrings, reviseStrings } from './attempt-strings.ts';
import { drillStrings } from './drill-strings.ts';
import { describeUngraded, judgeDidRead, judgeWillRead } from './judge-strings.ts';
import { memoryStrings } from './memory-strings.ts';
import { reviewStrings } from './review-strings.ts';
import { describePoints } from './wording.ts';

/** Every word of the interface, the longer chapters in files of their own. What authors and judges wrote comes from elsewhere. */
export const strings = {
  brand: 'Viva',
  skip: 'Skip to the content',
  titled: (title: string): string => `${title} · Viva`,
  nav: {
    label: 'Course',
    course: 'Questions',
    spot: 'Spot the mistake',
    answers: 'Answers & rationales',
  },
  footer: 'Explain it in your own words. Viva marks what stands, asks about what is missing, and says how it judged.',

  kind: { 'free-response': 'Explain', choice: 'Choose and explain' },
  difficulty: (level: number): string => `Difficulty\u00A0${level}\u00A0of\u00A05`,
  state: {
    new: 'Not tried yet',
    'under-way': 'Under way',
    complete: 'Complete',
    revealed: 'Answer revealed',
    seen: 'Answer seen',
  } satisfies Record<ItemState, string>,

  home: { title: 'Courses', none: 'There is no course yet.', open: 'Open' },
  course: {
    done: (count: { complete: number; all: number }): string => `${count.complete} of ${count.all} complete`,
    empty: 'The questions of this chapter are still being written.',
    how: 'Pick a question and explain it in your own words. Viva marks what stands, asks about what is missing, and lets you try again.',
    start: 'Start with the first question',
    goOn: 'Go on with a question you began',
    onward: 'To the next new question',
    chapters: 'Chapters',
    best: (points: PointsView): string => `best ${describePoints(points)}`,
  },

  item: {
    asks: 'A full answer covers',
    facts: 'About this question',
    chapter: 'Chapter',
    concept: 'Concept',
    difficulty: 'Difficulty',
    difficultyOf: (level: number): string => `${level} of 5`,
    worth: 'Worth',
    worthOf: (points: number): string => (points === 1 ? '1 point' : `${points} points`),
    optionWorth: (points: number): string => `of which ${points} for the right choice`,
    tries: 'Tries',
    triesOf: ({ used, allowed }: { used: number; allowed: number }): string =>
      used >= allowed ? `all ${allowed} used` : `${used} of ${allowed} used`,
    reader: 'Who reads it',
    attempts: 'Your attempts so far',
    onwards: 'Before and after',
    next: 'Questions worth doing after this one',
    back: 'Back to the question',
    seen: 'You have seen the answer to this question, so tries at it do not count towards your score.',
    revealed: 'You have revealed the answer to this question, so tries at it are practice and do not count.',
    readAgain: 'Read its answer again',
  },

  form: {
    title: 'Your answer',
    again: 'Another try',
    options: 'Pick one',
    optionsFirst: 'First pick one; then you are asked why.',
    label: 'Your explanation',
    why: 'Why? Explain your choice',
    help: 'Plain text, in your own words. A few full sentences are enough.',
    whyHelp: 'Plain text, in your own words: what a full answer covers stands above.',
    whyBlank: 'You have not said why. The choice alone can earn no more than its own share, and it uses a try.',
    whyLeftOut: 'Hand in the choice alone',
    submit: 'Hand in',
    submitAgain: 'Hand in again',
    shortcut: 'or press Ctrl + Enter',
    words: { one: '1 word', many: '{n} words' },
    room: '{n} of 8,000 characters',
    draft: 'A draft you had not handed in was put back.',
    discard: 'Discard the draft',
    sending: 'Handing in…',
    problems: 'Your answer was not handed in. Nothing of it is lost.',
    prefilled: 'Your last answer is below. Change what you would now say otherwise.',
    fresh: 'Start with an empty page',
    preview: 'How it reads',
    previewHelp: 'Formulas between dollar signs and code between backticks, as they will be set.',
    previewButton: 'Show how formulas and code read',
    unsent: {
      offline:
        'There is no connection, so nothing was handed in. Your answer is kept on this device; hand it in again when you are back.',
      silent:
        'The server did not answer, so it is not sure whether your answer arrived. It is kept here; hand it in again, and it will be graded once.',
      broken:
        'Something broke on our side. Your answer is kept here; hand it in again in a moment, and it will be graded once.',
    },
    online: 'You are connected again. Your answer is still here.',
    elsewhere: 'This answer was handed in already.',
    elsewhereLink: 'See how it stands',
    standing: {
      counted: '',
      practice: 'This one is practice: it is marked as always, but does not count.',
      'after-seeing': 'This try is marked as always, but does not count towards your score.',
    } satisfies Record<Standing, string>,
  },

  predict: {
    title: 'Before the verdict: what do you think?',
    help: 'If you like, tick what your answer covers. Afterwards you see your view beside the judge’s.',
    covered: 'My answer covers',
    sure: 'How sure are you of what you ticked?',
    sureOf: (percent: number): string => `${percent}\u00A0%`,
    sureAbout: { 0: 'a guess', 100: 'certain' },
    off: 'Do not ask me this',
    isOff: 'You are not asked to predict the verdict.',
    on: 'Ask me again',
    missing: 'Say how sure you are of the parts you ticked, or untick them all.',
  },

  forecast: {
    title: 'Your view beside the judge’s',
    yours: 'You thought',
    judges: 'The judge says',
    ticked: 'Covered',
    unticked: 'Not covered',
    sure: (percent: number): string => `You were ${percent}\u00A0% sure.`,
    hits: ({ right, all }: { right: number; all: number }): string =>
      right === all
        ? all === 1
          ? 'You foresaw the verdict.'
          : `You foresaw all ${all} verdicts.`
        : `You foresaw ${right} of ${all} verdicts.`,
    says: {
      ticked: {
        met: 'As you thought.',
        partial: 'You are half-way there: part of it is in your words.',
        missed: 'The judge does not find it in your words.',
        unsure: 'Still open: it could be read two ways.',
      },
      unticked: {
        met: 'Better than you thought: it is there.',
        partial: 'More is there than you thought.',
        missed: 'You saw the gap yourself.',
        unsure: 'Still open: it could be read two ways.',
      },
    } satisfies Record<'ticked' | 'unticked', Record<CriterionVerdict, string>>,
  },

  revise: reviseStrings,

  contest: contestStrings,

  review: reviewStrings,

  attempt: attemptStrings,

  verdict: {
    met: 'Right',
    partial: 'Half-way',
    missed: 'Missing',
    unsure: 'Not sure',
  } satisfies Record<CriterionVerdict, string>,
  wrongTurn: 'Common wrong turn',

  returned: {
    empty: 'There are no words to grade in it.',
    'repeats-prompt': 'This repeats the question. Answer it in your own words.',
    'copies-reference': 'This is the model answer, nearly word for word. Say it in your own words.',
  } satisfies Record<ReturnedReason, string>,
  returnedHelp: 'No try was used.',
  ungradedHelp: 'Your answer is kept and no try was used.',
  ungraded: describeUngraded,

  reveal: {
    title: 'The answer',
    reference: 'A model answer',
    yours: 'Your answer',
    criteria: 'What each part looks for',
    looksFor: 'It looks for',
    youWrote: 'You wrote',
    nothing: 'Nothing in your answer on this.',
    half: 'Half-way',
    misconceptions: 'Common wrong turns',
    held: 'You took this one',
    tempts: 'Why it tempts',
    refutes: 'Why it fails',
    options: 'The choices',
    correct: 'Right',
    wrong: 'Wrong',
    yourChoice: 'Your choice',
  },

  answers: answersStrings,

  spot: drillStrings,

  error: {
    'not-found': {
      title: 'There is nothing at this address',
      text: 'It may have been mistyped, or belong to somebody else’s session.',
    },
    'too-large': {
      title: 'That was too much at once',
      text: 'A page takes at most 64 kilobytes. Go back, shorten your answer and hand it in again.',
    },
    'cross-site': {
      title: 'That did not come from this page',
      text: 'The form was sent from another site or by an old browser. Open the question here and send it again.',
    },
    'rate-limited': {
      title: 'A short pause, please',
      text: (seconds: number): string =>
        `More came in than one person writes. Wait ${seconds === 1 ? '1 second' : `${seconds} seconds`} and send it again.`,
    },
    unavailable: {
      title: 'Viva cannot work just now',
      text: 'Something it needs is not answering. Try again in a minute; what you handed in before is kept.',
    },
    internal: {
      title: 'Something broke on our side',
      text: 'Try again in a moment. If it stays, tell whoever runs this server the number below.',
    },
    invalid: {
      title: 'That could not be read',
      text: 'Go back to the page, check what you entered and send it again.',
    },
    number: 'Number',
    home: 'To the start page',
    kept: 'Your text',
    keptHelp: 'Here is what you sent. Nothing of it is lost: send it again in a moment.',
    again: 'Send it again',
  },

  time: (iso: string): string => `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`,
  points: describePoints,
  judgeWillRead,
  judgeDidRead,

  memory: memoryStrings,
} as const;
