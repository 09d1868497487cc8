import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { settleVerdict } from '../../src/tutor/settle-verdict.ts';
import { judgmentOf } from '../fixtures/lora.ts';
import { answerText, scriptJudge, someMet } from '../web/scripted-judge.ts';
import { launchBrowser, visit, type View } from './browser.ts';
import { serveTutor, type ServedTutor } from './serve-tutor.ts';

const doubtful = judgmentOf({
  criteria: {
    'both-factors': { verdict: 'met', quotes: ['Both factors are trained'] },
    count: { verdict: 'missed' },
    'why-few': { verdict: 'unsure' },
  },
  misconceptions: { 'one-factor': { verdict: 'not-held' } },
});
const allMet = judgmentOf({
  criteria: {
    'both-factors': { verdict: 'met', quotes: ['Both factors are trained'] },
    count: { verdict: 'met', quotes: ['131,072'] },
    'why-few': { verdict: 'met', quotes: ['the rank is tiny'] },
  },
  misconceptions: { 'one-factor': { verdict: 'not-held' } },
});

const { judge, script } = scriptJudge();
let browser: Browser;
let served: ServedTutor;
beforeAll(async () => {
  [browser, served] = await Promise.all([launchBrowser(), serveTutor(judge)]);
});
afterAll(async () => {
  await browser.close();
  await served.stop();
});
beforeEach(() => {
  script.next = someMet;
  script.gate = Promise.resolve();
});

const desktop: View = { width: 1280, scheme: 'light', script: 'on' };
const phone: View = { width: 360, scheme: 'dark', script: 'on' };
const bare: View = { width: 360, scheme: 'light', script: 'off' };
const lost = ['ERR_FAILED', 'ERR_INTERNET_DISCONNECTED'];

function closeGate(): () => void {
  let open = (): void => undefined;
  script.gate = new Promise((resolve) => {
    open = resolve;
  });
  return () => open();
}

const field = (page: Page): ReturnType<Page['locator']> => page.locator('#answer');
const handInButton = (page: Page): ReturnType<Page['locator']> => page.getByRole('button', { name: /^Hand in/ });

async function write(page: Page, text = answerText): Promise<void> {
  await page.goto('/items/lora-count');
  await field(page).fill(text);
}

async function graded(page: Page): Promise<void> {
  await page.locator('.attempt:is([data-status=graded], [data-status=provisional])').waitFor();
}

/** How many attempts the question's page lists. */
async function attemptsListed(page: Page): Promise<number> {
  await page.goto('/items/lora-count');
  return page.locator('.attempts li').count();
}

describe('an answer is kept, graded once, and one is told', () => {
  test.each([desktop, phone])('where the network is pulled before it is sent, at $width px', async (view) => {
    const { page, look, leave } = await visit(browser, { url: served.url, view, expected: lost });
    await write(page);
    await page.context().setOffline(true);
    await handInButton(page).click();
    await page.getByText('There is no connection, so nothing was handed in.').waitFor();
    expect(await field(page).inputValue()).toBe(answerText);
    await look('attempt-offline');
    await page.context().setOffline(false);
    await page.getByText('You are connected again.').waitFor();
    await handInButton(page).click();
    await graded(page);
    expect(await attemptsListed(page)).toBe(1);
    await leave();
  });

  test('where the reply is lost: sent again it is the same attempt', async () => {
    const { page, leave } = await visit(browser, { url: served.url, view: desktop, expected: lost });
    await write(page);
    await page.route('**/items/*/attempts', async (route) => {
      await route.fetch({ maxRedirects: 0 });
      await route.abort();
    });
    await handInButton(page).click();
    await page.getByText('The server did not answer').waitFor();
    expect(await field(page).inputValue()).toBe(answerText);
    await page.unroute('**/items/*/attempts');
    await handInButton(page).click();
    await graded(page);
    expect(await attemptsListed(page)).toBe(1);
    await leave();
  });

  test('where the reply is lost and the page is loaded anew: it says that the answer is there', async () => {
    const { page, look, leave } = await visit(browser, { url: served.url, view: phone, expected: lost });
    await write(page);
    await page.route('**/items/*/attempts', async (route) => {
      await route.fetch({ maxRedirects: 0 });
      await route.abort();
    });
    await handInButton(page).click();
    await page.getByText('The server did not answer').waitFor();
    await page.unroute('**/items/*/attempts');
    await page.reload();
    await page.getByRole('link', { name: 'See how it stands' }).waitFor();
    await look('item-handed-in-already');
    await page.getByRole('link', { name: 'See how it stands' }).click();
    await graded(page);
    expect(await attemptsListed(page)).toBe(1);
    await leave();
  });

  test('where the server breaks: it is said beside the button, and the next click is taken', async () => {
    const view = { url: served.url, view: desktop, expected: ['status of 500'] };
    const { page, leave } = await visit(browser, view);
    await write(page);
    await page.route('**/items/*/attempts', (route) => route.fulfill({ status: 500, body: 'no' }));
    await handInButton(page).click();
    await page.getByText('Something broke on our side.').waitFor();
    await page.unroute('**/items/*/attempts');
    await page.keyboard.press('Control+Enter');
    await graded(page);
    expect(await attemptsListed(page)).toBe(1);
    await leave();
  });

  test.each([desktop, bare])('where the button is pressed twice, scripts $script', async (view) => {
    const { page, leave } = await visit(browser, { url: served.url, view });
    await write(page, 'A first answer.');
    await handInButton(page).click();
    await graded(page);
    await write(page);
    const open = closeGate();
    await handInButton(page).dblclick();
    await page.getByText('Your answer is safe and is being read.').waitFor();
    open();
    await graded(page);
    expect(await attemptsListed(page)).toBe(2);
    await leave();
  });

  test.each([desktop, bare])('where two tabs hand it in, scripts $script', async (view) => {
    const { page, leave } = await visit(browser, { url: served.url, view });
    await write(page, 'A first answer.');
    await handInButton(page).click();
    await graded(page);
    const other = await page.context().newPage();
    await write(page);
    await other.goto('/items/lora-count');
    if (view.script === 'on') expect(await field(other).inputValue()).toBe(answerText);
    else await field(other).fill(answerText);
    await handInButton(page).click();
    await graded(page);
    if (view.script === 'on') await other.getByText('This answer was handed in').waitFor();
    await handInButton(other).click();
    await graded(other);
    expect(other.url()).toBe(page.url());
    expect(await attemptsListed(page)).toBe(2);
    await leave();
  });

  test.each([phone, bare])('where the cookie expires while it is written, scripts $script', async (view) => {
    const { page, look, leave } = await visit(browser, { url: served.url, view });
    await write(page, 'A first answer.');
    await handInButton(page).click();
    await graded(page);
    await write(page);
    await page.context().clearCookies();
    await handInButton(page).click();
    await graded(page);
    await page.getByText('This browser was not recognised').waitFor();
    await page.locator('mark', { hasText: 'Both factors are trained' }).waitFor();
    await look('attempt-new-start');
    expect(await attemptsListed(page)).toBe(1);
    await leave();
  });

  test.each([desktop, bare])('where the tab is closed while it is graded, scripts $script', async (view) => {
    const { page, leave } = await visit(browser, { url: served.url, view });
    const open = closeGate();
    await write(page);
    await handInButton(page).click();
    await page.getByText('Your answer is safe and is being read.').waitFor();
    const later = await page.context().newPage();
    await page.close();
    open();
    await later.goto('/items/lora-count');
    await later.locator('.attempts a').click();
    await graded(later);
    expect(await attemptsListed(later)).toBe(1);
    await leave();
  });

  test('a draft outlives the page with all that was ticked, and a lost connection does not touch it', async () => {
    const { page, leave } = await visit(browser, { url: served.url, view: phone, expected: lost });
    await write(page, 'Half a thought');
    await page.getByRole('checkbox').nth(1).check();
    await page.getByText('50 %').click();
    await page.goto('/courses/demo');
    await page.goBack();
    await page.reload();
    expect(await field(page).inputValue()).toBe('Half a thought');
    expect(await page.getByRole('checkbox').nth(1).isChecked()).toBe(true);
    await page.getByRole('button', { name: 'Discard the draft' }).click();
    expect(await field(page).inputValue()).toBe('');
    await page.reload();
    expect(await field(page).inputValue()).toBe('');
    await leave();
  });
});

describe('the way from an answer to a better one', () => {
  test.each([desktop, phone])('live at $width px: kept, being read, marked', async (view) => {
    const { page, look, leave } = await visit(browser, { url: served.url, view });
    const open = closeGate();
    await write(page);
    await handInButton(page).click();
    await page.locator('.stages [aria-current]', { hasText: 'Being read' }).waitFor();
    await look('attempt-being-read');
    open();
    await graded(page);
    await leave();
  });

  test.each([desktop, phone, bare])('at $width px, scripts $script', async (view) => {
    const { page, look, leave } = await visit(browser, { url: served.url, view });
    await page.goto('/items/lora-count');
    await look('item-first');
    await field(page).fill(`${answerText} So $2rd$, or \`2*r*d\`.`);
    if (view.script === 'on') {
      await page.locator('.preview math').waitFor();
    } else {
      await page.getByRole('button', { name: 'Show how formulas and code read' }).click();
      await page.locator('.preview math').waitFor();
    }
    await page.getByRole('checkbox', { name: 'What exactly is trained?' }).check();
    await page.getByRole('checkbox', { name: 'Why is that few?' }).check();
    await handInButton(page).click();
    if (view.script === 'off') await page.getByText('Say how sure you are').waitFor();
    expect(page.url()).toContain('/items/lora-count');
    await page.getByText('75 %').click();
    await look('item-predicted');
    await handInButton(page).click();
    await graded(page);
    await page.getByText('You foresaw 2 of 3 verdicts').waitFor();
    await look('attempt-forecast');

    script.next = doubtful;
    await field(page).fill(`${answerText} So twice r times d.`);
    await handInButton(page).click();
    await page.getByRole('heading', { name: 'One more sentence' }).waitFor();
    await page.getByText('Since your last try').waitFor();
    await look('attempt-doubtful');
    script.next = allMet;
    await page.locator('#more').fill('That is 131,072, for the rank is tiny.');
    await page.getByRole('button', { name: 'Add it and hand in' }).click();
    await page.getByText('Everything the question asks for stands').waitFor();
    await page.getByText('What you changed').click();
    await page.locator('ins', { hasText: '131,072' }).waitFor();
    await look('attempt-full');
    await leave();
  });

  test.each([desktop, phone])('notes and words light each other up at $width px', async (view) => {
    const { page, leave } = await visit(browser, { url: served.url, view });
    await write(page);
    await handInButton(page).click();
    await graded(page);
    const words = page.locator('.mark-wrong-turn');
    const note = page.locator('#note-A');
    const lit = /is-active/;
    const isLit = async (part: typeof note): Promise<boolean> => lit.test((await part.getAttribute('class')) ?? '');
    await words.hover();
    expect([await isLit(words), await isLit(note)]).toEqual([true, true]);
    await page.mouse.move(0, 0);
    await note.hover();
    expect(await isLit(words)).toBe(true);
    await page.getByRole('link', { name: 'Note A: Common wrong turn' }).focus();
    expect(await isLit(note)).toBe(true);
    await page.keyboard.press('Enter');
    expect(page.url()).toContain('#note-A');
    await note.getByRole('link', { name: 'to the words' }).focus();
    expect(await isLit(words)).toBe(true);
    await page.keyboard.press('Enter');
    expect(page.url()).toContain('#mark-A-1');
    if (view.width === 360) {
      await words.click();
      expect(page.url()).toContain('#note-A');
      await page.goBack();
      expect(page.url()).toContain('#mark-A-1');
    }
    await leave();
  });

  test('with the keyboard alone', async () => {
    const { page, leave } = await visit(browser, { url: served.url, view: desktop });
    await page.goto('/courses/demo');
    const tabTo = async (what: ReturnType<Page['locator']>): Promise<void> => {
      for (let presses = 0; presses < 80; presses += 1) {
        if (await what.evaluate((node) => node === document.activeElement)) return;
        await page.keyboard.press('Tab');
      }
      throw new Error(`The Tab key never reaches ${String(what)}.`);
    };
    await tabTo(page.getByRole('link', { name: 'Counting adapter parameters' }));
    await page.keyboard.press('Enter');
    await field(page).waitFor();
    await tabTo(field(page));
    await page.keyboard.type(answerText);
    await tabTo(page.getByRole('checkbox').first());
    await page.keyboard.press('Space');
    await tabTo(page.getByRole('radio').first());
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    expect(await page.getByRole('radio', { name: '50' }).isChecked()).toBe(true);
    // The Enter key in a box hands in; it must not press one of the small buttons.
    await page.keyboard.press('Enter');
    await graded(page);
    await page.getByText('You were 50').waitFor();
    await tabTo(page.getByText('Is a mark wrong?'));
    await page.keyboard.press('Enter');
    await tabTo(
      page.getByRole('radio', { name: 'Why is that few?' }).or(page.locator('input[name=verdict]').first()).first(),
    );
    await page.keyboard.press('Space');
    await tabTo(page.locator('#reason'));
    await page.keyboard.type('It does say so.');
    await tabTo(page.getByRole('button', { name: 'Ask a person to look' }));
    await page.keyboard.press('Enter');
    await page.getByText('Waiting for a person').waitFor();
    await leave();
  });

  test.each([phone, bare])('predicting is switched off and on where it stands, scripts $script', async (view) => {
    const { page, look, leave } = await visit(browser, { url: served.url, view });
    await write(page, 'Half a thought');
    await page.getByRole('button', { name: 'Do not ask me this' }).click();
    await page.getByText('You are not asked to predict the verdict.').waitFor();
    expect(await field(page).inputValue()).toBe('Half a thought');
    await look('item-unasked');
    await page.goto('/items/kl-choice');
    await page.getByText('Raise the KL penalty').click();
    await page.getByRole('button', { name: 'Ask me again' }).click();
    await page.getByText('Before the verdict: what do you think?').waitFor();
    expect(await page.getByRole('radio', { name: 'Raise the KL penalty' }).isChecked()).toBe(true);
    await leave();
  });

  test.each([phone, bare])('a choice is made first, and explained after, scripts $script', async (view) => {
    const { page, look, leave } = await visit(browser, { url: served.url, view });
    await page.goto('/items/kl-choice');
    await look('item-choice-first');
    expect(await field(page).isVisible()).toBe(false);
    await page.getByText('Train longer').click();
    await field(page).fill('It limits the drift from the reference.');
    await look('item-choice-why');
    await handInButton(page).click();
    await graded(page);
    await page.getByRole('button', { name: 'Show me the answer' }).click();
    await page.getByText('More steps drift further.').waitFor();
    await look('attempt-choice-explained');
    await leave();
  });
});

test.each([phone, bare])('a choice without a why is asked about once, scripts $script', async (view) => {
  const { page, look, leave } = await visit(browser, { url: served.url, view });
  await page.goto('/items/kl-choice');
  await page.getByText('Raise the KL penalty').click();
  await handInButton(page).click();
  const alone = page.getByRole('checkbox', { name: 'Hand in the choice alone' });
  await alone.waitFor();
  await look('item-choice-alone');
  await alone.check();
  await handInButton(page).click();
  await graded(page);
  await leave();
});

describe('contesting a mark', () => {
  test.each([desktop, phone, bare])('to its end, at $width px, scripts $script', async (view) => {
    const { page, look, leave } = await visit(browser, { url: served.url, view });
    await write(page);
    await handInButton(page).click();
    await graded(page);
    await page.getByText('Is a mark wrong?').click();
    await page.locator('.contest .option', { hasText: 'Why is that few?' }).click();
    await page.locator('#reason').fill('I do say why.');
    await look('attempt-contesting');
    await page.getByRole('button', { name: 'Ask a person to look' }).click();
    await page.getByText('Waiting for a person').waitFor();
    await look('attempt-contested');
    const attemptId = /attempts\/([0-9a-f-]+)/.exec(page.url())?.[1] ?? '';
    const settled = { attemptId, kind: 'criterion', target: 'why-few', verdict: 'met' } as const;
    await settleVerdict({ ...settled, settledBy: 'Ada', note: 'The last words say it.' }, served.tutor.deps);
    await page.reload();
    await page.getByText('A person has looked: the mark was changed').waitFor();
    await page.getByText('The judge had said: Missing. The last words say it.').waitFor();
    await page.getByRole('button', { name: 'Show me the answer' }).click();
    await page.getByRole('heading', { name: 'A model answer' }).waitFor();
    await look('attempt-settled-revealed');
    await leave();
  });
});

test('on paper there is the answer with its notes beside it, and nothing to press', async () => {
  const { page, look, leave } = await visit(browser, { url: served.url, view: { ...desktop, width: 1280 } });
  await write(page);
  await handInButton(page).click();
  await graded(page);
  await page.emulateMedia({ media: 'print', colorScheme: 'light' });
  await page.setViewportSize({ width: 720, height: 1_000 });
  await look('attempt-on-paper');
  expect(await page.locator('button:visible, textarea:visible').count()).toBe(0);
  const [text, note] = await Promise.all(
    ['.answer-text', '#note-A'].map((part) => page.locator(part).first().boundingBox()),
  );
  expect(note?.x ?? 0).toBeGreaterThan((text?.x ?? 0) + (text?.width ?? 0));
  await leave();
});
