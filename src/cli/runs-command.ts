import { dollars } from '../calibration/summary.ts';
import { layOutTable, plainText } from '../report/text-table.ts';
import type { RunView } from '../tutor/list-runs.ts';
import { exitCodes } from './exit-codes.ts';
import type { Streams } from './streams.ts';

const answers = { yes: 'yes', no: 'no', 'cannot-say': 'cannot say' } as const;

/** Prints one line a run, the newest first; unfinished ones say how to go on. */
export function printRuns(args: { runs: readonly RunView[]; json: boolean; streams: Streams }): number {
  const { runs, json, streams } = args;
  if (json) {
    streams.out(`${JSON.stringify({ runs }, null, 2)}\n`);
    return exitCodes.ok;
  }
  if (runs.length === 0) {
    streams.out('No runs yet. Begin one with: viva calibrate post-training\n');
    return exitCodes.ok;
  }
  const { header, lines } = layOutTable({
    width: streams.width,
    columns: [
      { title: 'run', align: 'left' },
      { title: 'split', align: 'left' },
      { title: 'answers', align: 'right' },
      { title: 'agree', align: 'right' },
      { title: 'points', align: 'right' },
      { title: 'cost', align: 'right' },
      { title: 'may grade alone', align: 'left' },
    ],
    rows: runs.map(({ id, split, state, headline }) => [
      id,
      split,
      headline === null ? '' : String(headline.answers),
      figure(headline?.agreement),
      figure(headline?.quadraticKappa),
      headline?.costMicroUsd == null ? '' : dollars(headline.costMicroUsd),
      headline === null
        ? `unfinished: viva calibrate --resume ${id}`
        : `${answers[headline.mayGradeAlone]}${state === 'partial' ? ' (a part)' : ''}`,
    ]),
  });
  streams.out(`${[header, ...lines.map(plainText)].join('\n')}\n`);
  return exitCodes.ok;
}

function figure(value: number | null | undefined): string {
  return value == null ? '' : value.toFixed(2);
}
