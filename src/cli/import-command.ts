import type { ImportOutcome } from '../tutor/import-set.ts';
import { exitCodes } from './exit-codes.ts';
import { printable } from './grade-command.ts';
import type { Streams } from './streams.ts';

/** What could not be used, beyond so many lines, is only counted. */
const listedAtMost = 50;

/** Lists what an import left out, says what it made and what to do next, and returns the exit code. */
export function printImport(args: { outcome: ImportOutcome; json: boolean; streams: Streams }): number {
  const { outcome, json, streams } = args;
  const code = outcome.status === 'imported' ? exitCodes.ok : exitCodes.found;
  if (json) {
    streams.out(`${JSON.stringify(outcome, null, 2)}\n`);
    return code;
  }
  for (const { file, line, what } of outcome.faults.slice(0, listedAtMost)) {
    streams.err(`${file}:${line}: ${printable(what)}\n`);
  }
  const more = outcome.faults.length - listedAtMost;
  if (more > 0) streams.err(`… and ${more} more; --json lists them all.\n`);
  for (const note of outcome.notes) streams.err(`Note: ${printable(note)}\n`);
  if (outcome.status === 'nothing-usable') {
    streams.err('viva: there is no answer with a rating in it, so nothing was written.\n');
    return code;
  }
  streams.out(summary(outcome));
  return code;
}

function summary({ out, course, counts, faults }: Extract<ImportOutcome, { status: 'imported' }>): string {
  const { items, answers, dev, test, families, ratings, raters } = counts;
  const who = [several(raters.human, 'human'), several(raters.author, 'author'), several(raters.model, 'model')];
  const left =
    faults.length === 1 ? '1 line was not used as it stood' : `${faults.length} lines were not used as they stood`;
  const next = [
    ...(raters.human + raters.author + raters.model > 1
      ? [
          `viva agreement ${out}/evals/${course}/answers.jsonl${raters.human > 0 && raters.model > 0 ? ' --judges all-others' : ''}`,
        ]
      : []),
    `VIVA_CONTENT=${out} viva calibrate ${course}`,
  ];
  return [
    `Imported into ${out}: ${several(items, 'question')}, ${several(answers, 'answer')} in ${several(families, 'family', 'families')} (${dev} dev, ${test} test).`,
    `Raters: ${who.filter((part) => part !== '').join(', ')}; ${several(ratings, 'rating')}.`,
    faults.length > 0
      ? `${left}; listed above with what became of ${faults.length === 1 ? 'it' : 'them'}.`
      : 'Every line was used.',
    '',
    'Next:',
    ...next.map((line) => `  ${line}`),
    '',
  ].join('\n');
}

function several(n: number, noun: string, plural = `${noun}s`): string {
  if (n === 0) return '';
  return `${n} ${n === 1 ? noun : plural}`;
}
