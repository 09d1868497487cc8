import { countAttempts, countQuestions } from './wording.ts';

/** The words of the pages on what is kept of a learner. */
export const yoursStrings = {
  title: 'Your data',
  visitor: 'Nothing is kept of you yet: no name, no answers, no cookie. That begins with the first answer you hand in.',
  kept: ({ attempts }: { attempts: number }): string =>
    `This browser holds a random cookie that only this server knows. With it are kept ${attempts === 0 ? '' : `your ${countAttempts(attempts)}, graded or sent back, `}what you have read, your sessions, your turns in Spot the mistake, and when questions come back. There is no account and no email address.`,
  since: 'Since',
  name: 'Your name',
  nameLabel: 'A name to be greeted by',
  nameHelp: 'If you like. It is shown to you on these pages and to nobody else.',
  nameSave: 'Save the name',
  named: 'Saved.',
  device: 'On another device',
  deviceHelp:
    'A code carries everything to another device. It works once, for ten minutes. Both devices then share the same answers.',
  makeCode: 'Make a code',
  code: 'The code',
  codeHelp: ({ minutes }: { minutes: number }): string =>
    `and type it there within ${minutes} minutes. Making another one ends it. Whoever has it gets everything kept here, so show it to nobody else.`,
  codeWhere: 'On the other device, open',
  enterCode: 'I have a code from another device',
  take: 'Take it with you',
  json: 'Everything, as JSON',
  jsonHelp: 'Answers, verdicts, calendar, sessions, what you read and the drill.',
  csv: 'Attempts, as a table (CSV)',
  csvHelp: 'One line an attempt, for any spreadsheet.',
  anki: 'Flashcards, for Anki',
  ankiHelp: 'Question in front, model answer behind; only questions whose answer you have seen. In Anki: File, Import.',
  ankiAll: (count: number): string => `All ${count} questions, also those not seen …`,
  ankiAllHelp: 'You are asked first: they then count as seen.',
  ankiAllSeen: (count: number): string => `All ${count} questions count as seen, so all are in it.`,
  ankiOf: (course: string): string => `Flashcards of ${course}`,
  erase: 'Delete all of it',
  eraseHelp:
    'Attempts with their grades, what you have read, calendar, sessions, drill turns, appeals, name and cookie, at once and for good. You are asked once more.',
  eraseGo: 'Delete all my data …',
  eraseTitle: 'Delete all your data?',
  eraseText: ({ attempts }: { attempts: number }): string =>
    `${attempts === 0 ? 'What' : `${countAttempts(attempts)} with ${attempts === 1 ? 'its' : 'their'} grades, what`} you have read, your calendar, sessions, drill turns, appeals and name are deleted on this server, and the cookie in this browser. Answers that are being read are not graded any more. Other devices that share them lose them too. Nobody can bring this back.`,
  eraseVisitor: 'Nothing is kept of you, so there is nothing to delete.',
  eraseFirst: 'You may want to take a copy first.',
  eraseYes: 'Yes, delete everything',
  eraseNo: 'No, keep it',
  erased: 'Everything is deleted. You are a visitor again.',
  back: 'Your data',
} as const;

/** Asking for the flashcards of a whole course. */
export const flashcardsStrings = {
  title: (all: number): string => (all === 1 ? 'The flashcard of this course' : `All ${all} flashcards`),
  seenSoFar: ({ all, unseen }: { all: number; unseen: number }): string =>
    `So far ${all - unseen} of ${countQuestions(all)} count as seen. With this download ${unseen} more will.`,
  cost: 'You can still answer those, but your tries at them will not count towards your score.',
  download: (all: number): string => `Download all ${all} and count them as seen`,
  back: 'No, back to Your data',
  done: 'Done. The download begins by itself; if it does not, use the button.',
  allSeen: (all: number): string =>
    all === 1 ? 'The question counts as seen.' : `All ${all} questions count as seen.`,
  again: (all: number): string => `Download all ${all}`,
} as const;

/** Carrying everything to another device. */
export const carryStrings = {
  title: 'Bring your answers to this device',
  label: 'The code from your other device',
  help: 'Eight letters and digits; small letters and spaces do not matter.',
  submit: 'Bring it here',
  empty: 'This browser has no attempts of its own, so nothing is mixed.',
  merge: (count: number): string =>
    `This browser has ${countAttempts(count)} of its own. They are added to those the code brings, and nothing is lost; they cannot be taken apart again. If they are somebody else’s, do not go on.`,
  unknown:
    'That is not a code that works now. It may be mistyped, used already, or older than ten minutes. Make a new one on the other device.',
  same: 'This device has those answers already. The code still works for another one.',
  carried: (added: number): string =>
    added === 0
      ? 'This device now shares your answers.'
      : `This device now shares your answers; ${countAttempts(added)} it had of its own ${added === 1 ? 'was' : 'were'} added.`,
} as const;
