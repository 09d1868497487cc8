import { VivaError } from '../core/errors.ts';
import type { AskedJudge } from './judge.ts';
import type { ReplyStore } from './remember.ts';

/**
 * A judge that asks nobody: it gives back what was recorded for the same request, and is an error where nothing was. For
 * tests, and for scoring again under other points without paying. `named` is the judge whose requests were recorded.
 * Throws VivaError('judge-unavailable') for a request that is not in the recording.
 */
export function createRecordedJudge(args: {
  named: Pick<AskedJudge, 'requestKeyOf'>;
  replies: Pick<ReplyStore, 'find'>;
}): AskedJudge {
  return {
    requestKeyOf: args.named.requestKeyOf,
    mostMicroUsd: () => 0,
    judge: async (task) => {
      const key = args.named.requestKeyOf(task);
      const kept = await args.replies.find(key);
      if (kept !== undefined) return { ...kept, provenance: { ...kept.provenance, replayed: true } };
      throw new VivaError('judge-unavailable', {
        message: `The recording holds no judgment of this answer to "${task.item.id}" (request ${key.slice(0, 12)}…).`,
        fix: 'Record it first with the same model, prompt version and rubric, or grade with a judge that can be asked.',
      });
    },
  };
}
