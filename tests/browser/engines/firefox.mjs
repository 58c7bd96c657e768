// Firefox through Puppeteer, which speaks WebDriver BiDi with it.
import puppeteer from "puppeteer-core";
import { atRest, callOf, watch } from "./source.mjs";

export const name = "firefox";
export const canPrint = true;

export async function launch({ recorder, dark = false }) {
  const browser = await puppeteer.launch({
    browser: "firefox",
    executablePath: process.env.FIREFOX ?? "/usr/bin/firefox-esr",
    headless: true,
    defaultViewport: null,
    handleSIGHUP: false, handleSIGINT: false, handleSIGTERM: false,
    protocolTimeout: 300_000,
    timeout: 120_000,
    extraPrefsFirefox: {
      "network.proxy.type": 1,
      "network.proxy.http": "127.0.0.1",
      "network.proxy.http_port": recorder.port,
      "network.proxy.ssl": "127.0.0.1",
      "network.proxy.ssl_port": recorder.port,
      "intl.accept_languages": "en-US, en",
      "layout.css.prefers-color-scheme.content-override": dark ? 0 : 1,
    },
  });
  /** A page that was closed serves again: a new one costs more than many a case does in it. */
  const idle = [];
  return {
    version: (await browser.version()).replace(/^firefox\//, ""),
    /** Firefox asks its makers for settings by itself; no page is behind that. */
    background: (reached) => /^[A-Z]+ (http:\/\/)?[\w.-]+\.(mozilla\.(com|org|net)|firefox\.com)[:/]/.test(reached),
    async newPage({ width, height }) {
      const page = idle.pop() ?? (await newPage(browser, idle));
      await page.show();
      await page.resize(width, height);
      return page;
    },
    close: () => browser.close(),
  };
}

/** Puppeteer turns the screen as well, which Firefox before 144 cannot do; the size is set all the same. */
async function resize(page, width, height) {
  await page.setViewport({ width, height }).catch((failure) => {
    if (!failure.message.includes("setScreenOrientationOverride")) throw failure;
  });
  for (let looks = 0; looks < 200; looks++) {
    if (await page.evaluate(`innerWidth === ${width}`)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`the window did not become ${width} wide`);
}

async function newPage(browser, idle) {
  const page = await browser.newPage();
  // Half a minute, as it comes, is too little on a busy machine.
  page.setDefaultTimeout(120_000);
  page.setDefaultNavigationTimeout(120_000);
  const problems = [];
  const requests = [];
  page.on("console", (said) => {
    if (["error", "warn"].includes(said.type())) problems.push(`${said.type()}: ${said.text()}`);
  });
  page.on("pageerror", (error) => problems.push(`uncaught: ${error.message}`));
  page.on("request", (request) => requests.push(request.url()));
  const inEachDocument = (script) => page.evaluateOnNewDocument(new Function(callOf(script, [])));
  await inEachDocument(watch);
  const scripts = [];
  return {
    problems, requests,
    async open(address, { before = [] } = {}) {
      for (const script of before) scripts.push((await inEachDocument(script)).identifier);
      await page.goto(address);
    },
    /** In a tab behind another one Firefox draws nothing and lets timers wait for seconds. */
    show: () => page.bringToFront(),
    resize: (width, height) => resize(page, width, height),
    async click(selector) {
      await page.evaluate(callOf(atRest, [selector]));
      await page.click(selector);
    },
    type: (selector, text) => page.type(selector, text),
    async press(key) {
      const parts = key.split("+");
      const last = parts.pop().replace("Space", " ");
      for (const held of parts) await page.keyboard.down(held);
      await page.keyboard.press(last);
      for (const held of parts) await page.keyboard.up(held);
    },
    choose: (selector, value) => page.select(selector, value),
    back: () => page.evaluate("history.back()"),
    forward: () => page.evaluate("history.forward()"),
    inject: (source) => page.evaluate(source),
    evaluate: (fn, ...args) => page.evaluate(callOf(fn, args)),
    screenshot: async ({ whole = false } = {}) => Buffer.from(await page.screenshot({ fullPage: whole })),
    pdf: async (format = "A4") => Buffer.from(await page.pdf({ format })),
    async close() {
      try {
        await Promise.all(scripts.splice(0).map((script) => page.removeScriptToEvaluateOnNewDocument(script)));
        await page.goto("about:blank");
        problems.length = 0;
        requests.length = 0;
        idle.push(this);
      } catch {
        // Firefox at times never says that the page is closed.
        await Promise.race([page.close(), new Promise((resolve) => setTimeout(resolve, 5000).unref())]);
      }
    },
  };
}
