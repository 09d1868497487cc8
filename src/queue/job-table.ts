import { z } from 'zod';
import type { Database } from '../store/database.ts';
import type { SqlExecutor } from '../store/executor.ts';

// Three things pg-boss 10.4.2 has no call for, written against its table. Its version is pinned exactly, and the tests
// of this folder run all three.

const IdRow = z.object({ id: z.string() });

/** Drops a job that has ended, so that one with the same id can be enqueued. A waiting or running job stays. */
export async function dropEndedJob(sql: SqlExecutor, job: { queue: string; id: string }): Promise<void> {
  await sql.executeSql(`DELETE FROM pgboss.job WHERE name = $1 AND id = $2 AND state > 'active'`, [job.queue, job.id]);
}

/** Makes running jobs available again after `delaySeconds`. It does not count as a try: `started_on` is what counts tries. */
export async function putBackJobs(
  database: Database,
  jobs: { queue: string; ids: string[]; delaySeconds: number },
): Promise<void> {
  if (jobs.ids.length === 0) return;
  await database.executeSql(
    `UPDATE pgboss.job SET state = 'retry', started_on = NULL, start_after = now() + $3 * interval '1 second'
     WHERE name = $1 AND id = ANY($2::uuid[]) AND state = 'active'`,
    [jobs.queue, jobs.ids, jobs.delaySeconds],
  );
}

/**
 * Makes the running jobs of a dead process available at once, and returns the ids of those that have no try left: a job
 * that ends its process each time must not do so at every start. Right only where no other process can be running jobs.
 */
export async function putBackOrphans(database: Database, queue: string): Promise<string[]> {
  await database.executeSql(
    `UPDATE pgboss.job SET state = 'retry', start_after = now() - interval '1 second'
     WHERE name = $1 AND state = 'active' AND retry_count < retry_limit`,
    [queue],
  );
  const { rows } = await database.executeSql(`SELECT id FROM pgboss.job WHERE name = $1 AND state = 'active'`, [queue]);
  return rows.map((row) => IdRow.parse(row).id);
}
