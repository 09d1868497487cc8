import type { JSX } from 'hono/jsx/jsx-runtime';
import type { Piece } from '../../core/answer-pieces.ts';
import { strings } from '../strings.ts';

/**
 * Somebody's answer as words to point at: each piece is a radio button that looks like text, so that mouse, touch, arrow keys and
 * screen readers all can, without JavaScript too. With it, selecting words picks the piece they are most of.
 */
export function AnswerPieces(args: { answer: string; pieces: Piece[]; picked: string }): JSX.Element {
  const { answer, pieces, picked } = args;
  return (
    <fieldset class="pieces somebody" data-pieces>
      <legend>{strings.spot.where}</legend>
      <p class="help">{strings.spot.whereHelp}</p>
      <div class="answer-text">
        {pieces.map(({ start, end }, index) => (
          <>
            {answer.slice(pieces[index - 1]?.end ?? 0, start)}
            <label class="piece">
              <input type="radio" name="piece" value={String(index + 1)} checked={picked === String(index + 1)} />
              <span>{answer.slice(start, end)}</span>
            </label>
          </>
        ))}
      </div>
      <label class="piece-none">
        <input type="radio" name="piece" value="0" checked={picked === '0'} /> <span>{strings.spot.nowhere}</span>
      </label>
    </fieldset>
  );
}
