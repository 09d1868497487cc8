// Writes the parts of the docs that come from the code, so that they cannot rot: `npm run docs`. With --check it writes nothing and
// fails where a file is out of date.
import { readFile, writeFile } from 'node:fs/promises';
import { questionsOf, type Content } from './bank/content.ts';
import { contentJsonSchemas } from './bank/json-schemas.ts';
import { assembleContent, readContentFiles } from './bank/load-content.ts';
import type { CalibrationReport } from './calibration/report-schema.ts';
import type { Estimate } from './calibration/statistic.ts';
import { printGrade } from './cli/grade-command.ts';
import { faultRules } from './judge/openai/outcomes.ts';
import { commandHelp } from './cli/program.ts';
import { keepStreams } from './cli/streams.ts';
import { configTable } from './config.ts';
import { judgeTerms } from './judge-terms.ts';
import { openJudge } from './open-judge.ts';
import { calibrate } from './tutor/calibrate.ts';
import { gradeText } from './tutor/grade-text.ts';

const check = process.argv.includes('--check');
const content = assembleContent(await readContentFiles('.'));
const embedded = await openJudge({ config: { kind: 'embedded' }, secret: '', questions: questionsOf(content) });
const signal = new AbortController().signal;

const report = await measureEmbedded(content);
const sections: Record<string, string> = {
  session: await session(content),
  trust: trust(report),
  configuration: configTable(),
};
let readme = await readFile('README.md', 'utf8');
for (const [name, section] of Object.entries(sections)) readme = between({ text: readme, name, content: section });

const grading = between({
  file: 'docs/grading.md',
  text: await readFile('docs/grading.md', 'utf8'),
  name: 'outcomes',
  content: outcomeTable(),
});

const files: Record<string, string> = {
  'README.md': readme,
  'src/judge/embedded/measured.json': measured(report),
  'docs/grading.md': grading,
  'docs/cli.md': `# The terminal\n\nWritten by \`npm run docs\` from the program itself.\n\n${commandHelp()
    .map(({ name, help }) => `## ${name}\n\n\`\`\`text\n${help.trimEnd()}\n\`\`\`\n`)
    .join('\n')}`,
  ...Object.fromEntries(
    Object.entries(contentJsonSchemas()).map(([name, schema]) => [`src/bank/schemas/${name}`, schema]),
  ),
};

let stale = 0;
for (const [path, content] of Object.entries(files)) {
  const current = await readFile(path, 'utf8').catch(() => '');
  if (current === content) continue;
  stale += 1;
  if (check) console.error(`${path} is out of date: run npm run docs`);
  else await writeFile(path, content);
}
console.log(check ? `${stale} files out of date` : `${stale} files written`);
if (check && stale > 0) process.exitCode = 1;

/** One real grade, as the terminal prints it; only the time it took is left out. */
async function session(from: Content): Promise<string> {
  const answer =
    'Pre-training is next-token prediction over the web. Mid-training is where it is fine-tuned to follow instructions. ' +
    'Post-training, SFT and RL, makes it safe and helpful. A raw base model only continues text, so you cannot ship it.';
  const item = 'fri-1-three-stages';
  const graded = await gradeText(
    { itemId: item, answer, option: null, signal },
    { content: from, judge: embedded.judge },
  );
  const { streams, printed } = keepStreams(100);
  printGrade({ item, graded, json: false, why: false, streams });
  return `\`\`\`text\n$ echo "${answer}" \\\n    | npx viva grade ${item}\n${printed.out.replace(/ in \d+ ms/, '').trimEnd()}\n\`\`\``;
}

/** The embedded judge on the half of the eval set, and of the attacks, that nobody tuned on. */
async function measureEmbedded(from: Content): Promise<CalibrationReport> {
  const outcome = await calibrate(
    { setId: 'post-training', split: 'test', withRobustness: true, resamples: 2000, concurrency: 8, signal },
    { content: from, judge: embedded.judge, judgeName: judgeTerms({ kind: 'embedded' }).name },
  );
  if (outcome.status !== 'done') throw new Error(`The eval set post-training could not be run: ${outcome.status}.`);
  return outcome.report;
}

/** What screens say of the embedded judge wherever it has graded. */
function measured({ counts, overall }: CalibrationReport): string {
  const { agreement } = overall;
  if (agreement.status === 'undefined') throw new Error(`No agreement to show: ${agreement.reason}`);
  return `${JSON.stringify({ answers: counts.answers, agreement: Number(agreement.value.toFixed(2)) }, null, 2)}\n`;
}

function trust(report: CalibrationReport): string {
  const { ratings, counts, overall, points, misconceptions, baselines, robustness, summary } = report;
  const majority = baselines.majority.agreement;
  const rows: (readonly [string, Estimate])[] = [
    ['verdicts that agree with the ratings', overall.agreement],
    ["Cohen's kappa on verdicts", overall.kappa],
    ['quadratic-weighted kappa on points', points.quadraticKappa],
    ['verdicts it decides (is not unsure of)', overall.coverage],
    ['misconceptions: precision', misconceptions.overall.precision],
    ['misconceptions: recall', misconceptions.overall.recall],
    ...(robustness === null
      ? []
      : [
          [
            `attacks of ${robustness.attacks.n} that earn what they do not deserve`,
            robustness.attacks.success,
          ] as const,
        ]),
  ];
  return [
    `**${summary.headline}**`,
    '',
    ratings.sentence,
    '',
    `On the \`test\` split, ${counts.answers} answers with ${counts.verdicts} verdicts, by writers (language models) who had not seen the rubrics:`,
    '',
    '| figure | value | 95 % interval |',
    '|---|---|---|',
    ...rows.map(([name, estimate]) => `| ${name} | ${shown(estimate)} |`),
    '',
    `Always giving each criterion its own commonest verdict, known beforehand, would agree on ${majority.status === 'value' ? majority.value.toFixed(2) : '—'}. Measured by \`npx viva calibrate post-training --judge embedded --split test\`.`,
  ].join('\n');
}

function shown(estimate: Estimate): string {
  if (estimate.status === 'undefined') return '— | —';
  const { interval } = estimate;
  return `${estimate.value.toFixed(2)} | ${interval.status === 'value' ? `${interval.low.toFixed(2)} to ${interval.high.toFixed(2)}` : '—'}`;
}

/** Every way a call can fail, what is done about it and what the operator should do: from the rules the judge itself goes by. */
function outcomeTable(): string {
  const action = {
    retry: 'tried again within bounds, then',
    repair: 'asked again once with the fault named, then',
    'give-up': 'at once',
  };
  const rows = Object.entries(faultRules).map(
    ([name, rule]) => `| \`${name}\` | ${rule.means} | ${action[rule.action]} \`${rule.reason}\` | ${rule.fix} |`,
  );
  return ['| fault | what happened | becomes | what to do |', '|---|---|---|---|', ...rows].join('\n');
}

/** Replaces what stands between `<!-- name -->` and `<!-- /name -->`. */
function between(args: { file?: string; text: string; name: string; content: string }): string {
  const { file = 'README.md', text, name, content } = args;
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [from, to] = [text.indexOf(open), text.indexOf(close)];
  if (from < 0 || to < from) throw new Error(`${file} has no ${open} … ${close}.`);
  return `${text.slice(0, from + open.length)}\n\n${content}\n\n${text.slice(to)}`;
}
