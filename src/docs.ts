// Writes the parts of the docs that come from the code, so that they cannot rot: `npm run docs`. With --check it writes nothing and
// fails where a file is out of date.
import { readFile, writeFile } from 'node:fs/promises';
import { contentJsonSchemas } from './bank/json-schemas.ts';
import { commandHelp } from './cli/program.ts';
import { configTable } from './config.ts';

const check = process.argv.includes('--check');
const readme = await readFile('README.md', 'utf8');

const files: Record<string, string> = {
  'README.md': between({ text: readme, name: 'configuration', content: configTable() }),
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

/** Replaces what stands between `<!-- name -->` and `<!-- /name -->`. */
function between({ text, name, content }: { text: string; name: string; content: string }): string {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [from, to] = [text.indexOf(open), text.indexOf(close)];
  if (from < 0 || to < from) throw new Error(`README.md has no ${open} … ${close}.`);
  return `${text.slice(0, from + open.length)}\n\n${content}\n\n${text.slice(to)}`;
}
