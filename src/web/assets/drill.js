// Spot the mistake, where scripts run: selecting words of the answer picks the piece they are most of, and whoever checks without
// picking a mistake is told so at the list. Without this file, and by keyboard, the pieces are radio buttons, and the server tells.
(() => {
  /** Selections grow word by word while the pointer or the handles move. */
  const SETTLED_MS = 250;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  document.addEventListener('selectionchange', () => {
    clearTimeout(timer);
    timer = setTimeout(pickSelected, SETTLED_MS);
  });

  // Before anything is sent, and before whoever else listens has it sent.
  document.addEventListener(
    'submit',
    (event) => {
      const list = event.target instanceof Element ? event.target.querySelector('[data-pick]') : null;
      const problem = list?.querySelector('[role=alert]');
      if (!list || !(problem instanceof HTMLElement) || list.querySelector('input:checked')) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      problem.hidden = false;
      list.addEventListener('change', () => (problem.hidden = true), { once: true });
      list.scrollIntoView({ block: 'start' });
      list.querySelector('input')?.focus({ preventScroll: true });
    },
    { capture: true },
  );

  function pickSelected() {
    const selection = document.getSelection();
    if (!selection || selection.isCollapsed || selection.rangeCount === 0) return;
    const range = selection.getRangeAt(0);
    /** @type {{ input: HTMLInputElement, length: number } | undefined} */
    let most;
    for (const piece of document.querySelectorAll('[data-pieces] .piece')) {
      const input = piece.querySelector('input');
      const length = range.intersectsNode(piece) ? sharedLength(range, piece) : 0;
      if (input && length > (most?.length ?? 0)) most = { input, length };
    }
    if (most) most.input.checked = true;
  }

  /** How many characters of a piece are selected. @param {Range} range @param {Element} piece */
  function sharedLength(range, piece) {
    const within = document.createRange();
    within.selectNodeContents(piece);
    if (range.compareBoundaryPoints(Range.START_TO_START, within) > 0) {
      within.setStart(range.startContainer, range.startOffset);
    }
    if (range.compareBoundaryPoints(Range.END_TO_END, within) < 0) within.setEnd(range.endContainer, range.endOffset);
    return within.toString().length;
  }
})();
