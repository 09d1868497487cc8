// A process of the tests' own: writes one row after another into the embedded database and prints each number once the
// write has been acknowledged, until it is killed.
import { openDatabase } from '../../src/store/database.ts';
import { getOrCreateSetting } from '../../src/store/settings.ts';

const database = await openDatabase({ dataDir: process.argv[2] ?? '', databaseUrl: null });
for (let row = 1; ; row += 1) {
  await getOrCreateSetting(database.db, `row-${String(row)}`, () => 'x'.repeat(500));
  process.stdout.write(`${String(row)}\n`);
}
