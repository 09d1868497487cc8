import { describe, expect, test } from 'vitest';
import { fitLogistic, probabilities } from '../../../src/judge/embedded/fit/logistic.ts';
import weights from '../../../src/judge/embedded/fit/weights.json' with { type: 'json' };

describe('the fitted model', () => {
  const rows = Array.from({ length: 40 }, (_, at) => ({
    features: { tells: at % 10, tellsNothing: 1 },
    label: at % 10 >= 5 ? 'yes' : 'no',
  }));
  const model = fitLogistic({ rows, classes: ['no', 'yes'], ridge: 1 });

  test('learns what tells its classes apart and leaves alone what does not vary', () => {
    expect(probabilities(model, { tells: 9, tellsNothing: 1 })[1]).toBeGreaterThan(0.9);
    expect(probabilities(model, { tells: 0, tellsNothing: 1 })[1]).toBeLessThan(0.1);
    expect(model.features.find(({ name }) => name === 'tellsNothing')?.weights).toEqual([0, 0]);
  });
  test('gives chances that add up to 1, whatever it is asked', () => {
    for (const features of [{}, { tells: 1e9 }, { tells: -1e9, tellsNothing: 0 }]) {
      const sum = probabilities(model, features).reduce((total, chance) => total + chance, 0);
      expect(sum).toBeCloseTo(1, 9);
    }
  });
  test('is the same each time it is fitted', () => {
    expect(fitLogistic({ rows, classes: ['no', 'yes'], ridge: 1 })).toEqual(model);
  });
  test('is drawn towards no opinion by a strong ridge', () => {
    const timid = fitLogistic({ rows, classes: ['no', 'yes'], ridge: 1000 });
    expect(probabilities(timid, { tells: 9, tellsNothing: 1 })[1]).toBeLessThan(0.65);
  });
  test('the one in use says what it was fitted to and how to fit it again', () => {
    expect(weights.madeBy).toBe('npm run fit:embedded');
    expect(weights.trainedOn.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(weights.criteria.features.length).toBeGreaterThan(0);
  });
});
