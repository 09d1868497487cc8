import measured from '../judge/embedded/measured.json' with { type: 'json' };
import type { JudgeCard, PointsView, Standing } from '../tutor/learner-view.ts';
import type { AttemptStatus, ItemState } from '../tutor/learner-view.ts';
import type { ReturnedReason, UngradedReason } from '../core/grade.ts';
import type { CriterionVerdict } from '../core/verdict.ts';
import type { AnswerMark } from '../tutor/read-answers.ts';
import type { DetectionKind, WhyView } from '../tutor/trial-view.ts';
import type { GroupMemoryView, MemoryLevel } from '../tutor/memory-view.ts';
import { reviewStrings } from './review-strings.ts';

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
    seen: 'Answer seen',
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
    whyHelp: 'Plain text, in your own words. Say why your choice is right, and why the others are not.',
    submit: 'Hand in',
    submitAgain: 'Hand in again',
    shortcut: 'or press Ctrl + Enter',
    words: { one: '1 word', many: '{n} words' },
    room: '{n} of 8,000 characters',
    draft: 'A draft you had not handed in was put back.',
    discard: 'Discard the draft',
    sending: 'Handing in…',
    problems: 'Your answer was not handed in. It is still below.',
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
        missed: 'You may well mean it, but your words do not say it yet.',
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

  revise: {
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
      used >= allowed
        ? `All ${allowed} tries are used; further ones are practice.`
        : `${used} of ${allowed} tries used.`,
    isRevealed: 'You have revealed the answer.',
  },

  contest: {
    summary: 'Is a mark wrong?',
    help: 'Say which one and why. A person reads your answer and your reason, and their word stands.',
    which: 'Which mark?',
    reason: 'Why is it wrong?',
    submit: 'Ask a person to look',
    problem: 'That was not sent.',
    title: 'Marks you contest',
    you: 'You wrote',
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
  },

  review: reviewStrings,

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
    revealDue: 'Your tries are used: now is the time to compare.',
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
    keptHelp: 'Here is what you sent. Nothing of it is lost: send it again in a moment.',
    again: 'Send it again',
  },

  time: (iso: string): string => `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`,
  points: describePoints,
  judgeWillRead,
  judgeDidRead,

  memory: {
    nav: { practise: 'Practise', progress: 'Progress', yours: 'Your data' },
    day: dayOf,
    percent,
    group: describeGroup,
    due: 'Due now',
    comesBack: 'Comes back',
    questions: (count: number): string => (count === 1 ? '1 question' : `${count} questions`),
    level: {
      new: 'Not answered yet',
      unknown: 'Answered, but nothing has counted yet',
      weak: 'Under half of it shown',
      partly: 'Half or more shown',
      firm: 'All of it shown',
    } satisfies Record<MemoryLevel, string>,

    bar: {
      label: 'Practice session',
      place: ({ ordinal, total }: { ordinal: number; total: number }): string => `Question ${ordinal} of ${total}`,
      skip: 'Skip this one',
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
      mistakesNone: 'You have missed nothing so far, or nothing was marked yet.',
      weakest: 'Weakest first',
      weakestHelp: (count: number): string =>
        count === 1
          ? '1 question you have answered that is not firm.'
          : `${count} questions you have answered that are not firm, or no longer.`,
      weakestNone: 'Nothing you have answered is weak. What you never tried is not counted here.',
      mix: 'A mix',
      mixHelp: (count: number): string =>
        `What is due, then what you missed, then what is new, out of all ${count}; shuffled.`,
      chapters: 'By chapter',
      concepts: 'By concept, weakest first',
      open: ({ open, all }: { open: number; all: number }): string =>
        open === 0 ? `all ${all} firm` : open === all ? `${all} to do` : `${open} of ${all} to do`,
      empty: 'No questions yet.',
      nothing: 'There is nothing to practise there just now. Choose something else.',
    },

    session: {
      title: 'Practice session',
      over: 'That was the session.',
      summary: ({ done, all }: { done: number; all: number }): string =>
        done === all
          ? `You answered ${all === 1 ? 'its question' : `all ${all} questions`}.`
          : `You answered ${done} of ${strings.memory.questions(all)}.`,
      skipped: 'Not answered',
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
        `You have answered ${of.known} of ${strings.memory.questions(of.all)} so far.`,
      dueNow: (count: number): string => (count === 1 ? '1 question is due now.' : `${count} questions are due now.`),
      practiseThem: 'Practise',
      map: 'What you have shown',
      mapHelp:
        'One square is one question. It fills up with the points your last counted answer surely earned; the lower, darker part is how much of that is likely still there. An empty square is unknown, not zero.',
      legend: 'How to read a square',
      mapCaption: 'Chapters and their concepts: questions, what was shown, and what is due',
      columns: { concept: 'Concept', questions: 'Questions', shown: 'Shown', due: 'Due' },
      chapterLine: describeGroup,
      tile: describeTile,
      shown: 'Shown',
      still: 'Likely still there',
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
      drill: 'Your figures in Spot the mistake',
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
      lead: (count: number): string => (count === 1 ? '1 attempt, newest first.' : `${count} attempts, newest first.`),
      none: 'Nothing has been handed in yet.',
      gone: 'A question that has left the course',
      page: ({ page, pages }: { page: number; pages: number }): string => `Page ${page} of ${pages}`,
      newer: 'Newer',
      older: 'Older',
      pages: 'Pages',
      back: 'Progress',
      try: (number: number): string => `try ${number}`,
    },

    yours: {
      title: 'Your data',
      visitor:
        'Nothing is kept of you yet: no name, no answers, no cookie. That begins with the first answer you hand in.',
      kept: ({ attempts }: { attempts: number }): string =>
        `This browser holds a random cookie that only this server knows. With it are kept ${attempts === 1 ? 'your 1 answer' : `your ${attempts} answers`}, their grades, what you have read and when questions come back. There is no account and no email address.`,
      since: 'Since',
      name: 'Your name',
      nameLabel: 'A name to be greeted by',
      nameHelp: 'If you like. It is shown to you on these pages and to nobody else.',
      nameSave: 'Save the name',
      named: 'Saved.',
      device: 'On another device',
      deviceHelp:
        'A code carries everything to another device: open this address there, choose Your data, and type the code. It works once, for ten minutes. Both devices then share the same answers.',
      makeCode: 'Make a code',
      code: 'The code',
      codeHelp: ({ minutes }: { minutes: number }): string =>
        `Type it on the other device within ${minutes} minutes. It works once; making another one ends it. Whoever has it gets everything kept here, so show it to nobody else.`,
      codeWhere: 'On the other device, open',
      enterCode: 'I have a code from another device',
      take: 'Take it with you',
      json: 'Everything, as JSON',
      jsonHelp: 'Answers, verdicts, calendar, sessions, what you read and the drill.',
      csv: 'Attempts, as a table (CSV)',
      csvHelp: 'One line an attempt, for any spreadsheet.',
      anki: 'Flashcards, for Anki',
      ankiHelp:
        'Question in front, model answer behind; only questions whose answer you have seen. In Anki: File, Import.',
      ankiAll: (count: number): string => `All ${count} questions`,
      ankiAllHelp: 'This counts all their answers as seen: later tries at them do not count towards your score.',
      ankiOf: (course: string): string => `Flashcards of ${course}`,
      ankiSeen: 'Those seen so far',
      erase: 'Delete all of it',
      eraseHelp: 'Answers, grades, calendar, name and cookie, at once and for good. You are asked once more.',
      eraseGo: 'Delete all my data …',
      eraseTitle: 'Delete all your data?',
      eraseText: ({ attempts }: { attempts: number }): string =>
        `${attempts === 1 ? '1 answer' : `${attempts} answers`} with grades, what you have read, your calendar, sessions, drill turns and appeals are deleted on this server, and the cookie in this browser. Answers that are being read are not graded any more. Other devices that share them lose them too. Nobody can bring this back.`,
      eraseVisitor: 'Nothing is kept of you, so there is nothing to delete.',
      eraseFirst: 'You may want to take a copy first.',
      eraseYes: 'Yes, delete everything',
      eraseNo: 'No, keep it',
      erased: 'Everything is deleted. You are a visitor again.',
      back: 'Your data',
    },

    carry: {
      title: 'Bring your answers to this device',
      label: 'The code from your other device',
      help: 'Eight letters and digits; small letters and spaces do not matter.',
      submit: 'Bring it here',
      empty: 'This browser has no answers of its own, so nothing is mixed.',
      merge: (count: number): string =>
        `This browser has ${count === 1 ? '1 answer' : `${count} answers`} of its own. They are added to those the code brings, and nothing is lost; they cannot be taken apart again. If they are somebody else’s, do not go on.`,
      unknown:
        'That is not a code that works now. It may be mistyped, used already, or older than ten minutes. Make a new one on the other device.',
      same: 'This device has those answers already. The code still works for another one.',
      carried: (added: number): string =>
        added === 0
          ? 'This device now shares your answers.'
          : `This device now shares your answers; ${added === 1 ? '1 answer' : `${added} answers`} it had of its own ${added === 1 ? 'was' : 'were'} added.`,
    },
  },
} as const;

/** A share as people say it. */
function dayOf(iso: string): string {
  const [year, month, day] = iso.slice(0, 10).split('-');
  const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
  return `${Number(day)} ${months[Number(month) - 1] ?? ''} ${year ?? ''}`;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/** A chapter or concept in a few words; what is unknown is said beside what is known. */
function describeGroup({ all, known, shown, due }: GroupMemoryView): string {
  const tried = shown === null ? 'none answered yet' : `${known} of ${all} answered, ${percent(shown)} of their points`;
  return due === 0 ? tried : `${tried}, ${due} due`;
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
      ? strings.memory.level[level]
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
    return `Graded by the embedded judge on this server. It matches wording and can miss a right answer said another way: on ${measured.answers} answers of the course it comes with, ${Math.round(100 * measured.agreement)} of 100 of its marks were those of the raters, who were language models, not people.`;
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
    case 'over-budget':
      return 'The money set aside for grading is used up for today. Ask for the grade again tomorrow.';
    case 'cancelled':
    case 'internal':
      return 'Grading was interrupted on our side.';
    default:
      return reason satisfies never;
  }
}
