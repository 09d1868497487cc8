import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium, type Browser, type Page } from 'playwright-core';
import { expect } from 'vitest';

export type View = { width: 360 | 1280; scheme: 'light' | 'dark'; script: 'on' | 'off' };

/** Each width and each scheme with scripts and without; the eight combinations would take twice as long and show nothing new. */
export const fourViews: View[] = [
  { width: 1280, scheme: 'light', script: 'on' },
  { width: 360, scheme: 'dark', script: 'on' },
  { width: 1280, scheme: 'dark', script: 'off' },
  { width: 360, scheme: 'light', script: 'off' },
];

export type Visit = {
  page: Page;
  /** Looks at what is on the screen: axe is clean, nothing sticks out sideways; kept as a picture where SHOTS names a folder. */
  look: (name: string) => Promise<void>;
  /** Nothing was asked of another origin, and the console stayed silent. */
  leave: () => Promise<void>;
};

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** A fresh visitor with nothing remembered. `expected` are words of the browser's own remarks that the test provokes. */
export async function visit(
  browser: Browser,
  { url, view, expected = [] }: { url: string; view: View; expected?: string[] },
): Promise<Visit> {
  const context = await browser.newContext({
    baseURL: url,
    viewport: { width: view.width, height: view.width === 360 ? 740 : 900 },
    colorScheme: view.scheme,
    reducedMotion: 'reduce',
    javaScriptEnabled: view.script === 'on',
    locale: 'en-GB',
  });
  const page = await context.newPage();
  const foreign: string[] = [];
  const complaints: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(`${url}/`) && !request.url().startsWith('data:')) foreign.push(request.url());
  });
  page.on('console', (message) => {
    // A refused form is a page like any other; that its status is 422 the browser remarks by itself.
    const remark = ['status of 422', ...expected].some((words) => message.text().includes(words));
    if (['error', 'warning'].includes(message.type()) && !remark) complaints.push(`${page.url()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`));
  return {
    page,
    look: async (name) => {
      await keepPicture(page, { name, view });
      // A page that is just being left has no document element for a moment; the next look is at the one that follows.
      await page.locator('main').waitFor();
      const scrollWidth = (): Promise<number> => page.evaluate(() => document.documentElement.scrollWidth);
      await expect.poll(() => scrollWidth().catch(() => Infinity)).toBeLessThanOrEqual(view.width);
      if (view.script === 'off') return;
      const { violations } = await new AxeBuilder({ page })
        .setLegacyMode(true)
        .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
        .analyze();
      const found = violations.map(({ id, nodes }) => `${name}: ${id} at ${nodes.map(({ html }) => html).join(' | ')}`);
      expect(found).toEqual([]);
    },
    leave: async () => {
      await context.close();
      expect(foreign).toEqual([]);
      expect(complaints).toEqual([]);
    },
  };
}

async function keepPicture(page: Page, { name, view }: { name: string; view: View }): Promise<void> {
  const folder = process.env['SHOTS'];
  if (folder === undefined) return;
  await mkdir(folder, { recursive: true });
  await page.evaluate(() => document.fonts.ready);
  const file = `${name}-${view.width}-${view.scheme}${view.script === 'off' ? '-no-script' : ''}.png`;
  await page.screenshot({ path: join(folder, file), fullPage: true });
}
