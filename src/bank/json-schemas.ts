import { z } from 'zod';
import { Course } from '../core/course.ts';
import { EvalAnswer, EvalSet } from '../core/eval-set.ts';
import { Item } from '../core/item.ts';
import { Rubric } from '../core/rubric.ts';

/** The JSON Schema of every kind of authored file, by file name; editors complete and check YAML with them as authors type. */
export function contentJsonSchemas(): Record<string, string> {
  const schemas = { course: Course, item: Item, rubric: Rubric, 'eval-set': EvalSet, 'eval-answer': EvalAnswer };
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => {
      const json = z.toJSONSchema(schema, { io: 'input', target: 'draft-7' });
      return [`${name}.schema.json`, `${JSON.stringify({ title: `Viva ${name}`, ...json }, null, 2)}\n`];
    }),
  );
}
