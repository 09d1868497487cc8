import type { JudgeCard, PointsView, Standing } from '../tutor/learner-view.ts';
import type { AttemptStatus, ItemState } from '../tutor/learner-view.ts';
import type { ReturnedReason, UngradedReason } from '../core/grade.ts';
import type { CriterionVerdict } from '../core/verdict.ts';
import type { AnswerMark } from '../tutor/read-answers.ts';
import type { DetectionKind, WhyView } from '../tutor/trial-view.ts';

/** Every word of the interface. What authors and judges wrote comes from elsewhere. */
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
  difficulty: (level: number): string => `Difficulty ${level} of 5`,
  state: {
    new: 'Not tried yet',
    'under-way': 'Under way',
    complete: 'Complete',
    revealed: 'Answer revealed',
  } satisfies Record<ItemState, string>,

  home: { title: 'Courses', none: 'There is no course yet.', open: 'Open' },
  course: {
    done: (count: { complete: number; all: number }): string => `${count.complete} of ${count.all} complete`,
    empty: 'The questions of this chapter are still being written.',
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
    next: 'Questions worth doing after this one',
    back: 'Back to the question',
    seen: 'You have seen the answer to this question, so tries at it do not count towards your score.',
    revealed: 'You have revealed the answer to this question, so tries at it are practice and do not count.',
    readAgain: 'Read its answer again',
    readAgainHelp: 'This opens the whole chapter.',
  },

  form: {
    title: 'Your answer',
    again: 'Another try',
    options: 'Pick one',
    label: 'Your explanation',
    why: 'Why? Explain your choice',
    help: 'Plain text, in your own words. A few full sentences are enough; up to 8,000 characters.',
    whyHelp: 'Plain text, in your own words. Say why your choice is right, and why the others are not.',
    submit: 'Hand in',
    submitAgain: 'Hand in again',
    shortcut: 'or press Ctrl + Enter',
    words: { one: '1 word', many: '{n} words' },
    draft: 'A draft you had not handed in was put back.',
    discard: 'Discard the draft',
    sending: 'Handing in…',
    plainer: 'Say the doubtful part in one more sentence below. The hand-in above used no try.',
    problems: 'Your answer was not handed in. It is still below.',
    standing: {
      counted: '',
      practice: 'This one is practice: it is marked as always, but does not count.',
      'after-seeing': 'This try is marked as always, but does not count towards your score.',
    } satisfies Record<Standing, string>,
  },

  attempt: {
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
    waitingHelp: 'The marks appear here by themselves.',
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
    plainerHelp:
      'What you wrote on this could be read two ways. One more sentence settles it; this hand-in used no try.',
    toWords: 'to the words',
    toNote: (note: string): string => `Note ${note}`,
    picked: 'You picked',
    right: 'the right choice',
    wrong: 'not the right choice',
    tryAgain: 'Try again',
    reveal: 'Show me the answer',
    revealHelp: 'From then on, tries at this question are practice and do not count.',
    revealTitle: 'Before you give up on it',
    retry: 'Grade it again',
    announce: (text: string): string => `Your answer has been read. ${text}`,
  },

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
    criteria: 'What each part looks for',
    half: 'Half-way',
    misconceptions: 'Common wrong turns',
    held: 'You took this one',
    tempts: 'Why it tempts',
    refutes: 'Why it fails',
    options: 'The choices',
    correct: 'Right',
    wrong: 'Wrong',
  },

  answers: {
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
  },

  spot: {
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
  },

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
    keptHelp: 'Here is what you sent. Copy it, or send it again in a moment.',
  },

  time: (iso: string): string => `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`,
  points: describePoints,
  judgeWillRead,
  judgeDidRead,
} as const;

/** A share as people say it. */
function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function describePoints({ low, high, max }: PointsView): string {
  return low === high ? `${low} of ${max}` : `${low} to ${high} of ${max}`;
}

/** Said before the first submit, so that nobody finds out afterwards where their words went. */
function judgeWillRead({ judge, model, readBy }: JudgeCard): string {
  if (judge === 'embedded') {
    return 'The embedded judge, on this server; your words go nowhere else. It matches wording, so it can miss a right answer said another way.';
  }
  return `The model ${model}, run by ${readBy}. Your words are sent there to be graded, so leave out anything private.`;
}

function judgeDidRead({ judge, model, readBy }: JudgeCard): string {
  if (judge === 'code') return 'Graded by code alone: the option was checked, and there was no explanation to read.';
  if (judge === 'embedded') {
    return 'Graded by the embedded judge on this server; it matches wording and can miss a right answer said another way.';
  }
  return `Graded by the model ${model}, run by ${readBy}. Models err: where a mark looks wrong to you, trust your reasons and say them more plainly.`;
}

/** Why grading failed, as far as it helps a learner; the operator's log has the rest. */
function describeUngraded(reason: UngradedReason): string {
  switch (reason) {
    case 'unauthorized':
    case 'forbidden':
    case 'not-found':
    case 'bad-request':
      return 'The model that grades is not set up rightly. Whoever runs this server can mend it.';
    case 'too-large':
    case 'truncated':
      return 'The answer was too long for the model that grades.';
    case 'refused':
    case 'content-filter':
      return 'The model that grades declined to read this answer.';
    case 'malformed-reply':
      return 'The model that grades gave a reply that could not be used.';
    case 'rate-limited':
      return 'The model that grades is busy.';
    case 'provider-error':
    case 'unreachable':
    case 'timeout':
      return 'The model that grades did not answer in time.';
    case 'cancelled':
    case 'internal':
      return 'Grading was interrupted on our side.';
    default:
      return reason satisfies never;
  }
}
