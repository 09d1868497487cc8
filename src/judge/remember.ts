import type { AskedJudge, Judge, JudgeTask, Judgment } from './judge.ts';

/** Only a judgment is worth keeping; whatever went wrong is tried afresh. */
export type KeptJudgment = Extract<Judgment, { status: 'judged' }>;

/** Where judgments are kept by request key. */
export type ReplyStore = {
  find: (requestKey: string) => Promise<KeptJudgment | undefined>;
  /** Keeps the first judgment of a key; a later one changes nothing. */
  insert: (requestKey: string, judgment: KeptJudgment) => Promise<void>;
};

/**
 * The same judge, asked once a request: who asks what somebody is asking already waits for that call, and what was judged before is
 * not judged again. A call is called off only when everybody who waited for it has gone. Only judgments are kept: whatever
 * went wrong is tried afresh. Where the store fails, the judge is asked and nothing is lost but the saving.
 */
export function rememberJudgments(args: {
  asked: AskedJudge;
  replies: ReplyStore;
  onStoreFailure: (error: unknown) => void;
}): AskedJudge {
  const { asked, replies, onStoreFailure } = args;
  const underWay = new Map<string, SharedCall>();

  const judgeAfresh = async (task: JudgeTask, key: string, signal: AbortSignal): Promise<Judgment> => {
    const kept = await replies.find(key).catch((error: unknown) => {
      onStoreFailure(error);
      return undefined;
    });
    if (kept !== undefined) return { ...kept, provenance: { ...kept.provenance, replayed: true } };
    const judgment = await asked.judge(task, { signal });
    if (judgment.status === 'judged') await replies.insert(key, judgment).catch(onStoreFailure);
    return judgment;
  };

  const judge: Judge = (task, { signal }) => {
    const key = asked.requestKeyOf(task);
    let call = underWay.get(key);
    if (call === undefined) {
      call = shareCall((shared) => judgeAfresh(task, key, shared));
      underWay.set(key, call);
      void call.done.finally(() => underWay.delete(key));
    }
    return call.join(signal);
  };
  return { ...asked, judge };
}

type SharedCall = { done: Promise<void>; join: (signal: AbortSignal) => Promise<Judgment> };

/** One call for any number of callers. Each is answered when its own signal aborts; the call ends when all of them did. */
function shareCall(start: (signal: AbortSignal) => Promise<Judgment>): SharedCall {
  const controller = new AbortController();
  const result = start(controller.signal);
  const done = result.then(
    () => undefined,
    () => undefined,
  );
  let waiting = 0;
  return {
    done,
    join: (signal) => {
      waiting += 1;
      return new Promise((resolve, reject) => {
        const leave = (): void => {
          waiting -= 1;
          if (waiting === 0) controller.abort(signal.reason);
          resolve(cancelled);
        };
        if (signal.aborted) return leave();
        signal.addEventListener('abort', leave, { once: true });
        result.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
      });
    },
  };
}

const cancelled: Judgment = {
  status: 'ungraded',
  reason: 'cancelled',
  detail: 'Nobody waits for this judgment any more.',
  provenance: null,
};
