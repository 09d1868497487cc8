/** A fitted softmax over a few classes. Features are centred and scaled before they are weighed. */
export type LogisticModel = {
  classes: string[];
  features: { name: string; mean: number; scale: number; weights: number[] }[];
  /** One for each class. */
  intercepts: number[];
};

export type LabelledRow = { features: Readonly<Record<string, number>>; label: string };

/** The probability of each class, in the model's order; they add up to 1. A feature that is absent counts as its mean. */
export function probabilities(model: LogisticModel, features: Readonly<Record<string, number>>): number[] {
  const scores = model.intercepts.map((intercept, at) =>
    model.features.reduce((sum, { name, mean, scale, weights }) => {
      const value = features[name] ?? mean;
      return sum + ((value - mean) / scale) * (weights[at] ?? 0);
    }, intercept),
  );
  const top = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - top));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

/** Steps of gradient descent; the loss is convex and after so many no weight moves in the third decimal. */
const STEPS = 300;
/** Keeps a feature that never varies from being divided by nothing. */
const LEAST_SCALE = 1e-9;

/**
 * Fits a softmax by accelerated gradient descent from zero: the same rows give the same weights, so it needs no seed.
 * @param ridge how strongly weights are drawn towards zero; the intercepts are not.
 */
export function fitLogistic(args: { rows: readonly LabelledRow[]; classes: string[]; ridge: number }): LogisticModel {
  const { rows, classes, ridge } = args;
  const names = Object.keys(rows[0]?.features ?? {});
  const columns = names.map((name) => rows.map(({ features }) => features[name] ?? 0));
  const scales = columns.map((column) => {
    const mean = column.reduce((sum, value) => sum + value, 0) / column.length;
    const variance = column.reduce((sum, value) => sum + (value - mean) ** 2, 0) / column.length;
    return { mean, scale: Math.sqrt(variance) + LEAST_SCALE };
  });
  const inputs = rows.map((_, row) => [
    1,
    ...scales.map(({ mean, scale }, at) => ((columns[at]?.[row] ?? mean) - mean) / scale),
  ]);
  const labels = rows.map(({ label }) => classes.indexOf(label));
  const weights = descend({ inputs, labels, classes: classes.length, ridge });
  const rounded = weights.map((row) => row.map((weight) => Number(weight.toFixed(4))));
  return {
    classes,
    features: names.map((name, at) => ({
      name,
      mean: Number((scales[at]?.mean ?? 0).toFixed(4)),
      scale: Number((scales[at]?.scale ?? 1).toPrecision(4)),
      weights: rounded[at + 1] ?? [],
    })),
    intercepts: rounded[0] ?? [],
  };
}

function descend(args: { inputs: number[][]; labels: number[]; classes: number; ridge: number }): number[][] {
  const { inputs, labels, classes, ridge } = args;
  const width = inputs[0]?.length ?? 1;
  const zero = (): number[][] => Array.from({ length: width }, () => new Array<number>(classes).fill(0));
  // The largest curvature of the loss is at most half of the largest eigenvalue of XᵀX, found by power iteration.
  const step = 1 / (0.5 * largestEigenvalue(inputs) + ridge);
  let weights = zero();
  let ahead = zero();
  let momentum = 1;
  for (let at = 0; at < STEPS; at += 1) {
    const gradient = zero();
    inputs.forEach((input, row) => {
      const scores = Array.from({ length: classes }, (_, label) =>
        input.reduce((sum, value, column) => sum + value * (ahead[column]?.[label] ?? 0), 0),
      );
      const top = Math.max(...scores);
      const powers = scores.map((score) => Math.exp(score - top));
      const total = powers.reduce((sum, power) => sum + power, 0);
      powers.forEach((power, label) => {
        const miss = power / total - (labels[row] === label ? 1 : 0);
        input.forEach((value, column) => {
          const line = gradient[column];
          if (line) line[label] = (line[label] ?? 0) + value * miss;
        });
      });
    });
    const next = ahead.map((line, column) =>
      line.map((weight, label) => {
        const pull = column === 0 ? 0 : ridge * weight;
        return weight - step * ((gradient[column]?.[label] ?? 0) + pull);
      }),
    );
    const nextMomentum = (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
    const carry = (momentum - 1) / nextMomentum;
    ahead = next.map((line, column) =>
      line.map((weight, label) => weight + carry * (weight - (weights[column]?.[label] ?? 0))),
    );
    weights = next;
    momentum = nextMomentum;
  }
  return weights;
}

function largestEigenvalue(inputs: readonly number[][]): number {
  let vector = new Array<number>(inputs[0]?.length ?? 1).fill(1);
  let value = 1;
  for (let at = 0; at < 50; at += 1) {
    const next = vector.map(() => 0);
    for (const input of inputs) {
      const along = input.reduce((sum, entry, column) => sum + entry * (vector[column] ?? 0), 0);
      input.forEach((entry, column) => {
        next[column] = (next[column] ?? 0) + along * entry;
      });
    }
    value = Math.hypot(...next);
    vector = next.map((entry) => entry / value);
  }
  return value;
}
