/**
 * p-values corrected for having looked at many slices, in the order given: reject those at most your level and the chance of
 * even one false alarm stays below it, whatever the dependence between slices. Values from 0 to 1; an empty list stays empty.
 * Source: S. Holm, Scandinavian Journal of Statistics 6 (1979).
 */
export function holmAdjust(pValues: readonly number[]): number[] {
  const order = pValues.map((value, index) => ({ value, index })).sort((one, other) => one.value - other.value);
  const adjusted = pValues.map(() => 0);
  let highest = 0;
  order.forEach(({ value, index }, rank) => {
    highest = Math.max(highest, Math.min(1, value * (pValues.length - rank)));
    adjusted[index] = highest;
  });
  return adjusted;
}
