// What the pages gain where scripts run. Every page works without this file; nothing here is needed to hand in or to read.
(() => {
  /** @param {Document | Element} root */
  function enhance(root) {
    for (const extra of root.querySelectorAll('[data-needs-script]')) extra.removeAttribute('hidden');
    // Forms that answers are written in are looked after by writing.js.
    for (const form of root.querySelectorAll('form:not([data-draft])')) {
      if (form instanceof HTMLFormElement) guardAgainstDoubleSubmit(form);
    }
    for (const time of root.querySelectorAll('time')) showLocalTime(time);
    for (const marked of root.querySelectorAll('[data-marked]')) alignNotes(marked);
  }

  /** A form goes out once; coming back by the browser's history makes it usable again. @param {HTMLFormElement} form */
  function guardAgainstDoubleSubmit(form) {
    const button = form.querySelector('button[type=submit]');
    if (!button) return;
    const label = button.textContent;
    form.addEventListener('submit', (event) => {
      if (button.getAttribute('aria-disabled') === 'true') {
        event.preventDefault();
        return;
      }
      button.setAttribute('aria-disabled', 'true');
      if (form.dataset.sending) button.textContent = form.dataset.sending;
    });
    window.addEventListener('pageshow', () => {
      button.removeAttribute('aria-disabled');
      // Only where it was changed: text alone would lose an icon, or what is there for the ear only.
      if (form.dataset.sending) button.textContent = label;
    });
  }

  /** @param {HTMLTimeElement} time */
  function showLocalTime(time) {
    const at = new Date(time.dateTime);
    if (Number.isNaN(at.getTime())) return;
    const dayOnly = time.dataset.day !== undefined;
    // As the server writes a day: the interface is British English, whatever the browser speaks.
    time.textContent = at.toLocaleString('en-GB', {
      dateStyle: 'medium',
      ...(dayOnly ? {} : { timeStyle: 'short' }),
    });
  }

  /** In the wide layout, puts each note beside the line its words begin on, pushed down where notes would overlap. @param {Element} marked */
  function alignNotes(marked) {
    const list = marked.querySelector('.margin ul');
    if (!list) return;
    const notes = [...list.children].filter((note) => note instanceof HTMLElement);
    for (const note of notes) note.style.marginTop = '';
    const beside = list.getBoundingClientRect().left > (marked.firstElementChild?.getBoundingClientRect().right ?? 0);
    if (!beside) return;
    const gap = 14;
    let lowest = list.getBoundingClientRect().top;
    let above = 0;
    for (const note of notes) {
      note.style.marginBottom = '0px';
      const words = marked.querySelector(`.mark[data-note="${note.dataset.note ?? ''}"]`);
      const wanted = words?.getClientRects()[0]?.top ?? lowest + above;
      const top = Math.max(wanted, lowest + above);
      note.style.marginTop = `${top - lowest}px`;
      lowest = top + note.getBoundingClientRect().height;
      above = gap;
    }
  }

  function alignAll() {
    for (const marked of document.querySelectorAll('[data-marked]')) alignNotes(marked);
  }

  /** Pointing at a note lights up its words, and the other way round. @param {Event} event */
  function lightUp(event) {
    const target = event.target instanceof Element ? event.target.closest('[data-note]') : null;
    const name = target instanceof HTMLElement ? target.dataset.note : undefined;
    const region = target?.closest('.attempt');
    for (const lit of document.querySelectorAll('.is-active')) lit.classList.remove('is-active');
    if (!region || name === undefined) return;
    for (const part of region.querySelectorAll(`[data-note="${name}"]`)) part.classList.add('is-active');
  }

  /** A tap on marked words goes to their note where that is not beside them; the way back is the browser's own. @param {Event} event */
  function goToNote(event) {
    const target = event.target instanceof Element ? event.target : null;
    const words = target?.closest('.mark');
    if (!(words instanceof HTMLElement) || target?.closest('a') || !document.getSelection()?.isCollapsed) return;
    const note = document.getElementById(`note-${words.dataset.note ?? ''}`);
    const beside = (note?.getBoundingClientRect().left ?? 0) > words.getBoundingClientRect().right;
    if (note && !beside) location.hash = note.id;
  }

  enhance(document);
  document.addEventListener('pointerover', lightUp);
  document.addEventListener('focusin', lightUp);
  document.addEventListener('click', goToNote);
  window.addEventListener('resize', alignAll);
  // Late fonts move lines.
  void document.fonts.ready.then(alignAll);

  // How far the grading is, as the stream tells it.
  document.addEventListener('htmx:sseOpen', (event) => {
    /** @type {unknown} */
    const detail = event instanceof CustomEvent ? event.detail : null;
    const source = typeof detail === 'object' && detail !== null && 'source' in detail ? detail.source : null;
    if (!(source instanceof EventSource)) return;
    for (const stage of ['stored', 'grading']) source.addEventListener(stage, () => showStage(stage));
  });

  /** @param {string} stage */
  function showStage(stage) {
    for (const entry of document.querySelectorAll('.stages [data-stage]')) {
      if (entry.getAttribute('data-stage') === stage) entry.setAttribute('aria-current', 'step');
      else entry.removeAttribute('aria-current');
    }
  }

  // A page taken out of the browser's memory has lost its stream, and may have lost the grade.
  window.addEventListener('pageshow', (event) => {
    if (event.persisted && document.querySelector('.waiting')) location.reload();
  });

  // The page listens for the end of grading only. The server closes the stream after it, which would look like a fault.
  document.addEventListener('htmx:sseMessage', (event) => {
    /** @type {unknown} */
    const message = event instanceof CustomEvent ? event.detail : null;
    if (message instanceof MessageEvent && message.target instanceof EventSource) message.target.close();
  });

  // The grade has arrived: prepare what came with it, and say it to those who hear the page.
  document.addEventListener('htmx:afterSettle', (event) => {
    const arrived = event.target instanceof Element ? event.target : null;
    if (arrived?.id !== 'attempt') return;
    enhance(arrived);
    const announcer = document.getElementById('announcer');
    if (announcer) announcer.textContent = arrived.getAttribute('data-announce');
  });
})();
