import type { JudgeCard, PointsView, Standing } from '../tutor/learner-view.ts';
import type { AttemptStatus, ItemState } from '../tutor/learner-view.ts';
import type { ReturnedReason, UngradedReason } from '../core/grade.ts';
import type { CriterionVerdict } from '../core/verdict.ts';
import type { GroupMemoryView, MemoryLevel } from '../tutor/memory-view.ts';

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
    toWords: 'to your words',
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
      'Opening a chapter counts its questions as seen. You can still answer them, but those tries do not count towards your score.',
    afterReveal: 'Only questions whose answer you have already revealed are shown.',
    open: 'Read the answers',
    questions: (count: number): string => (count === 1 ? '1 question' : `${count} questions`),
    seen: ({ newly, all }: { newly: number; all: number }): string => {
      const before = all - newly;
      const others = before === 0 ? '' : ` (the ${before === 1 ? 'other was' : 'others were'} seen before)`;
      return newly === 1 ? `1 question now counts as seen${others}.` : `${newly} questions now count as seen${others}.`;
    },
    none: 'There is nothing to read here yet. Answer a question of this chapter and reveal it first.',
    back: 'Back to this question',
    all: 'All chapters',
    contents: 'In this chapter',
    closedTitle: 'The answers are closed',
    closed: 'This course keeps its answers closed. You can reveal the answer to a question after trying it.',
  },

  spot: {
    title: 'Spot the mistake',
    about:
      'You read what somebody might well have answered. It may hold a common mistake, or none at all. Say which, then see why.',
    notice: 'The question you are shown then counts as seen: later tries at it do not count towards your score.',
    start: 'Start',
    nothing: 'This course has nothing to spot yet.',
    question: 'The question',
    answer: 'Somebody answered',
    choose: 'Which mistake is in it, if any?',
    submit: 'Check',
    right: 'Right.',
    wrong: 'Not quite.',
    notHeld: 'This answer does not hold that mistake: read it again beside the one you picked.',
    none: 'There is no mistake in it.',
    rightChoice: 'Right choice',
    yourChoice: 'Your choice',
    next: 'Next one',
    own: 'Answer this question yourself',
    pickOne: 'Pick one of the choices first.',
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
