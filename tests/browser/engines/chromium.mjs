// Chromium through Playwright.
import { chromium } from "playwright-core";
import { callOf, watch } from "./source.mjs";

export const name = "chromium";
export const canPrint = true;

export async function launch({ recorder, dark = false }) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    chromiumSandbox: false,
    handleSIGHUP: false, handleSIGINT: false, handleSIGTERM: false,
    proxy: { server: `http://127.0.0.1:${recorder.port}`, bypass: "127.0.0.1" },
  });
  /** A page that was closed serves again: a new one costs more than all that a case does in it. */
  const idle = [];
  return {
    version: browser.version(),
    /** Chromium asks its makers for this and that by itself; no page is behind it. */
    background: (reached) => /^[A-Z]+ (http:\/\/)?[\w.-]+\.(google|googleapis|gstatic|gvt1)\.com[:/]/.test(reached),
    async newPage({ width, height, locale = "en-US" }) {
      const at = idle.findIndex((page) => page.locale === locale);
      if (at < 0) return newPage(browser, { viewport: { width, height }, locale, colorScheme: dark ? "dark" : "light" }, idle);
      const [page] = idle.splice(at, 1);
      await page.resize(width, height);
      return page;
    },
    close: () => browser.close(),
  };
}

async function newPage(browser, look, idle) {
  const context = await browser.newContext(look);
  context.setDefaultTimeout(120_000);
  const page = await context.newPage();
  const problems = [];
  const requests = [];
  page.on("console", (said) => {
    if (["error", "warning"].includes(said.type())) problems.push(`${said.type()}: ${said.text()}`);
  });
  page.on("pageerror", (error) => problems.push(`uncaught: ${error.message}`));
  context.on("request", (request) => requests.push(request.url()));
  await page.addInitScript({ content: callOf(watch, []) });
  const scripts = [];
  return {
    problems, requests,
    locale: look.locale,
    async open(address, { before = [] } = {}) {
      for (const script of before) scripts.push(await page.addInitScript({ content: callOf(script, []) }));
      await page.goto(address);
    },
    resize: (width, height) => page.setViewportSize({ width, height }),
    forceColours: (forced) => page.emulateMedia({ forcedColors: forced ? "active" : null }),
    click: (selector) => page.click(selector, { timeout: 60_000, noWaitAfter: true }),
    type: (selector, text) => page.locator(selector).pressSequentially(text),
    press: (key) => page.keyboard.press(key),
    choose: (selector, value) => page.selectOption(selector, value),
    back: () => page.goBack(),
    forward: () => page.goForward(),
    inject: (source) => page.evaluate(source),
    evaluate: (fn, ...args) => page.evaluate(callOf(fn, args)),
    screenshot: ({ whole = false } = {}) => page.screenshot({ fullPage: whole }),
    pdf: (format = "A4") => page.pdf({ format }),
    async close() {
      try {
        await Promise.all(scripts.splice(0).map((script) => script.dispose()));
        await page.goto("about:blank");
        await page.mouse.move(0, 0);
        problems.length = 0;
        requests.length = 0;
        idle.push(this);
      } catch {
        await context.close();
      }
    },
  };
}
