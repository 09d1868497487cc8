import { readSource } from './bank/read-source.ts';
import { printAgreement } from './cli/agreement-command.ts';
import { printEstimate } from './cli/estimate-command.ts';
import { printImport } from './cli/import-command.ts';
import type { Verbs } from './cli/program.ts';
import type { Streams } from './cli/streams.ts';
import { estimateRate } from './tutor/estimate-rate.ts';
import { importSet } from './tutor/import-set.ts';
import { measureAgreement } from './tutor/measure-agreement.ts';

/** The commands that need no judge and no server, only somebody's table: `viva agreement`, `viva estimate`, `viva import`. */
export function tableVerbs(streams: Streams): Pick<Verbs, 'agreement' | 'estimate' | 'import'> {
  return {
    agreement: async ({ file, json, ...request }) => {
      const measured = measureAgreement({ name: file, text: await readTableText(file, streams), request });
      return printAgreement({ measured, json, streams });
    },

    estimate: async ({ file, json, ...columns }) => {
      const estimated = estimateRate({ name: file, text: await readTableText(file, streams), ...columns });
      return printEstimate({ estimated, json, streams });
    },

    import: async ({ json, ...request }) => printImport({ outcome: await importSet(request), json, streams }),
  };
}

/** A table from a file in whatever encoding, or from standard input for "-". */
async function readTableText(file: string, streams: Streams): Promise<string> {
  if (file === '-') return streams.readText(file);
  const { text: written, note } = await readSource(file);
  if (note !== null) streams.err(`${file}: ${note}.\n`);
  return written;
}
