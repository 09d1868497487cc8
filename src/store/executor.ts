import type { ExtractTablesWithRelations } from 'drizzle-orm';
import type { PgDatabase, PgQueryResultHKT, PgTransaction } from 'drizzle-orm/pg-core';
import { z } from 'zod';

type NoSchema = Record<string, never>;

/** An open transaction. A function that asks for one cannot be handed the bare database: the types differ. */
export type Transaction = PgTransaction<PgQueryResultHKT, NoSchema, ExtractTablesWithRelations<NoSchema>>;

/** Runs queries: the database itself, each statement committed alone, or an open transaction. It cannot begin one. */
export type Executor = Pick<
  PgDatabase<PgQueryResultHKT>,
  'select' | 'selectDistinctOn' | 'insert' | 'update' | 'delete' | 'execute'
>;

/** Raw SQL with $1 placeholders, in the shape pg-boss asks of a database. */
export type SqlExecutor = {
  executeSql: (text: string, values?: unknown[]) => Promise<{ rows: unknown[] }>;
};

const Rows = z.object({ rows: z.array(z.unknown()) });

/** What both drivers answer to a raw query, reduced to its rows. */
export function parseRows(answer: unknown): { rows: unknown[] } {
  return Rows.parse(answer);
}

/**
 * Raw SQL inside an open transaction, so that a job can be enqueued or completed together with the caller's rows.
 * One statement a call: both drivers refuse several when there are values.
 */
export function sqlOfTransaction(tx: Transaction): SqlExecutor {
  return {
    async executeSql(text, values = []) {
      // Through the driver's own placeholders: drizzle's `sql` would number a repeated $1 anew and lose its type.
      const query = tx._.session.prepareQuery({ sql: text, params: values }, undefined, undefined, false);
      return parseRows(await query.execute());
    },
  };
}
