import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { href, routes } from './routes.ts';

export type Asset = { body: Uint8Array<ArrayBuffer>; type: string; version: string };

const require = createRequire(import.meta.url);

const SVG = 'image/svg+xml';
const SCRIPT = 'text/javascript; charset=utf-8';
const FONT = 'font/woff2';
const fontFile = (name: string): string =>
  require.resolve(`@fontsource-variable/literata/files/literata-${name}.woff2`);
const ownFile = (name: string): URL => new URL(`./assets/${name}`, import.meta.url);
const stylesheets = [
  'base.css',
  'frame.css',
  'marks.css',
  'writing.css',
  'drill.css',
  'memory.css',
  'review.css',
  'print.css',
].map(ownFile);
const scripts = ['viva.js', 'writing.js'].map(ownFile);

const files = {
  // Upright with its optical sizes, so that headings are cut finer than text; italic is for small doses and comes without.
  'literata-latin.woff2': { at: fontFile('latin-opsz-normal'), type: FONT },
  'literata-latin-ext.woff2': { at: fontFile('latin-ext-opsz-normal'), type: FONT },
  'literata-italic-latin.woff2': { at: fontFile('latin-wght-italic'), type: FONT },
  'literata-italic-latin-ext.woff2': { at: fontFile('latin-ext-wght-italic'), type: FONT },
  'icons.svg': { at: ownFile('icons.svg'), type: SVG },
  'favicon.svg': { at: ownFile('favicon.svg'), type: SVG },
  'htmx.js': { at: require.resolve('htmx.org/dist/htmx.min.js'), type: SCRIPT },
  'htmx-sse.js': { at: require.resolve('htmx-ext-sse/sse.js'), type: SCRIPT },
  'viva.js': { at: scripts, type: SCRIPT },
  'drill.js': { at: ownFile('drill.js'), type: SCRIPT },
  'viva.css': { at: stylesheets, type: 'text/css; charset=utf-8' },
} as const;

export type AssetName = keyof typeof files;

// Read once: the files belong to the code and change only with it.
const assets = new Map<string, Asset>();
for (const [name, { at, type }] of Object.entries(files)) assets.set(name, readAsset({ at, type }));

/** The asset of this name, whatever version the address asked for. */
export function findAsset(name: string): Asset | undefined {
  return assets.get(name);
}

/** The address of an asset. It carries a hash of the content, so browsers may keep the file for good. */
export function assetHref(name: AssetName): string {
  return href(routes.asset, { version: assets.get(name)?.version ?? '', name });
}

function readAsset({ at, type }: { at: string | URL | URL[]; type: string }): Asset {
  let body = new Uint8Array(Buffer.concat([at].flat().map((file) => readFileSync(file))));
  if (type.startsWith('text/css')) {
    // `asset:name` in a stylesheet stands for the address of an asset listed before it.
    const text = new TextDecoder().decode(body);
    body = new TextEncoder().encode(
      text.replace(/asset:([\w.-]+)/g, (_whole, name: string) =>
        href(routes.asset, { version: assets.get(name)?.version ?? 'missing', name }),
      ),
    );
  }
  return { body, type, version: createHash('sha256').update(body).digest('hex').slice(0, 12) };
}
