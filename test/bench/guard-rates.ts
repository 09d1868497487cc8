// How often the leak guard refuses what is harmless and lets through what gives the answer away, over the whole bank: `npm run bench:guard`
// Said to the learner, as in a first try: prompt, options, every criterion's `asks` and first hint; the answer is blank, which is the strictest case.
// --list prints what went wrong. The bounds are held by test/judge/guard-rates.test.ts.
import { assembleContent, readContentFiles } from '../../src/bank/load-content.ts';
import { measureGuard } from '../judge/guard-rates.ts';

const content = assembleContent(await readContentFiles('.'));
const rates = measureGuard(content.courses.flatMap(({ items }) => items));
for (const { name, should, refused, total, surprises } of rates) {
  console.log(`${name}: ${refused} of ${total} refused (${((100 * refused) / total).toFixed(1)} %), should ${should}`);
  if (process.argv.includes('--list')) for (const surprise of surprises) console.log(`    ${surprise}`);
}
