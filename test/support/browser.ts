// A real browser, the server with its web application for it, and what a test asks of a page: accessibility, pictures.
/// <reference lib="dom" />
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after } from 'node:test';
import type axe from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';
import { buildWeb } from '../../src/cli/serve/web-build.ts';
import { programOnPath, withPackages } from './debian-packages.ts';
import { type TemporaryServer, temporaryServer } from './temporary-server.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];
const SCREENSHOTS = join(import.meta.dirname, '../../build/screenshots');
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const SCHEMES = ['light', 'dark'] as const;
const WIDTHS = { 1440: 900, 390: 844, 3840: 2160 } as const;

/** A temporary server that listens, with the web application of the present sources; `url` has no slash at its end. */
export async function temporaryWebServer(): Promise<TemporaryServer & { url: string }> {
  const directory = await buildWeb();
  const server = await temporaryServer(() => ({ directory }));
  await server.app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = server.app.server.address() as AddressInfo;
  return { ...server, url: `http://127.0.0.1:${port}` };
}

/** Closed after the tests of the file. */
export async function openBrowser(): Promise<Browser> {
  const browser = await launchBrowser();
  after(() => browser.close());
  return browser;
}

/** Whoever launches it closes it. */
export function launchBrowser(): Promise<Browser> {
  const executablePath = withPackages(['chromium'], () => programOnPath(...NAMES));
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({ executablePath, args });
}

/** Signs the page's tab in as a user whose password is their name; the next address that it opens is signed in. */
export async function signIn(page: Page, url: string, username = 'administrator'): Promise<void> {
  const body = new URLSearchParams({ username, password: username });
  const answer = await fetch(`${url}/api/v1/auth/login`, { method: 'POST', body });
  const { authToken } = (await answer.json()) as { authToken: string };
  await page.addInitScript(token => sessionStorage.setItem('offhook.token', token), authToken);
}

/** Resolved when no colour is on its way to another one. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    const transitions = document.getAnimations().filter(animation => animation instanceof CSSTransition);
    await Promise.allSettled(transitions.map(({ finished }) => finished));
  });
}

/** What axe finds in the page as it is, in both themes; each finding is one line. */
export async function axeFindings(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of SCHEMES) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.waitForFunction(scheme => document.documentElement.dataset.mantineColorScheme === scheme, colorScheme);
    await settled(page);
    await page.evaluate(AXE);
    const { violations } = await page.evaluate(
      values =>
        (globalThis as unknown as { axe: typeof axe }).axe.run({
          runOnly: { type: 'tag', values },
          resultTypes: ['violations'],
        }),
      AXE_TAGS,
    );
    for (const { id, nodes } of violations) {
      for (const { target, failureSummary } of nodes) {
        found.push(`${colorScheme} ${id} ${target.join(' ')}: ${failureSummary?.replaceAll(/\s+/g, ' ')}`);
      }
    }
  }
  return found;
}

/** Where SCREENSHOTS is set: pictures of the page for a person to look at, in three widths, light and dark; not committed. */
export async function screenshots(page: Page, name: string): Promise<void> {
  if (process.env.SCREENSHOTS === undefined) return;
  mkdirSync(SCREENSHOTS, { recursive: true });
  for (const [width, height] of Object.entries(WIDTHS)) {
    await page.setViewportSize({ width: Number(width), height });
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await settled(page);
      await page.screenshot({ path: join(SCREENSHOTS, `${name}-${width}-${colorScheme}.png`) });
    }
  }
}
