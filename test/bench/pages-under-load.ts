// Server time and size of each page with 10,000 attempts stored, 2,000 of them one learner's. The database is the embedded one, the
// content the course itself; the clock runs from the request to the last byte of the reply, in this process. "best" and "cpu" (what a
// load cost this process) tell more than the median on a machine that is busy with other things. Run: npm run bench:pages
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { assembleContent, readContentFiles } from '../../src/bank/load-content.ts';
import { seededRandom } from '../../src/calibration/seeded-random.ts';
import { insertSession } from '../../src/store/sessions.ts';
import { createLearner } from '../../src/tutor/learner.ts';
import { createApp } from '../../src/web/app.tsx';
import { LEARNER_COOKIE } from '../../src/web/caller.ts';
import { fillHistory } from '../fixtures/history.ts';
import { openTestTutor } from '../fixtures/tutor.ts';

const ROUNDS = 60;
const WARM_UP = 8;
const MOST_MS = 20;
const MOST_BYTES = 100_000;

const content = assembleContent(await readContentFiles(fileURLToPath(new URL('../..', import.meta.url))));
const tutor = await openTestTutor({
  judge: () => Promise.reject(new Error('Nothing is graded here.')),
  content,
  work: 'never',
});
const { database } = tutor.deps;
const seeded = seededRandom(20_261_127);
const random = (): number => seeded.nextUint32() / 2 ** 32;
const until = new Date();

/** One who has handed in five or six answers a day for a year, and eighty who came now and then. */
const { learnerId, token } = await createLearner({}, tutor.deps);
await fillHistory({ database, content, learnerId, attempts: 2_000, days: 365, until, random });
for (let n = 0; n < 80; n += 1) {
  const other = (await createLearner({}, tutor.deps)).learnerId;
  await fillHistory({ database, content, learnerId: other, attempts: 100, days: 30, until, random });
}
// One statement to try first, such as an index that is thought of.
const tried = process.env['TRY_SQL'];
if (tried !== undefined) await database.executeSql(tried);
await database.executeSql('analyze');
const [loaded] = content.courses;
if (!loaded) throw new Error('There is no course.');
const course = loaded.course.id;
const sessionId = randomUUID();
const itemIds = loaded.items.slice(0, 10).map(({ item }) => item.id);
await insertSession(database.db, { id: sessionId, learnerId, course, itemIds, now: until });
const { rows } = await database.executeSql(
  `select item_id as item, id from attempts where learner_id = $1 and status = 'graded' order by
   (select count(*) from attempts other where other.learner_id = $1 and other.item_id = attempts.item_id) desc, created_at desc limit 1`,
  [learnerId],
);
const busiest = Object.fromEntries(
  Object.entries(Object(rows[0]) as object).map(([key, value]) => [key, String(value)]),
);
const { count } = Object((await database.executeSql('select count(*)::int as count from attempts')).rows[0]) as {
  count: number;
};

const app = createApp({ deps: tutor.deps, limits: { writesPerMinute: { learner: 1e9, address: 1e9 } } });
const pages: [string, string][] = [
  ['course', `/courses/${course}`],
  ['item', `/items/${busiest['item'] ?? ''}`],
  ['attempt', `/attempts/${busiest['id'] ?? ''}`],
  ['practise', `/courses/${course}/practise`],
  ['session', `/sessions/${sessionId}`],
  ['progress', `/courses/${course}/progress`],
  ['history, first page', `/courses/${course}/history`],
  ['history, last page', `/courses/${course}/history?page=9999`],
  ['answers', `/courses/${course}/answers`],
  ['answers, a chapter', `/courses/${course}/answers/2`],
  ['spot', `/courses/${course}/spot`],
  ['your data', '/yours'],
];

async function load(path: string): Promise<{ ms: number; html: string }> {
  const start = performance.now();
  const response = await app.request(path, { headers: { cookie: `${LEARNER_COOKIE}=${token}` } });
  const html = await response.text();
  if (response.status !== 200) throw new Error(`${path} gave ${response.status}.`);
  return { ms: performance.now() - start, html };
}

console.log(`${count} attempts stored, 2000 of them one learner's; ${ROUNDS} loads a page\n`);
console.log(
  `${'page'.padEnd(22)}${'median ms'.padStart(10)}${'best ms'.padStart(9)}${'p95 ms'.padStart(9)}${'cpu ms'.padStart(9)}${'HTML kB'.padStart(9)}${'gzip kB'.padStart(9)}`,
);
let missed = 0;
for (const [name, path] of pages) {
  for (let round = 0; round < WARM_UP; round += 1) await load(path);
  const times: number[] = [];
  let html = '';
  const before = process.cpuUsage();
  for (let round = 0; round < ROUNDS; round += 1) {
    const loaded = await load(path);
    times.push(loaded.ms);
    html = loaded.html;
  }
  const spent = process.cpuUsage(before);
  const cpuMs = (spent.user + spent.system) / 1000 / ROUNDS;
  times.sort((a, b) => a - b);
  const at = (share: number): number => times[Math.floor(share * (times.length - 1))] ?? Number.NaN;
  const bytes = Buffer.byteLength(html);
  const fine = at(0.5) < MOST_MS && bytes < MOST_BYTES;
  if (!fine) missed += 1;
  const figures = [
    at(0.5).toFixed(1).padStart(10),
    at(0).toFixed(1).padStart(9),
    at(0.95).toFixed(1).padStart(9),
    cpuMs.toFixed(1).padStart(9),
    (bytes / 1000).toFixed(1).padStart(9),
    (gzipSync(html).length / 1000).toFixed(1).padStart(9),
  ];
  console.log(`${name.padEnd(22)}${figures.join('')}${fine ? '' : '  <- over'}`);
}
console.log(`\nThe aim: under ${MOST_MS} ms median and ${MOST_BYTES / 1000} kB a page.`);
await tutor.close();
process.exitCode = missed === 0 ? 0 : 1;
