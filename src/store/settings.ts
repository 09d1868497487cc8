import { eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Executor } from './executor.ts';
import { settings } from './schema.ts';

const ValueRow = z.object({ value: z.string() });

/**
 * The value kept under `key`; on the first call the one `makeValue` makes. Processes that ask at the same moment all
 * get the same value, whoever wrote it.
 */
export async function getOrCreateSetting(db: Executor, key: string, makeValue: () => string): Promise<string> {
  const kept = await findSetting(db, key);
  if (kept !== undefined) return kept;
  await db.insert(settings).values({ key, value: makeValue() }).onConflictDoNothing();
  const [row] = await db.select({ value: settings.value }).from(settings).where(eq(settings.key, key));
  return ValueRow.parse(row).value;
}

/** The value kept under `key`, if any. */
export async function findSetting(db: Executor, key: string): Promise<string | undefined> {
  const [row] = await db.select({ value: settings.value }).from(settings).where(eq(settings.key, key));
  return row === undefined ? undefined : ValueRow.parse(row).value;
}
