// The layer law of docs/decisions/0001-layers.md, read by dependency-cruiser: import only leftwards, or within your own folder.
//   core <- bank, judge, calibration <- report, store, queue <- tutor <- web, cli <- config.ts, main.ts
const right = {
  core: ['bank', 'judge', 'calibration', 'report', 'store', 'queue', 'tutor', 'web', 'cli'],
  bank: ['judge', 'calibration', 'report', 'store', 'queue', 'tutor', 'web', 'cli'],
  judge: ['bank', 'calibration', 'report', 'store', 'queue', 'tutor', 'web', 'cli'],
  calibration: ['bank', 'judge', 'report', 'store', 'queue', 'tutor', 'web', 'cli'],
  report: ['store', 'queue', 'tutor', 'web', 'cli'],
  store: ['report', 'queue', 'tutor', 'web', 'cli'],
  queue: ['report', 'tutor', 'web', 'cli'],
  tutor: ['web', 'cli'],
  web: ['cli'],
  cli: ['web'],
};

const only = (name, module, owner, wayOut) => ({
  name,
  comment: wayOut,
  severity: 'error',
  from: { path: '^src/', pathNot: owner },
  to: { path: module },
});

module.exports = {
  forbidden: [
    ...Object.entries(right).map(([layer, forbidden]) => ({
      name: `${layer}-imports-leftwards`,
      comment: `${layer} must not know what is to its right. Pass the value in as a parameter, or move the code to the leftmost layer that owns it.`,
      severity: 'error',
      from: { path: `^src/${layer}/` },
      // Files beside main.ts wire layers together; no layer may lean on them.
      to: { path: `^src/((${forbidden.join('|')})/|[^/]+[.]ts$)` },
    })),
    {
      name: 'core-and-calibration-are-pure',
      comment:
        'core and calibration never touch node:*. Do the reading in the layer that calls them and pass the value.',
      severity: 'error',
      from: { path: '^src/(core|calibration)/' },
      to: { dependencyTypes: ['core'] },
    },
    only(
      'openai-only-in-judge',
      'node_modules/openai/',
      '^src/judge/',
      'Call a Judge instead; only src/judge speaks to a provider.',
    ),
    only(
      'database-drivers-only-in-store',
      'node_modules/(pg|@electric-sql/pglite|drizzle-orm)/',
      '^src/store/',
      'Add a query function to src/store; only it imports the database drivers.',
    ),
    only(
      'queue-driver-only-in-queue',
      'node_modules/pg-boss/',
      '^src/queue/',
      'Use the queue object; only src/queue imports pg-boss.',
    ),
    only(
      'hono-only-in-web',
      'node_modules/(hono|@hono)/',
      '^src/(web/|serve[.]ts)',
      'Requests and responses stay in src/web.',
    ),
    only('commander-only-in-cli', 'node_modules/commander/', '^src/cli/', 'Argument parsing stays in src/cli.'),
    {
      name: 'no-circles',
      comment: 'Move the shared part into a file both import.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'default'] },
  },
};
