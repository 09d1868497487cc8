import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import { VivaError } from '../core/errors.ts';
import type { Driver } from './driver.ts';
import { parseRows } from './executor.ts';
import type { Log } from './log.ts';
import { applyMigrations, migrationsFolder } from './migrations.ts';
import { gatedClient, type WorkGate } from './work-gate.ts';

/** PostgreSQL's own default allows 100 connections: ten processes still fit. */
const maxConnections = 10;

/** A server that does not take a connection in this time is reported, not waited for. */
const connectTimeoutMs = 10_000;

/** Opens a pool to a PostgreSQL server and migrates it. Throws VivaError: database-unreachable, migration-failed. */
export async function openPostgres(args: { databaseUrl: string; log: Log; gate: WorkGate }): Promise<Driver> {
  const pool = openPool(args.databaseUrl);
  // An idle connection that breaks is replaced at the next use; without a listener it would end the process.
  pool.on('error', (error) => {
    args.log.warn({ error }, 'an idle database connection broke');
  });
  try {
    await alone(pool, args.databaseUrl, (client) =>
      applyMigrations(() => migrate(drizzle(client), { migrationsFolder })),
    );
  } catch (error) {
    await pool.end();
    throw error;
  }
  const db = drizzle(gatedClient(pool, { methods: ['query'], gate: args.gate }));
  return {
    kind: 'postgres',
    db,
    begin: (work) => db.transaction(work),
    alone: (work) => alone(pool, args.databaseUrl, work),
    async executeSql(text, values) {
      const answer: unknown = await pool.query(text, values);
      // Several statements in one text answer with one result each.
      return parseRows(Array.isArray(answer) ? (answer.at(-1) ?? { rows: [] }) : answer);
    },
    close: () => pool.end(),
  };
}

function openPool(databaseUrl: string): pg.Pool {
  try {
    return new pg.Pool({
      connectionString: databaseUrl,
      max: maxConnections,
      connectionTimeoutMillis: connectTimeoutMs,
      keepAlive: true,
      application_name: 'viva',
    });
  } catch (cause) {
    throw unreachable(databaseUrl, cause);
  }
}

// Two processes that make the tables of a fresh server at once collide in CREATE SCHEMA and one dies: the lock makes the
// second wait, and it then finds the work done. It belongs to the connection, so it is gone when the process is.
async function alone<T>(pool: pg.Pool, databaseUrl: string, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect().catch((cause: unknown) => {
    throw unreachable(databaseUrl, cause);
  });
  try {
    await client.query("SELECT pg_advisory_lock(hashtext('viva.tables'))");
    try {
      return await work(client);
    } finally {
      await client.query("SELECT pg_advisory_unlock(hashtext('viva.tables'))");
    }
  } finally {
    client.release();
  }
}

function unreachable(databaseUrl: string, cause: unknown): VivaError {
  const reason = cause instanceof Error && cause.message !== '' ? cause.message : 'it refused the connection';
  return new VivaError('database-unreachable', {
    message: `PostgreSQL at ${withoutPassword(databaseUrl)} cannot be reached: ${reason}`,
    fix: 'Start the server, or correct DATABASE_URL (postgres://user:password@host:5432/database), or unset it to use the embedded database.',
    cause,
  });
}

function withoutPassword(databaseUrl: string): string {
  if (!URL.canParse(databaseUrl)) return 'DATABASE_URL';
  const { host, pathname } = new URL(databaseUrl);
  return `${host}${pathname}`;
}
