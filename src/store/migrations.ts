import { fileURLToPath } from 'node:url';
import { VivaError } from '../core/errors.ts';

/** Where drizzle-kit writes the migrations and the migrators of both drivers read them. */
export const migrationsFolder = fileURLToPath(new URL('./migrations', import.meta.url));

/** Runs a driver's migrator and says in one error what went wrong. */
export async function applyMigrations(migrate: () => Promise<void>): Promise<void> {
  try {
    await migrate();
  } catch (cause) {
    throw new VivaError('migration-failed', {
      message: `The database could not be brought up to date: ${reasonOf(cause)}`,
      fix: 'Restore the last backup, or start the version of Viva that wrote this database; the failed step was rolled back.',
      cause,
    });
  }
}

// Drizzle puts the driver's own words one level down.
function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  return cause.cause instanceof Error ? cause.cause.message : cause.message;
}
