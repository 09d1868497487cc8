import { agreementSentences, whoseSentence } from '../report/agreement-sentences.ts';
import { renderAgreement } from '../report/agreement-table.ts';
import type { MeasuredAgreement } from '../tutor/measure-agreement.ts';
import { exitCodes } from './exit-codes.ts';
import { printFaults } from './rows-left-out.ts';
import type { Streams } from './streams.ts';

/** Prints how far raters agree, as a page for people or as JSON with every figure, and returns the exit code. */
export function printAgreement(args: { measured: MeasuredAgreement; json: boolean; streams: Streams }): number {
  const { measured, json, streams } = args;
  const { figures, faults, file, raters, judges, passedOver, notes } = measured;
  const whose = whoseSentence({ raters, file });
  const sentences = agreementSentences(figures);
  if (json) {
    const source = { summary: [whose, ...sentences], file, who: [...raters, ...judges], passedOver, notes, faults };
    streams.out(`${JSON.stringify({ ...source, ...figures }, null, 2)}\n`);
    return exitCodes.ok;
  }
  printFaults({ file, faults, streams });
  const counted = `${figures.rows} rows were read${faults.length > 0 ? `, ${faults.length} line${faults.length === 1 ? '' : 's'} had faults` : ''}.`;
  const passed =
    passedOver.length > 0
      ? [`Not taken for judges, since they hold other things than the raters’ labels: ${passedOver.join(', ')}.`]
      : [];
  const title = `Agreement of ${raters.length} rater${raters.length === 1 ? '' : 's'}${judges.length > 0 ? ` and ${judges.length} judge${judges.length === 1 ? '' : 's'}` : ''}`;
  streams.out(
    `${renderAgreement({
      title,
      lines: [...sentences, [whose, counted, ...passed, ...notes].join(' ')],
      figures,
      look: { width: streams.width, colour: streams.colour },
    })}\n`,
  );
  return exitCodes.ok;
}
