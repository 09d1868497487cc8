import type { JoinReply, PersonVerdict } from '../tutor/review-view.ts';

/** The words of the pages on which instructors settle verdicts; `strings.review` to everybody else. */
export const reviewStrings = {
  title: 'Verdicts that wait for a person',
  short: 'Waiting for a person',
  lead: 'What the judge was not sure of, and what learners contest. Your verdict stands; the judge’s is kept beside it.',
  waiting: ({ abstentions, appeals, more }: { abstentions: number; appeals: number; more: boolean }): string => {
    const all = abstentions + appeals;
    if (all === 0) return 'Nothing waits.';
    const parts = [
      ...(abstentions > 0 ? [abstentions === 1 ? '1 abstention' : `${abstentions} abstentions`] : []),
      ...(appeals > 0 ? [appeals === 1 ? '1 appeal' : `${appeals} appeals`] : []),
    ].join(' and ');
    return `${more ? `The oldest ${all}` : `${all}`} ${all === 1 ? 'waits' : 'wait'}: ${parts}.`;
  },
  link: ({ count, more }: { count: number; more: boolean }): string =>
    count === 0
      ? 'Nothing waits for a person'
      : `${count}${more ? ' or more' : ''} ${count === 1 ? 'waits' : 'wait'} for a person`,
  linkHelp: 'Abstentions of the judge and appeals of learners.',
  terminal: 'The same in the terminal:',
  back: 'Calibration runs',
  why: { abstention: 'Abstention', appeal: 'Appeal' },
  whyLong: {
    abstention: 'The judge was not sure, and points hang on it.',
    appeal: 'The learner contests this mark.',
  },
  learner: 'The learner',

  question: 'The question',
  reference: 'Model answer',
  picked: 'Picked',
  rightOption: 'the right choice',
  wrongOption: 'not the right choice',
  answer: 'The answer',
  blank: 'The explanation was left blank.',
  decide: 'What is to be decided',
  part: (name: string): string => `Part ${name}`,
  turn: (name: string): string => `Wrong turn ${name}`,
  met: 'Right, if it',
  half: 'Half-way, if it',
  worth: 'Worth',
  points: (points: number): string => (points === 1 ? '1 point' : `${points} points`),
  claims: 'Held, if it claims',
  refutes: 'Why that is wrong',
  caps: (points: number): string =>
    `While it is held, the answer gets at most ${points === 1 ? '1 point' : `${points} points`}.`,
  judge: 'The judge said',
  sure: (share: number): string => `${Math.round(100 * share)} % sure`,
  by: ({ judge, model }: { judge: string; model: string }): string => (judge === model ? judge : `${judge}, ${model}`),
  noReasoning: 'It gave no reasons.',
  barred: {
    check: 'Code overruled it: the number that is asked for is not in the answer.',
    evidence: 'Code overruled it: what it quoted is not in the answer.',
    confidence: 'It was less sure than was published for this course, so its verdict was set aside.',
  },
  rubricChanged: 'The question or its rubric has been edited since. The judge read the older text; below is today’s.',
  settledBefore: ({ by, word, when }: { by: string; word: string; when: string }): string =>
    `${by} settled this as “${word}” on ${when}. What you send now takes its place.`,
  noteBefore: 'The note to the learner was:',

  verdict: {
    met: 'Right',
    partial: 'Half-way',
    missed: 'Missing',
    held: 'The wrong turn is there',
    'not-held': 'No wrong turn',
  } satisfies Record<PersonVerdict, string>,
  judged: {
    met: 'Right',
    partial: 'Half-way',
    missed: 'Missing',
    unsure: 'Not sure',
    held: 'The wrong turn is there',
    'not-held': 'No wrong turn',
  },
  yours: 'Your verdict',
  note: 'A note to the learner',
  noteHelp: 'Why you decide so. The learner reads it beside the mark. It may stay empty.',
  name: 'Your name',
  nameHelp: 'Kept with the verdict for those who run this server; the learner does not see it.',
  submit: 'Settle it',
  problem: 'Nothing was settled.',
  need: { verdict: 'Choose your verdict.', name: 'Write your name.' },

  join: {
    summary: 'Add this answer to the eval set as well',
    help: 'Then the judge is measured on it from the next calibration run on, with you as a human rater. For that you decide everything in it, not only the mark above. Where you say otherwise than what stands, that is settled too.',
    privacy:
      'What a learner wrote is personal data. Add it only if they may expect that, and only if the text names nobody and tells nothing private: the set’s files can be read by everybody who has this course. Who wrote it is not kept there. An answer in “dev” may be shown to learners in Spot the mistake.',
    tick: 'Add it. I have read the text: no names and nothing private is in it',
    set: 'Eval set',
    split: 'To',
    splits: { dev: 'dev, for tuning', test: 'test, for reporting only' },
    others: 'Everything else in this answer',
    stands: (word: string): string => `Stands now: ${word}`,
    personSaid: ({ by, word }: { by: string; word: string }): string => `${by} settled it as “${word}”`,
    none: 'The content of this server is not at hand for writing, so answers cannot be added to an eval set here.',
  },

  settled: 'Settled.',
  settledAs: (word: string): string => `Settled as “${word}”.`,
  replaced: ({ by, word }: { by: string; word: string }): string => `It takes the place of “${word}” by ${by}.`,
  joined: describeJoin,
  next: 'The next one',
  all: 'All that wait',
};

/** What became of adding the answer to an eval set. */
function describeJoin(joined: JoinReply): string {
  switch (joined.status) {
    case 'joined':
      return `The answer is now “${joined.id}” in ${joined.set}, ${joined.split}. Runs that start from now on read it; this server after its next start.`;
    case 'there-already':
      return `The answer was not added: the same words are in ${joined.set} already, as “${joined.id}”.`;
    case 'refused':
      return `The answer was not added. ${joined.message}`;
    default:
      return joined satisfies never;
  }
}
