import { z } from 'zod';
import priceFile from './prices.json' with { type: 'json' };

/** US dollars per million tokens, which is micro-dollars per token. */
export const Price = z.strictObject({
  input: z.number().min(0),
  cached: z.number().min(0),
  output: z.number().min(0),
});
export type Price = z.infer<typeof Price>;

/** Tokens one or more calls used. A figure the provider did not report is null, never 0. */
export type Usage = { tokensIn: number | null; tokensCached: number | null; tokensOut: number | null };

const PriceFile = z.strictObject({ date: z.iso.date(), note: z.string(), models: z.record(z.string(), Price) });

const table = PriceFile.parse(priceFile);

/** Reads a price list of the same form as prices.json. Throws a ZodError that says what is not right. */
export function parsePrices(json: unknown): (model: string) => Price | null {
  return listedPrice(PriceFile.parse(json));
}

/** The day the price table was checked, for screens that show a cost. */
export const pricesDate: string = table.date;

/** The listed price of a model, its dated snapshots included; null for a model the table does not know. */
export const findPrice: (model: string) => Price | null = listedPrice(table);

function listedPrice({ models }: z.infer<typeof PriceFile>): (model: string) => Price | null {
  const prices = new Map(Object.entries(models));
  return (model) => prices.get(model) ?? prices.get(model.replace(/-\d{4}-\d{2}-\d{2}$/, '')) ?? null;
}

/** Cost in whole micro-dollars, rounded; null where price or tokens are unknown. An unreported cache share counts as none. */
export function costMicroUsd(args: { usage: Usage; price: Price | null }): number | null {
  const { usage, price } = args;
  if (price === null || usage.tokensIn === null || usage.tokensOut === null) return null;
  const cached = Math.min(usage.tokensCached ?? 0, usage.tokensIn);
  return Math.round((usage.tokensIn - cached) * price.input + cached * price.cached + usage.tokensOut * price.output);
}

/** Two calls together; a total with an unknown part is unknown. */
export function addUsage(usages: readonly Usage[]): Usage {
  const total = (pick: (usage: Usage) => number | null): number | null =>
    usages.reduce<number | null>((sum, usage) => {
      const figure = pick(usage);
      return sum === null || figure === null ? null : sum + figure;
    }, 0);
  if (usages.length === 0) return { tokensIn: null, tokensCached: null, tokensOut: null };
  return {
    tokensIn: total((usage) => usage.tokensIn),
    // Most endpoints report no cache share; it then counts as none, which can only overstate the cost.
    tokensCached: usages.reduce((sum, usage) => sum + (usage.tokensCached ?? 0), 0),
    tokensOut: total((usage) => usage.tokensOut),
  };
}
