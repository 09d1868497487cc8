import type { EvalAnswer } from '../core/eval-set.ts';
import type { ContentFiles, EvalFiles } from './load-content.ts';
import type { Problem } from './problem.ts';

type Line = EvalFiles['answers'][number];

/** Checks what only a robustness set has: attacks and the answers they are made from, and groups of style variants. */
export function lintRobustness({ evals, files }: { evals: EvalFiles; files: ContentFiles }): Problem[] {
  const ofCourse = files.evals.filter(({ set }) => set.value.course === evals.set.value.course);
  return [
    ...lintNamedSet({ evals, ofCourse }),
    ...lintBases({ answers: evals.answers, bases: ofCourse.flatMap(({ answers }) => answers) }),
    ...lintStyleGroups(evals.answers),
  ];
}

function lintNamedSet({ evals, ofCourse }: { evals: EvalFiles; ofCourse: readonly EvalFiles[] }): Problem[] {
  const { set } = evals;
  const named = set.value.robustness;
  if (named === undefined) return [];
  const where = { file: set.path, line: set.lineOf(['robustness']) };
  const mend = 'name another set of the same course, or remove "robustness"';
  if (named === set.value.id) return [{ ...where, what: 'the set names itself as its robustness set', mend }];
  if (ofCourse.some((other) => other.set.value.id === named)) return [];
  return [{ ...where, what: `there is no set "${named}" of the course "${set.value.course}"`, mend }];
}

/** The base of an attack is a rated answer to the same item that is no attack itself. */
function lintBases({ answers, bases }: { answers: readonly Line[]; bases: readonly Line[] }): Problem[] {
  const problems: Problem[] = [];
  for (const { path, line, value } of answers) {
    const base = value.attack?.base;
    if (base === undefined) continue;
    const report = (what: string, mend: string): void => {
      problems.push({ file: path, line, what: `${value.id}: ${what}`, mend });
    };
    const found = bases.find((other) => other.value.id === base)?.value;
    if (!found) report(`its base "${base}" is in no set of this course`, 'name the answer it was made from');
    else if (found.item !== value.item)
      report(`its base "${base}" answers "${found.item}"`, 'attack an answer to the same item');
    else if (found.attack !== undefined) report(`its base "${base}" is an attack itself`, 'name the answer below it');
    else if (found.split !== value.split)
      report(`its base "${base}" is in ${found.split}`, `write "split": "${found.split}"`);
  }
  return problems;
}

function lintStyleGroups(answers: readonly Line[]): Problem[] {
  const problems: Problem[] = [];
  const plainOf = new Map<string, EvalAnswer>();
  for (const { value } of answers) {
    if (value.style?.form === 'plain' && !plainOf.has(value.style.group)) plainOf.set(value.style.group, value);
  }
  for (const { path, line, value } of answers) {
    if (value.style === undefined) continue;
    const { group, form } = value.style;
    const report = (what: string, mend: string): void => {
      problems.push({ file: path, line, what: `${value.id}: ${what}`, mend });
    };
    if (value.attack !== undefined) report('it is an attack and a style variant', 'make two answers of it');
    const plain = plainOf.get(group);
    if (!plain) report(`no answer of this set is the plain form of "${group}"`, 'add one with "form": "plain"');
    else if (plain !== value) {
      if (form === 'plain') report(`"${group}" has a second plain form`, 'keep one');
      if (plain.item !== value.item) report(`"${group}" is about "${plain.item}"`, 'keep a group to one item');
      if (plain.family !== value.family)
        report(`"${group}" is the family "${plain.family}"`, 'give variants of one answer one family');
    }
  }
  return problems;
}
