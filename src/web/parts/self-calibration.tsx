import type { Child } from 'hono/jsx';
import type { JSX } from 'hono/jsx/jsx-runtime';
import type { CalibrationFigure, SelfCalibrationView } from '../../tutor/self-calibration.ts';
import { strings } from '../strings.ts';
import { CalibrationCurve } from './calibration-curve.tsx';
import { Day } from './session-bar.tsx';

const BLOCKS_SHOWN = 8;

/** What a learner expected of their answers beside what came of it: a sentence, the curve, the same as tables. */
export function SelfCalibration({ view }: { view: SelfCalibrationView }): JSX.Element {
  const { calibration } = strings.memory;
  const { ticked } = view;
  if (ticked === null) return <p class="aside">{calibration.none}</p>;
  return (
    <>
      <p>
        {calibration.sentence({ answers: view.answers, ...ticked })} {calibration.verdict(ticked)}{' '}
        {calibration.unticked(view.unticked)}
      </p>
      <div class="calibration">
        <figure>
          <CalibrationCurve bins={view.bins} />
          <figcaption class="help">{calibration.curveText}</figcaption>
        </figure>
        <div>
          <Bins bins={view.bins} />
          <p class="help">
            {calibration.few} {calibration.partly}
          </p>
        </div>
      </div>
      {view.blocks.length > 1 && <OverTime blocks={view.blocks.slice(-BLOCKS_SHOWN)} />}
    </>
  );
}

function Bins({ bins }: { bins: SelfCalibrationView['bins'] }): JSX.Element {
  const { columns, curve, range } = strings.memory.calibration;
  return (
    <FigureTable caption={curve} first={columns.sure}>
      {bins.map((bin) => (
        <tr>
          <th scope="row">{range(bin)}</th>
          <Figures figure={bin.figure} />
        </tr>
      ))}
    </FigureTable>
  );
}

function OverTime({ blocks }: { blocks: SelfCalibrationView['blocks'] }): JSX.Element {
  const { columns, time, timeText } = strings.memory.calibration;
  return (
    <>
      <h3>{time}</h3>
      <p class="help">{timeText}</p>
      <FigureTable caption={time} first={columns.when}>
        {blocks.map(({ from, figure }) => (
          <tr>
            <th scope="row">
              <Day iso={from} />
            </th>
            <Figures figure={figure} />
          </tr>
        ))}
      </FigureTable>
    </>
  );
}

/** Rows of Figures under their headings; `first` heads what each row is about. */
function FigureTable(props: { caption: string; first: string; children: Child }): JSX.Element {
  const { columns } = strings.memory.calibration;
  return (
    <table class="figures">
      <caption class="unseen">{props.caption}</caption>
      <thead>
        <tr>
          {[props.first, columns.n, columns.meant, columns.right].map((heading) => (
            <th scope="col">{heading}</th>
          ))}
        </tr>
      </thead>
      <tbody>{props.children}</tbody>
    </table>
  );
}

function Figures({ figure }: { figure: CalibrationFigure | null }): JSX.Element {
  const { percent } = strings.memory;
  return (
    <>
      <td>{figure?.n ?? strings.memory.calibration.noFigure}</td>
      <td>{figure === null ? '' : percent(figure.sure)}</td>
      <td>{figure === null ? '' : percent(figure.right)}</td>
    </>
  );
}
