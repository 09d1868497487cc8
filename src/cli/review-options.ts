import type { Command, Option } from 'commander';

/** What `viva review` does once its arguments are checked. Null stands for what was left out. */
export type ReviewVerbs = {
  review: (args: {
    url: string | null;
    token: string | null;
    limit: number;
    settledBy: string | null;
    json: boolean;
  }) => Promise<number>;
};

/** Adds `viva review`. */
export function addReviewCommand(
  program: Command,
  wiring: {
    verbs: ReviewVerbs;
    done: (code: number) => void;
    json: () => Option;
    wholeNumber: (text: string) => number;
  },
): void {
  const { verbs, done, json, wholeNumber } = wiring;
  type Options = { url?: string; token?: string; limit: number; settledBy?: string; json: boolean };
  program
    .command('review')
    .description(
      'settle what waits for a person: verdicts the judge left open, and those learners contest; one key a verdict, stop at any time. Works on the database, or through the server that holds it',
    )
    .option('--url <url>', 'address of a running Viva, where it is not the one this folder is set up for')
    .option('--token <token>', 'its instructor token; else VIVA_INSTRUCTOR_TOKEN, or the one in the data folder')
    .option('--limit <number>', 'how many to settle at most, oldest first', wholeNumber, 50)
    .option('--settled-by <name>', 'your name, kept with every verdict and not shown to learners; asked for otherwise')
    .addOption(json())
    .action(async (options: Options) =>
      done(
        await verbs.review({
          url: options.url ?? null,
          token: options.token ?? null,
          limit: options.limit,
          settledBy: options.settledBy ?? null,
          json: options.json,
        }),
      ),
    );
}
