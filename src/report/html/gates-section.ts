import type { CalibrationReport } from '../../calibration/report-schema.ts';
import type { Gate } from '../../calibration/report-findings.ts';
import { describeGate } from '../gate-words.ts';
import { html, type Html } from './html.ts';
import { more, type Section } from './section.ts';

const signs = { passed: '✓ passed', fallen: '✗ fell', 'not-enough-ratings': '? not enough ratings' } as const;

/** What the judge must pass before it grades alone, and what came of it. */
export function gatesSection({ gates }: CalibrationReport): Section {
  const whole = gates.filter(({ slice }) => slice === null);
  const parts = gates.filter(({ slice }) => slice !== null);
  const fallen = parts.filter(({ status }) => status === 'fallen');
  return {
    id: 'gates',
    title: 'The gates',
    body: html`<p class="says">
        A gate is a minimum that a judge must reach before it grades alone. What counts is not the figure but the worst
        that so many answers leave possible: where even that reaches the minimum the gate is passed, where it does not
        the gate falls. Where too few answers were rated it stays undecided, and a person confirms.
      </p>
      ${gateList([...whole, ...fallen])}
      ${
        parts.length > 0 &&
        more(
          `Parts of the answers, ${parts.length} with enough ratings, ${fallen.length} below the floor`,
          gateList(parts),
          'printed',
        )
      }`,
  };
}

function gateList(gates: readonly Gate[]): Html {
  return html`<ul class="gates">
    ${gates.map((gate) => {
      const { question, asked, found, why } = describeGate(gate);
      return html`<li>
        <p class="gate gate-${gate.status}">${signs[gate.status]}</p>
        <div>
          <p class="gate-question">${question}</p>
          <p class="says">Asked: ${asked}. Found: ${found}. ${why}</p>
        </div>
      </li>`;
    })}
  </ul>`;
}
