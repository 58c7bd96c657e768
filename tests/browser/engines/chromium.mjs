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
  return {
    version: browser.version(),
    /** Chromium asks its makers for this and that by itself; no page is behind it. */
    background: (reached) => /^[A-Z]+ (http:\/\/)?[\w.-]+\.(google|googleapis|gstatic|gvt1)\.com[:/]/.test(reached),
    newPage: (size) => newPage(browser, dark, size),
    close: () => browser.close(),
  };
}

async function newPage(browser, dark, size) {
  const context = await browser.newContext({ viewport: { width: size.width, height: size.height }, locale: size.locale ?? "en-US", colorScheme: dark ? "dark" : "light" });
  context.setDefaultTimeout(120_000);
  const page = await context.newPage();
  const problems = [];
  const requests = [];
  page.on("console", (said) => {
    if (["error", "warning"].includes(said.type())) problems.push(`${said.type()}: ${said.text()}`);
  });
  page.on("pageerror", (error) => problems.push(`uncaught: ${error.message}`));
  context.on("request", (request) => requests.push(request.url()));
  return {
    problems, requests,
    async open(address, { before = [] } = {}) {
      for (const script of [watch, ...before]) await page.addInitScript({ content: callOf(script, []) });
      await page.goto(address);
    },
    resize: (width, height) => page.setViewportSize({ width, height }),
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
    close: () => context.close(),
  };
}
