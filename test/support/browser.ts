// A real browser and a server with the web application; checks of a page's accessibility, and screenshots.
/// <reference lib="dom" />
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after } from 'node:test';
import type axe from 'axe-core';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { buildWeb } from '../../src/cli/serve/web-build.ts';
import { programOnPath, withPackages } from './debian-packages.ts';
import { bearer, type TemporaryServer, temporaryServer } from './temporary-server.ts';

const NAMES = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome'];
const SCREENSHOTS = join(import.meta.dirname, '../../build/screenshots');
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const SCHEMES = ['light', 'dark'] as const;
/** Longer than anything takes on a busy machine; a failure waits for it once. */
const TIMEOUT_MS = 60_000;
const WIDTHS = { 1440: 900, 390: 844, 3840: 2160 } as const;

/** A temporary server that listens, with the web application of the present sources; `url` has no trailing slash. */
export async function temporaryWebServer(): Promise<TemporaryServer & { url: string }> {
  const directory = await buildWeb();
  const server = await temporaryServer(() => ({ directory }));
  await server.app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = server.app.server.address() as AddressInfo;
  return { ...server, url: `http://127.0.0.1:${port}` };
}

/** Closed after the tests of the file. */
async function openBrowser(): Promise<Browser> {
  const browser = await launchBrowser();
  after(() => browser.close());
  return browser;
}

/** The caller closes it. */
export function launchBrowser(): Promise<Browser> {
  const executablePath = withPackages(['chromium-headless-shell'], () => programOnPath(...NAMES));
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({ executablePath, args });
}

export interface Pages {
  context: BrowserContext;
  /** A new tab at the address, signed in as a user that `temporaryServer` made. The test closes it. */
  open: (path: string, username?: string) => Promise<Page>;
  /** A context of its own, for a test that changes more than its page. Closed with the browser. */
  newContext: (options?: BrowserContextOptions) => Promise<BrowserContext>;
}

/** Tabs of one browser, whose cache of scripts serves all tests of the file. */
export async function openPages(url: string, options: BrowserContextOptions = {}): Promise<Pages> {
  const browser = await openBrowser();
  async function newContext(own?: BrowserContextOptions): Promise<BrowserContext> {
    const context = await browser.newContext({ reducedMotion: 'reduce', ...options, ...own });
    context.setDefaultTimeout(TIMEOUT_MS);
    return context;
  }
  const context = await newContext();
  async function open(path: string, username = 'administrator'): Promise<Page> {
    const page = await context.newPage();
    await useToken(page, bearer(username).authorization.slice('Bearer '.length));
    await page.goto(`${url}${path}`);
    return page;
  }
  return { context, open, newContext };
}

/** The next address that the tab opens is signed in with the token. */
async function useToken(page: Page, authToken: string): Promise<void> {
  await page.addInitScript(token => sessionStorage.setItem('offhook.token', token), authToken);
}

/** Waits until the page is no wider than the window; while it rearranges itself for a new width, it may be. */
export async function fitsWindow(page: Page): Promise<void> {
  await page.waitForFunction(() => document.documentElement.scrollWidth <= innerWidth);
}

/** Signs the tab in with the user's name as password; the next address that it opens is signed in. */
export async function signIn(page: Page, url: string, username = 'administrator'): Promise<void> {
  const body = new URLSearchParams({ username, password: username });
  const answer = await fetch(`${url}/api/v1/auth/login`, { method: 'POST', body });
  const { authToken } = (await answer.json()) as { authToken: string };
  await useToken(page, authToken);
}

/** Resolves when no colour transition is running. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    const transitions = document.getAnimations().filter(animation => animation instanceof CSSTransition);
    await Promise.allSettled(transitions.map(({ finished }) => finished));
  });
}

async function showScheme(page: Page, colorScheme: (typeof SCHEMES)[number]): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  await page.waitForFunction(scheme => document.documentElement.dataset.mantineColorScheme === scheme, colorScheme);
  await settled(page);
}

/**
 * What axe finds in the page as it is, one line for each finding: by all rules in light colours, and by contrast in dark
 * ones, which differ in nothing else. The page stays dark.
 */
export async function axeFindings(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(AXE);
  const found: string[] = [];
  for (const [scheme, runOnly] of [
    ['light', { type: 'tag', values: AXE_TAGS }],
    ['dark', { type: 'rule', values: ['color-contrast'] }],
  ] as const) {
    await showScheme(page, scheme);
    const { violations } = await page.evaluate(
      rules =>
        (globalThis as unknown as { axe: typeof axe }).axe.run({
          runOnly: rules as axe.RunOnly,
          resultTypes: ['violations'],
        }),
      runOnly,
    );
    for (const { id, nodes } of violations) {
      for (const { target, failureSummary } of nodes) {
        found.push(`${scheme} ${id} ${target.join(' ')}: ${failureSummary?.replaceAll(/\s+/g, ' ')}`);
      }
    }
  }
  return found;
}

/** With SCREENSHOTS set: pictures of the page for a person to look at, in three widths, light and dark. Not committed. */
export async function screenshots(page: Page, name: string): Promise<void> {
  if (process.env.SCREENSHOTS === undefined) return;
  mkdirSync(SCREENSHOTS, { recursive: true });
  for (const [width, height] of Object.entries(WIDTHS)) {
    await page.setViewportSize({ width: Number(width), height });
    for (const colorScheme of SCHEMES) {
      await showScheme(page, colorScheme);
      await page.screenshot({ path: join(SCREENSHOTS, `${name}-${width}-${colorScheme}.png`) });
    }
  }
}
