import type {
  JoinRequest,
  OpenReviewView,
  PersonVerdict,
  SettleRequest,
  SettleReviewOutcome,
  VerdictReview,
} from '../tutor/review-view.ts';
import { exitCodes } from './exit-codes.ts';
import { printable } from './grade-command.ts';
import type { Keys } from './rate-command.ts';
import { readLine } from './read-line.ts';
import { joinLine, pointsLine, showReview, showVerdict } from './show-review.ts';
import type { Streams } from './streams.ts';
import { wrapText } from './terminal-style.ts';

/** Where reviews come from and go to: the database, or a server that holds it. */
export type ReviewDesk = {
  list: (args: { limit: number }) => Promise<OpenReviewView[]>;
  settle: (request: SettleRequest) => Promise<SettleReviewOutcome>;
};

type Session = { desk: ReviewDesk; settledBy: string; keys: Keys; streams: Streams };

/** Prints what waits as JSON, for programs. */
export async function printOpenReviews(args: { desk: ReviewDesk; limit: number; streams: Streams }): Promise<number> {
  const reviews = await args.desk.list({ limit: args.limit });
  args.streams.out(`${JSON.stringify({ reviews }, null, 2)}\n`);
  return exitCodes.ok;
}

/**
 * Walks a person through what waits, oldest first: one key a verdict, then a line for the learner. Each is settled before the next is
 * shown, and what is settled waits no longer, so stopping at any moment loses at most the one on screen.
 */
export async function runReview(
  args: Omit<Session, 'settledBy'> & { limit: number; settledBy: string | null },
): Promise<number> {
  const { desk, limit, keys, streams } = args;
  const reviews = await desk.list({ limit });
  if (reviews.length === 0) {
    streams.out('Nothing waits for a person.\n');
    return exitCodes.ok;
  }
  const appeals = reviews.filter(({ why }) => why === 'appeal').length;
  streams.out(
    `${reviews.length === limit ? `The oldest ${limit}` : reviews.length} to settle: ${reviews.length - appeals} abstentions, ${appeals} appeals.\n` +
      'm met · p partial · x missed · h wrong turn held · n not held · s skip · q stop\n',
  );
  let settledBy = args.settledBy;
  if (settledBy === null) {
    streams.out('Your name, kept with every verdict and not shown to learners: ');
    settledBy = (await readLine({ keys, streams }))?.trim() ?? '';
  }
  if (settledBy === '') {
    streams.err('viva: a verdict needs the name of whoever gives it.\nWrite it when asked, or use --settled-by.\n');
    return exitCodes.usage;
  }
  const session: Session = { desk, settledBy, keys, streams };
  let settled = 0;
  // Whoever adds an answer to an eval set has decided everything in it.
  const decided = new Set<string>();
  for (const [index, review] of reviews.entries()) {
    if (decided.has(review.attempt)) {
      settled += 1;
      continue;
    }
    const end = await settleOne({ review, place: `${index + 1} of ${reviews.length}`, session });
    if (end === 'stop') break;
    if (end !== 'skipped') settled += 1;
    if (end === 'settled-whole') decided.add(review.attempt);
  }
  streams.out(`\n${settled} settled.${settled < reviews.length ? ' The same command goes on with the rest.' : ''}\n`);
  return exitCodes.ok;
}

async function settleOne(args: {
  review: OpenReviewView;
  place: string;
  session: Session;
}): Promise<'settled' | 'settled-whole' | 'skipped' | 'stop'> {
  const { review, session } = args;
  const { desk, settledBy, keys, streams } = session;
  const verdict = review.verdicts.find(({ kind, target }) => kind === review.kind && target === review.target);
  if (verdict === undefined) return 'skipped';
  showReview({ review, place: `${args.place}, ${review.why}`, streams });
  showVerdict({ review, verdict, streams });
  const said = await askVerdict({ verdict, question: 'Your verdict', session });
  if (said === 'stop') return 'stop';
  if (said === 'skip') return 'skipped';
  streams.out('A note to the learner, or Return for none: ');
  const note = await readLine({ keys, streams });
  if (note === null) return 'stop';
  const join = await askJoin({ review, verdict, session });
  if (join === 'stop') return 'stop';
  const { attempt, kind, target } = review;
  const outcome = await desk.settle({ attempt, kind, target, verdict: said, settledBy, note, join });
  switch (outcome.status) {
    case 'settled': {
      const before = outcome.replaced;
      const replaced =
        before === null ? '' : ` It takes the place of ${before.verdict} by ${printable(before.settledBy)}.`;
      streams.out(`Settled as ${said}: ${pointsLine(outcome)}.${replaced}\n`);
      if (outcome.joined !== null) streams.out(`${joinLine(outcome.joined)}\n`);
      return join === null ? 'settled' : 'settled-whole';
    }
    case 'not-found':
      streams.out('It is gone: deleted by its learner, or its question has left the course.\n');
      return 'skipped';
    case 'invalid':
      streams.out(`Nothing was settled. ${printable(outcome.message)}\n`);
      return 'skipped';
    default:
      return outcome satisfies never;
  }
}

const keyOf: Record<PersonVerdict, string> = { met: 'm', partial: 'p', missed: 'x', held: 'h', 'not-held': 'n' };

async function askVerdict(args: {
  verdict: VerdictReview;
  question: string;
  session: Session;
}): Promise<PersonVerdict | 'skip' | 'stop'> {
  const { verdict, session } = args;
  const choices = new Map<string, PersonVerdict | 'skip' | 'stop'>([
    ...verdict.choices.map((choice) => [keyOf[choice], choice] as const),
    ['s', 'skip'],
    ['q', 'stop'],
  ]);
  return askKey({ question: args.question, choices, session });
}

/** Whether the answer is to join an eval set, with this person's verdict on everything in it; null where not. */
async function askJoin(args: {
  review: OpenReviewView;
  verdict: VerdictReview;
  session: Session;
}): Promise<JoinRequest | null | 'stop'> {
  const { review, session } = args;
  const [set] = review.evalSets;
  if (set === undefined) return null;
  say(
    `Add the answer to the eval set ${set}, rated by you? Only if it names nobody and tells nothing private: it is a learner's, and everybody who has the course can read the set. In dev it may be shown in Spot the mistake.`,
    session.streams,
  );
  const split = await askKey({
    question: 'Add it: d to dev, t to test, o not to',
    choices: new Map([['d', 'dev'] as const, ['t', 'test'] as const, ['o', 'no'] as const, ['q', 'stop'] as const]),
    session,
  });
  if (split === 'stop') return 'stop';
  if (split === 'no') return null;
  const join: JoinRequest = { set, split, verdicts: {}, misconceptions: {} };
  for (const other of review.verdicts) {
    if (other === args.verdict) continue;
    showVerdict({ review, verdict: other, streams: session.streams });
    const said = await askVerdict({
      verdict: other,
      question: 'Your own verdict on this too (s: do not add it)',
      session,
    });
    if (said === 'stop') return 'stop';
    if (said === 'skip') return null;
    if (said === 'held' || said === 'not-held') join.misconceptions[other.target] = said;
    else join.verdicts[other.target] = said;
  }
  return join;
}

/** Waits for one of the keys; nobody at the keyboard, and Ctrl-C, stop. */
async function askKey<Choice extends string>(args: {
  question: string;
  choices: ReadonlyMap<string, Choice>;
  session: Session;
}): Promise<Choice | 'stop'> {
  const { question, choices, session } = args;
  session.streams.out(`${question} [${[...choices.keys()].join('/')}] `);
  for (;;) {
    const key = (await session.keys.next())?.toLowerCase();
    const chosen = key === undefined || key === '\u0003' ? 'stop' : choices.get(key);
    if (chosen === undefined) continue;
    session.streams.out(`${chosen}\n`);
    return chosen;
  }
}

function say(text: string, streams: Streams): void {
  streams.out(`${wrapText({ text, width: streams.width, indent: 0 }).join('\n')}\n`);
}
