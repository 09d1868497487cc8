// What the pages gain where scripts run. Every page works without this file; nothing here is needed to hand in or to read.
(() => {
  /** @param {Document | Element} root */
  function enhance(root) {
    for (const extra of root.querySelectorAll('[data-needs-script]')) extra.removeAttribute('hidden');
    for (const form of root.querySelectorAll('form')) guardAgainstDoubleSubmit(form);
    for (const form of root.querySelectorAll('form[data-draft]')) {
      if (form instanceof HTMLFormElement) helpWriting(form);
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
      if (form.dataset.sending) button.textContent = label;
    });
  }

  /** Word count, Ctrl-Enter, and a draft that outlives a closed tab. @param {HTMLFormElement} form */
  function helpWriting(form) {
    const field = form.querySelector('textarea');
    const count = form.querySelector('[data-word-count]');
    const notice = form.querySelector('[data-draft-notice]');
    if (!field || !(count instanceof HTMLElement) || !(notice instanceof HTMLElement)) return;
    const key = `viva draft ${form.dataset.draft ?? ''}`;

    const showCount = () => {
      const words = field.value.match(/\S+/g)?.length ?? 0;
      const { one = '', many = '' } = count.dataset;
      count.textContent = words === 1 ? one : many.replace('{n}', words.toLocaleString());
    };

    const kept = readDraft(key);
    if (kept === field.value || kept === '') writeDraft(key, '');
    else if (kept !== null && !form.querySelector('[role=alert]')) {
      const original = field.value;
      field.value = kept;
      notice.hidden = false;
      form.querySelector('[data-draft-discard]')?.addEventListener('click', () => {
        field.value = original;
        notice.hidden = true;
        writeDraft(key, '');
        showCount();
        field.focus();
      });
    }

    field.addEventListener('input', () => {
      writeDraft(key, field.value === field.defaultValue ? '' : field.value);
      showCount();
    });
    field.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.requestSubmit();
    });
    showCount();
  }

  /** Storage may be full or forbidden; a draft is a courtesy. @param {string} key */
  function readDraft(key) {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  }

  /** @param {string} key @param {string} text */
  function writeDraft(key, text) {
    try {
      if (text === '') localStorage.removeItem(key);
      else localStorage.setItem(key, text);
    } catch {
      // As above.
    }
  }

  /** @param {HTMLTimeElement} time */
  function showLocalTime(time) {
    const at = new Date(time.dateTime);
    if (Number.isNaN(at.getTime())) return;
    const dayOnly = time.dataset.day !== undefined;
    time.textContent = at.toLocaleString(undefined, {
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

  enhance(document);
  document.addEventListener('pointerover', lightUp);
  document.addEventListener('focusin', lightUp);
  window.addEventListener('resize', alignAll);
  // Late fonts move lines.
  void document.fonts.ready.then(alignAll);

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
