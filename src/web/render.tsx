import type { Context } from 'hono';
import { html } from 'hono/html';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { JSX } from 'hono/jsx/jsx-runtime';
import { Layout, type LayoutProps } from './parts/layout.tsx';

/** What a handler says of its page; the rest of the frame is the same everywhere. */
export type Page = {
  title: string;
  course: LayoutProps['course'];
  section: LayoutProps['section'];
  refreshSeconds?: number;
  body: JSX.Element;
};

export function pageHtml(page: Page): ReturnType<typeof html> {
  const { title, course, section, refreshSeconds = null, body } = page;
  return html`<!doctype html>${(
      <Layout title={title} course={course} section={section} refreshSeconds={refreshSeconds}>
        {body}
      </Layout>
    )}`;
}

/** A whole HTML page. What it shows is one learner's, so nobody between may keep it. */
export async function renderPage(c: Context, page: Page, status: ContentfulStatusCode = 200): Promise<Response> {
  c.header('Cache-Control', 'private, no-cache');
  return c.html(await pageHtml(page), status);
}
