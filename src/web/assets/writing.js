// What the forms that answers are written in gain where scripts run: a draft that outlives the page, a word count, a preview, and
// a hand-in that survives a lost connection. Every form works without this file.
(() => {
  const PREVIEW_PAUSE_MS = 400;
  const PATIENCE_MS = 20_000;
  const LONGEST_ANSWER = 8_000;

  /** @typedef {{ fields: Record<string, string>, sent: boolean }} Draft */

  /** @param {HTMLFormElement} form */
  function helpWriting(form) {
    const field = form.querySelector('textarea');
    if (!field) return;
    const key = `viva draft ${form.dataset.draft ?? ''}`;
    restoreDraft(form, { field, key });
    form.addEventListener('input', () => {
      writeDraft(key, field.value === field.defaultValue ? null : { fields: fieldsOf(form), sent: false });
      showCount(form, field);
    });
    form.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
      // On these the keys have a meaning of their own.
      if (event.target instanceof Element && event.target.closest('a, summary, button:not(.primary)')) return;
      event.preventDefault();
      form.requestSubmit();
    });
    form.addEventListener('submit', (event) => {
      const button = event.submitter;
      if (button instanceof HTMLButtonElement && button.formNoValidate) return;
      event.preventDefault();
      void handIn(form, key);
    });
    for (const button of form.querySelectorAll('[data-switch]')) switchInPlace(button);
    form.addEventListener('change', () => requireSureness(form));
    requireSureness(form);
    // Another tab hands in, or goes on writing.
    window.addEventListener('storage', (event) => {
      if (event.key === key && document.activeElement !== field) followOtherTab(form, { field, key });
    });
    window.addEventListener('pageshow', () => setBusy(form, false));
    window.addEventListener('online', () => say(form, form.dataset.online ?? '', { only: 'where-said' }));
    showCount(form, field);
    previewOf(form, field);
  }

  /** All that is filled in, the key included: a hand-in that is repeated later must be known as the same. @param {HTMLFormElement} form */
  function fieldsOf(form) {
    /** @type {Record<string, string>} */
    const fields = {};
    for (const [name, value] of new FormData(form)) if (typeof value === 'string') fields[name] = value;
    return fields;
  }

  /** @param {HTMLFormElement} form @param {{ field: HTMLTextAreaElement, key: string }} draft */
  function restoreDraft(form, { field, key }) {
    const draft = readDraft(key);
    if (draft === null || form.querySelector('[role=alert]:not([hidden])')) return;
    const text = draft.fields[field.name] ?? '';
    if (text === field.value || text === '') {
      // The server has it: what was sent before the page was lost has arrived.
      if (draft.sent) showElsewhere(form);
      writeDraft(key, null);
      return;
    }
    const before = fieldsOf(form);
    fill(form, draft.fields);
    const notice = form.querySelector('[data-draft-notice]');
    if (!(notice instanceof HTMLElement)) return;
    notice.hidden = false;
    form.querySelector('[data-draft-discard]')?.addEventListener('click', () => {
      fill(form, before);
      notice.hidden = true;
      writeDraft(key, null);
      showCount(form, field);
      field.focus();
    });
  }

  /** @param {HTMLFormElement} form @param {Record<string, string>} fields */
  function fill(form, fields) {
    for (const control of form.elements) {
      if (control instanceof HTMLTextAreaElement) control.value = fields[control.name] ?? '';
      if (!(control instanceof HTMLInputElement)) continue;
      if (control.type === 'hidden') control.value = fields[control.name] ?? control.value;
      else control.checked = fields[control.name] === control.value;
    }
  }

  /** @param {HTMLFormElement} form @param {{ field: HTMLTextAreaElement, key: string }} draft */
  function followOtherTab(form, { field, key }) {
    const draft = readDraft(key);
    if (draft !== null) fill(form, draft.fields);
    else if (readItem(`viva handed in ${form.dataset.item ?? ''}`) !== null) showElsewhere(form);
    showCount(form, field);
  }

  /** @param {HTMLFormElement} form */
  function showElsewhere(form) {
    const notice = form.querySelector('[data-elsewhere]');
    const link = notice?.querySelector('a');
    const href = readItem(`viva handed in ${form.dataset.item ?? ''}`) ?? form.dataset.newest;
    if (!(notice instanceof HTMLElement) || !link || !href) return;
    link.href = href;
    notice.hidden = false;
  }

  /** Sends the form; what was written stays in the field and on the device until the server says it has it. @param {HTMLFormElement} form @param {string} key */
  async function handIn(form, key) {
    if (form.dataset.busy === 'yes') return;
    setBusy(form, true);
    // As it stands now: what is said of the last hand-in may hold a box of the form, and goes.
    const body = new FormData(form);
    writeDraft(key, { fields: fieldsOf(form), sent: true });
    say(form, '');
    try {
      const send = { method: 'POST', signal: AbortSignal.timeout(PATIENCE_MS) };
      const welcome = await fetch('/welcome', send);
      const reply = welcome.ok
        ? await fetch(form.action, { ...send, body, headers: { Prefer: 'return=minimal' } })
        : welcome;
      const to = reply.headers.get('location');
      if (reply.status === 201 && to !== null) {
        writeItem(`viva handed in ${form.dataset.item ?? ''}`, to);
        writeDraft(key, null);
        location.assign(to);
        return;
      }
      const problems = new DOMParser().parseFromString(await reply.text(), 'text/html').querySelector('.problems');
      say(form, problems ?? form.dataset.unsentBroken ?? '');
    } catch {
      say(form, (navigator.onLine ? form.dataset.unsentSilent : form.dataset.unsentOffline) ?? '');
    }
    writeDraft(key, { fields: fieldsOf(form), sent: true });
    setBusy(form, false);
    // Where the words of a problem stand, and not the field: on a phone its keyboard would push them off the screen.
    form.querySelector('[data-unsent]')?.scrollIntoView({ block: 'nearest' });
  }

  /** @param {HTMLFormElement} form @param {boolean} busy */
  function setBusy(form, busy) {
    const button = form.querySelector('button.primary');
    if (!(button instanceof HTMLElement)) return;
    button.dataset.label ??= button.textContent;
    button.textContent = (busy ? form.dataset.sending : button.dataset.label) ?? '';
    button.setAttribute('aria-disabled', String(busy));
    form.dataset.busy = busy ? 'yes' : 'no';
  }

  /** Says beside the button what became of the hand-in. @param {HTMLFormElement} form @param {string | Element} what @param {{ only?: 'where-said' }} [when] */
  function say(form, what, when = {}) {
    const place = form.querySelector('[data-unsent]');
    if (!(place instanceof HTMLElement) || (when.only === 'where-said' && place.hidden)) return;
    if (typeof what === 'string') place.textContent = what;
    else place.replaceChildren(...what.childNodes);
    place.hidden = what === '';
  }

  /** Who ticks a part says how sure they are; whoever ticks none need not. @param {HTMLFormElement} form */
  function requireSureness(form) {
    const ticked = form.querySelector('.predict-asks :checked') !== null;
    for (const step of form.querySelectorAll('input[name=sure]')) step.toggleAttribute('required', ticked);
    // What is required must be in sight.
    if (ticked) form.querySelector('details.predict')?.setAttribute('open', '');
  }

  /** Switches the predictions off or on without leaving the page. @param {Element} button */
  function switchInPlace(button) {
    if (!(button instanceof HTMLButtonElement)) return;
    button.addEventListener('click', (event) => {
      event.preventDefault();
      const body = new FormData();
      body.set(button.name, button.value);
      fetch(button.formAction, { method: 'POST', body })
        .then(async (reply) => {
          const page = new DOMParser().parseFromString(await reply.text(), 'text/html');
          const part = page.getElementById('predict');
          const shown = button.closest('#predict');
          if (!reply.ok || !part || !shown) return;
          shown.replaceWith(part);
          const next = part.querySelector('[data-switch]');
          if (next) switchInPlace(next);
          if (next instanceof HTMLElement) next.focus();
        })
        .catch(() => undefined);
    });
  }

  /** Words, and once it matters how much room is left. @param {HTMLFormElement} form @param {HTMLTextAreaElement} field */
  function showCount(form, field) {
    const count = form.querySelector('[data-word-count]');
    if (!(count instanceof HTMLElement)) return;
    const words = field.value.match(/\S+/g)?.length ?? 0;
    const { one = '', many = '', room = '' } = count.dataset;
    const { length } = field.value;
    const near = length > LONGEST_ANSWER * 0.9;
    count.textContent =
      (words === 0 ? '' : words === 1 ? one : many.replace('{n}', words.toLocaleString())) +
      (near ? `, ${room.replace('{n}', length.toLocaleString())}` : '');
  }

  /** Shows how formulas and code read, a moment after the last key; nothing where there are none. @param {HTMLFormElement} form @param {HTMLTextAreaElement} field */
  function previewOf(form, field) {
    const section = form.querySelector('[data-preview]');
    const place = section?.querySelector('[data-preview-text]');
    if (!(section instanceof HTMLElement) || !place) return;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let pause;
    let asked = 0;
    const show = async () => {
      const body = new FormData();
      body.set('text', field.value);
      const turn = ++asked;
      const reply = await fetch(section.dataset.preview ?? '', { method: 'POST', body }).catch(() => null);
      // An answer that comes late is about an older text.
      if (turn !== asked || !reply?.ok) return;
      place.innerHTML = await reply.text();
      section.hidden = false;
    };
    const look = () => {
      clearTimeout(pause);
      if (/\$[^$]+\$|`[^`]+`/.test(field.value)) pause = setTimeout(() => void show(), PREVIEW_PAUSE_MS);
      else section.hidden = true;
    };
    field.addEventListener('input', look);
    look();
  }

  /** @param {string} key @returns {Draft | null} */
  function readDraft(key) {
    try {
      /** @type {unknown} */
      const kept = JSON.parse(readItem(key) ?? 'null');
      if (typeof kept !== 'object' || kept === null || !('fields' in kept) || !('sent' in kept)) return null;
      if (typeof kept.fields !== 'object' || kept.fields === null) return null;
      /** @type {Record<string, string>} */
      const fields = {};
      for (const [name, value] of Object.entries(kept.fields)) fields[name] = String(value);
      return { fields, sent: kept.sent === true };
    } catch {
      return null;
    }
  }

  /** @param {string} key @param {Draft | null} draft */
  function writeDraft(key, draft) {
    writeItem(key, draft === null ? null : JSON.stringify(draft));
  }

  /** Storage may be full or forbidden; a draft is a courtesy. @param {string} key */
  function readItem(key) {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  }

  /** @param {string} key @param {string | null} text */
  function writeItem(key, text) {
    try {
      if (text === null) localStorage.removeItem(key);
      else localStorage.setItem(key, text);
    } catch {
      // As above.
    }
  }

  /** @param {ParentNode} root */
  function enhance(root) {
    for (const form of root.querySelectorAll('form[data-draft]')) {
      if (form instanceof HTMLFormElement) helpWriting(form);
    }
  }

  enhance(document);
  // The grade has arrived, and with it the form for the next try.
  document.addEventListener('htmx:afterSettle', (event) => {
    if (event.target instanceof Element && event.target.id === 'attempt') enhance(event.target);
  });
})();
