import type { Rating } from '../core/eval-set.ts';
import type { Criterion } from '../core/rubric.ts';
import type { RaterAgreement, RatingPlan, RatingTask } from '../tutor/rate-answers.ts';
import { exitCodes } from './exit-codes.ts';
import { printable } from './grade-command.ts';
import type { Streams } from './streams.ts';
import { createStyle, wrapText } from './terminal-style.ts';

/** One key at a time; null where there is nobody at the keyboard any more. */
export type Keys = { next: () => Promise<string | null> };

type Kept = { verdicts: Rating['verdicts']; misconceptions: string[] };

/**
 * Walks a person through the answers they have not rated: question and rubric once an item, then each answer with one key a
 * verdict. Every finished answer is kept before the next is shown, so stopping at any moment loses at most the one on screen.
 */
export async function runRating(args: {
  set: string;
  plan: RatingPlan;
  keep: (answerId: string, rating: Kept) => Promise<void>;
  /** Called once, when the person stops or is done. */
  agreement: () => Promise<RaterAgreement[]>;
  keys: Keys;
  streams: Streams;
}): Promise<number> {
  const { set, plan, streams, keys } = args;
  switch (plan.status) {
    case 'not-found':
      streams.err(
        `viva: there is no eval set "${set}".\nUse one of: ${plan.known.join(', ') || '(evals/ is empty)'}.\n`,
      );
      return exitCodes.usage;
    case 'taken':
      streams.err(
        `viva: that rater is a ${plan.kind} in set.yaml, and what is rated here is a person's.\nChoose another --rater.\n`,
      );
      return exitCodes.usage;
    case 'ready':
      break;
    default:
      return plan satisfies never;
  }
  const { tasks } = plan;
  streams.out(
    `${tasks.length} answers to rate, ${plan.rated} rated before. m met · p partial · x missed · b back · s skip this answer · q stop\n`,
  );
  let shownItem = '';
  let done = 0;
  for (const [index, task] of tasks.entries()) {
    if (task.item.id !== shownItem) showItem(task, streams);
    shownItem = task.item.id;
    showAnswer({ task, place: `${index + 1} of ${tasks.length}`, streams });
    const rating = await askAll({ task, keys, streams });
    if (rating === 'stop') break;
    if (rating === 'skip') continue;
    await args.keep(task.answerId, rating);
    done += 1;
  }
  streams.out(`\n${done} rated and kept.${done < tasks.length ? ' The same command goes on from here.' : ''}\n`);
  for (const other of done + plan.rated === 0 ? [] : await args.agreement()) streams.out(`${agreementLine(other)}\n`);
  return exitCodes.ok;
}

function showItem({ item, rubric }: RatingTask, streams: Streams): void {
  const style = createStyle(streams.colour);
  const say = (text: string, indent = 0): void =>
    streams.out(`${wrapText({ text: printable(text), width: streams.width, indent }).join('\n')}\n`);
  streams.out(`\n${style.bold(item.title)} (${item.id})\n`);
  say(item.prompt);
  if (item.kind === 'choice') item.options.forEach(({ text }, at) => say(`${at + 1}. ${text}`, 2));
  streams.out(`${style.bold('Reference')}\n`);
  say(item.reference, 2);
  streams.out(`${style.bold('Criteria')}\n`);
  for (const criterion of rubric.criteria) {
    say(`${criterion.asks} Met: ${criterion.expects}`, 2);
    if (criterion.partial !== undefined) say(`Partial: ${criterion.partial}`, 4);
  }
}

function showAnswer({ task, place, streams }: { task: RatingTask; place: string; streams: Streams }): void {
  const style = createStyle(streams.colour);
  streams.out(
    `\n${style.bold(`Answer ${place}`)}${task.option === null ? '' : `, option ${task.option} picked: rate the why`}\n`,
  );
  for (const line of task.text.split('\n'))
    streams.out(`${wrapText({ text: printable(line), width: streams.width, indent: 4 }).join('\n')}\n`);
}

type Question = { id: string; text: string; keys: Readonly<Record<string, string>> };

async function askAll(args: { task: RatingTask; keys: Keys; streams: Streams }): Promise<Kept | 'skip' | 'stop'> {
  const { criteria, misconceptions } = args.task.rubric;
  const questions: Question[] = [
    ...criteria.map((criterion) => ({ id: criterion.id, text: criterion.asks, keys: verdictKeys(criterion) })),
    ...misconceptions.map(({ id, claim }) => ({
      id,
      text: `Does it hold: ${claim}`,
      keys: { y: 'held', n: 'not-held' },
    })),
  ];
  const said: string[] = [];
  while (said.length < questions.length) {
    const question = questions[said.length];
    if (question === undefined) break;
    const answer = await ask({ ...args, question });
    if (answer === 'skip' || answer === 'stop') return answer;
    if (answer === 'back') said.pop();
    else said.push(answer);
  }
  const verdicts: Rating['verdicts'] = {};
  for (const [index, { id }] of criteria.entries()) {
    const verdict = said[index];
    if (verdict === 'met' || verdict === 'partial' || verdict === 'missed') verdicts[id] = verdict;
  }
  const held = misconceptions.filter((_, index) => said[criteria.length + index] === 'held');
  return { verdicts, misconceptions: held.map(({ id }) => id) };
}

function verdictKeys(criterion: Criterion): Record<string, string> {
  return criterion.partial === undefined ? { m: 'met', x: 'missed' } : { m: 'met', p: 'partial', x: 'missed' };
}

async function ask(args: { question: Question; keys: Keys; streams: Streams }): Promise<string> {
  const { question, keys, streams } = args;
  const choices = Object.keys(question.keys).join('/');
  streams.out(
    `${wrapText({ text: printable(question.text), width: streams.width - 8, indent: 2 }).join('\n')} [${choices}] `,
  );
  for (;;) {
    const key = (await keys.next())?.toLowerCase() ?? 'q';
    const chosen = question.keys[key];
    const word = chosen ?? { b: 'back', s: 'skip', q: 'stop', '\u0003': 'stop' }[key];
    if (word === undefined) continue;
    streams.out(`${word}\n`);
    return word;
  }
}

function agreementLine({ with: other, kind, answers, agreement, kappa }: RaterAgreement): string {
  const beyond = kappa.status === 'value' ? `kappa ${kappa.value.toFixed(2)}` : `no kappa (${kappa.reason})`;
  return `With ${other} (${kind}) on ${answers} answers: the same verdict in ${Math.round(agreement * 100)} %, ${beyond}.`;
}
