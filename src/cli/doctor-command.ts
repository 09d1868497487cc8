import { decimalPoints } from '../core/points.ts';
import type { JudgeCheck } from '../tutor/check-judge.ts';
import { exitCodes } from './exit-codes.ts';
import type { Streams } from './streams.ts';
import { createStyle, wrapText } from './terminal-style.ts';

/** What is known of the judge before anything is asked. Nothing secret is in it. */
export type JudgeSetup = {
  judge: 'embedded' | 'openai' | 'recorded';
  model: string;
  endpoint: string;
  key: 'set' | 'not set';
  /** US dollars per million tokens; null where no list has the model. */
  price: { input: number; cached: number; output: number } | null;
  pricesDate: string;
  budgets: { name: string; usd: number | null }[];
};

/** What the endpoint turned out to understand; null where it accepted nothing or there is none. */
export type EndpointFindings = {
  replyFormat: 'json-schema' | 'json-object' | 'plain';
  temperature: 'settable' | 'fixed';
  lengthLimit: string;
  reasoningEffort: 'settable' | 'fixed';
  cacheKey: 'offered' | 'none';
} | null;

export type DoctorReport = { setup: JudgeSetup; checks: readonly JudgeCheck[] | undefined; findings: EndpointFindings };

/** Says in plain words what of the configured judge works and what does not; exit code 0 where it grades, 3 where it does not. */
export function printDoctor({
  report,
  json,
  streams,
}: {
  report: DoctorReport;
  json: boolean;
  streams: Streams;
}): number {
  const lines = diagnose(report);
  const works = lines.every(({ verdict }) => verdict !== 'broken');
  if (json) {
    streams.out(`${JSON.stringify({ works, ...report, lines }, null, 2)}\n`);
  } else {
    const style = createStyle(streams.colour);
    const mark = { good: '✓', note: '·', broken: '✗' } as const;
    for (const { verdict, text } of lines) {
      const [first = '', ...rest] = wrapText({ text, width: streams.width, indent: 2 });
      streams.out(`${[`${mark[verdict]} ${first.trimStart()}`, ...rest].join('\n')}\n`);
    }
    streams.out(`\n${style.bold(works ? 'This judge can grade.' : 'This judge cannot grade as things stand.')}\n`);
  }
  return works ? exitCodes.ok : exitCodes.ungraded;
}

type Line = { verdict: 'good' | 'note' | 'broken'; text: string };

function diagnose({ setup, checks, findings }: DoctorReport): Line[] {
  if (setup.judge === 'embedded') {
    const text =
      'The embedded judge grades: it needs no key and no network, and looks for wording. Set OPENAI_API_KEY, or OPENAI_BASE_URL and VIVA_MODEL, for a language model.';
    return [{ verdict: 'good', text }, ...describeChecks(checks)];
  }
  return [
    { verdict: 'note', text: `${setup.model} at ${setup.endpoint}; key ${setup.key}.` },
    ...describeChecks(checks),
    ...describeEndpoint(findings),
    ...describeMoney({ setup, checks }),
  ];
}

function describeChecks(checks: readonly JudgeCheck[] | undefined): Line[] {
  if (checks === undefined)
    return [{ verdict: 'note', text: 'The bank holds no question that a tiny grade could be tried on.' }];
  return checks.map(({ item, expected, outcome }): Line => {
    if (outcome.status === 'ungraded')
      return { verdict: 'broken', text: `A tiny grade failed (${outcome.reason}): ${outcome.detail}` };
    if (outcome.status === 'returned')
      return { verdict: 'note', text: `A tiny answer to ${item} was returned (${outcome.reason}).` };
    const { low, max } = outcome.points;
    const share = low / max;
    const right = expected === 'met' ? share >= 0.6 : share <= 0.2;
    const said = `${decimalPoints(low)} of ${decimalPoints(max)} points for ${expected === 'met' ? 'a right' : 'an empty'} answer to ${item}, in ${(outcome.provenance.latencyMs / 1000).toFixed(1)} s.`;
    return right
      ? { verdict: 'good', text: said }
      : {
          verdict: 'broken',
          text: `${said} A judge that cannot tell these two apart should not grade: try a stronger model, then viva calibrate.`,
        };
  });
}

function describeEndpoint(findings: EndpointFindings): Line[] {
  if (findings === null) return [];
  const format: Record<NonNullable<EndpointFindings>['replyFormat'], Line> = {
    'json-schema': { verdict: 'good', text: 'Replies are held to a strict JSON Schema.' },
    'json-object': {
      verdict: 'note',
      text: 'Replies are JSON but not held to a schema: expect some that are asked for again.',
    },
    plain: {
      verdict: 'note',
      text: 'The endpoint has no JSON mode: expect more replies that are asked for again, and some answers left ungraded.',
    },
  };
  const temperature: Line =
    findings.temperature === 'settable'
      ? { verdict: 'good', text: 'Temperature 0 is accepted: the same answer gets nearly always the same grade.' }
      : {
          verdict: 'note',
          text: 'Temperature cannot be set (a reasoning model): viva calibrate --runs 3 shows how steady its grades are.',
        };
  return [format[findings.replyFormat], temperature];
}

function describeMoney({ setup, checks }: Pick<DoctorReport, 'setup' | 'checks'>): Line[] {
  const costs = (checks ?? []).flatMap(({ outcome }) =>
    'provenance' in outcome && outcome.provenance !== null ? [outcome.provenance.costMicroUsd] : [],
  );
  const known = costs.filter((cost) => cost !== null);
  const limited = setup.budgets.filter(({ usd }) => usd !== null);
  const budget: Line =
    limited.length > 0
      ? {
          verdict: 'good',
          text: `Budgets: ${limited.map(({ name, usd }) => `${name} $${(usd ?? 0).toFixed(2)}`).join(', ')}.`,
        }
      : { verdict: 'note', text: 'No budget is set: VIVA_BUDGET_DAY_USD holds a day to an amount.' };
  if (setup.price === null) {
    const text = `No price is known for ${setup.model}, so costs are not shown and budgets do not hold it back; VIVA_PRICES names a list of your own.`;
    return [{ verdict: 'note', text }, budget];
  }
  const { input, output } = setup.price;
  const each =
    known.length === 0
      ? ''
      : ` A grade like these costs about $${(known.reduce((a, b) => a + b, 0) / known.length / 1e6).toFixed(4)}.`;
  const text = `Price: $${input} in and $${output} out for a million tokens (list of ${setup.pricesDate}; check it).${each}`;
  return [{ verdict: 'note', text }, budget];
}
