import { eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Executor } from './executor.ts';
import { judgeReplies } from './schema.ts';

/** A reply under its request key. The judge layer owns the shape of `judgment` and parses it. */
export const JudgeReplyRow = z.object({ requestKey: z.string(), judgment: z.unknown(), createdAt: z.date() });
export type JudgeReplyRow = z.infer<typeof JudgeReplyRow>;

/** Keeps the first reply to a request; a later one to the same request changes nothing. */
export async function insertJudgeReply(
  db: Executor,
  reply: { requestKey: string; judgment: object; now: Date },
): Promise<void> {
  const { now, ...columns } = reply;
  await db
    .insert(judgeReplies)
    .values({ ...columns, createdAt: now })
    .onConflictDoNothing();
}

export async function findJudgeReply(db: Executor, requestKey: string): Promise<JudgeReplyRow | undefined> {
  const [row] = await db.select().from(judgeReplies).where(eq(judgeReplies.requestKey, requestKey));
  return row === undefined ? undefined : JudgeReplyRow.parse(row);
}
