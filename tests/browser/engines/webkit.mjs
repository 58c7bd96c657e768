// WebKitGTK through its own WebDriver and Selenium, on a display of its own.
import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Builder, By, Capabilities, Key } from "selenium-webdriver";
import { atRest, callOf, tellThrown, watch } from "./source.mjs";

export const name = "webkit";
/** Its driver has no print command. */
export const canPrint = false;

export async function launch({ recorder, dark = false }) {
  const folder = await mkdtemp(join(tmpdir(), "waymark-webkit-"));
  await mkdir(join(folder, "gtk-3.0"));
  // The browser's own buttons would keep its window from being as narrow as a telephone.
  await writeFile(join(folder, "gtk-3.0/gtk.css"), "* { font-size: 1px; min-width: 0; min-height: 0; padding: 0; margin: 0; border-width: 0; }");

  const screen = spawn("Xvfb", ["-displayfd", "3", "-screen", "0", "1400x1600x24", "-nolisten", "tcp"], { stdio: ["ignore", "ignore", "ignore", "pipe"] });
  const display = await new Promise((resolve, reject) => {
    screen.once("error", reject);
    screen.once("exit", () => reject(new Error("Xvfb did not start")));
    screen.stdio[3].once("data", (number) => resolve(`:${String(number).trim()}`));
  });
  const port = await freePort();
  const driver = spawn("WebKitWebDriver", [`--port=${port}`], {
    stdio: "ignore",
    env: {
      ...process.env, DISPLAY: display, GDK_BACKEND: "x11", LC_ALL: "C", LANG: "C", LIBGL_ALWAYS_SOFTWARE: "1",
      XDG_CONFIG_HOME: folder, GTK_THEME: dark ? "Adwaita:dark" : "Adwaita", NO_AT_BRIDGE: "1",
      // The last of its compilers takes longer over the engine than a page of a test lives.
      JSC_useOMGJIT: "0",
    },
  });
  const kill = () => {
    driver.kill();
    screen.kill();
  };
  process.once("exit", kill);
  const end = async () => {
    process.off("exit", kill);
    kill();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await listening(port, driver);
    const way = `127.0.0.1:${recorder.port}`;
    const session = await new Builder()
      .usingServer(`http://127.0.0.1:${port}`)
      .disableEnvironmentOverrides()
      .withCapabilities(new Capabilities({
        browserName: "MiniBrowser",
        proxy: { proxyType: "manual", httpProxy: way, sslProxy: way, noProxy: ["127.0.0.1"] },
      }))
      .build();
    await session.manage().setTimeouts({ script: 300_000, pageLoad: 120_000 });
    return {
      version: (await session.getCapabilities()).get("browserVersion"),
      background: () => false,
      newPage: (size) => newPage(session, folder, size),
      close: async () => {
        await session.quit().catch(() => {});
        await end();
      },
    };
  } catch (failure) {
    await end();
    throw failure;
  }
}

let copies = 0;

/** There is one window, used again and again. */
async function newPage(session, folder, size) {
  const resize = async (width, height) => {
    const outer = await session.manage().window().setRect({ x: 0, y: 0, width, height: height + 20 });
    // The window follows a moment later.
    for (let tries = 0; tries < 100; tries++) {
      if ((await session.executeScript("return innerWidth")) === width) return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error(`the window is ${outer.width} wide and not ${width}`);
  };
  const run = async (expression) => {
    const reply = await session.executeAsyncScript(`
      const done = arguments[arguments.length - 1];
      Promise.resolve().then(() => (${expression})).then((value) => done({ value }), (error) => done({ error: String(error) }));`);
    if (reply?.error !== undefined) throw new Error(reply.error);
    return reply?.value;
  };
  const element = async (selector) => {
    const found = await session.findElement(By.css(selector));
    await session.executeScript("arguments[0].scrollIntoView({block: 'center'})", found);
    return found;
  };
  /** The driver at times presses where the element stood a moment before; then it does not hear of it and is pressed again. */
  const click = async (selector) => {
    for (let tries = 0; tries < 3; tries++) {
      await run(callOf(atRest, [selector]));
      const found = await session.findElement(By.css(selector));
      await session.executeScript(`
        window.testPressed = false;
        arguments[0].addEventListener("click", () => { window.testPressed = true; }, { capture: true, once: true });`, found);
      await found.click();
      for (let looks = 0; looks < 20; looks++) {
        // Where the press led to another page, nobody waits there.
        if (await session.executeScript("return window.testPressed !== false").catch(() => true)) return;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
    throw new Error(`${selector} does not hear that it is pressed`);
  };
  // The driver at times comes back before the page is there.
  const get = async (address) => {
    await session.get(address);
    await session.wait(() => session.executeScript("return location.href.split('#')[0] === arguments[0] && document.readyState === 'complete'", address.split("#")[0]).catch(() => false), 120_000);
  };
  await resize(size.width, size.height);
  return {
    problems: [], requests: [],
    async open(address, { before = [] } = {}) {
      const scripts = [watch, ...before];
      if (!address.startsWith("file:")) {
        await get(address);
        for (const script of scripts) await session.executeScript(callOf(script, []));
        return;
      }
      await get(pathToFileURL(await watchedCopy(fileURLToPath(address), folder, [tellThrown, ...scripts])).href + new URL(address).hash);
    },
    openUnwatched: get,
    resize,
    click,
    type: async (selector, text) => (await element(selector)).sendKeys(text),
    press: async (key) => {
      const codes = { Tab: Key.TAB, Enter: Key.ENTER, Space: " ", Shift: Key.SHIFT, Escape: Key.ESCAPE, ArrowDown: Key.ARROW_DOWN, ArrowUp: Key.ARROW_UP };
      const parts = key.split("+");
      const last = parts.pop();
      let actions = session.actions();
      for (const held of parts) actions = actions.keyDown(codes[held]);
      actions = actions.sendKeys(codes[last] ?? last);
      for (const held of parts) actions = actions.keyUp(codes[held]);
      await actions.perform();
    },
    choose: async (selector, value) => (await element(`${selector} option[value="${value}"]`)).click(),
    back: () => session.navigate().back(),
    forward: () => session.navigate().forward(),
    inject: (source) => session.executeScript(source),
    evaluate: (fn, ...args) => run(callOf(fn, args)),
    screenshot: async () => Buffer.from(await session.takeScreenshot(), "base64"),
    close: () => session.get("about:blank"),
  };
}

/**
 * WebDriver can run nothing before the page's own scripts, so the page is opened as a copy that begins with ours.
 * It stands before the page's security policy, which therefore is the same as ever.
 */
async function watchedCopy(file, folder, scripts) {
  const page = await readFile(file, "utf8");
  const charset = '<meta charset="utf-8">';
  const source = scripts.map((script) => callOf(script, [])).join(";\n").replaceAll("</", "<\\/");
  const copy = join(folder, `${++copies}.html`);
  if (!page.includes(charset)) throw new Error(`${file} has no ${charset}`);
  await writeFile(copy, page.replace(charset, () => `${charset}<script>${source}</script>`));
  return copy;
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function listening(port, driver) {
  let gone = null;
  driver.once("error", (error) => (gone = error));
  driver.once("exit", (code) => (gone ??= new Error(`WebKitWebDriver ended with ${code}`)));
  for (let tries = 0; tries < 300; tries++) {
    if (gone) throw gone;
    const reply = await fetch(`http://127.0.0.1:${port}/status`).catch(() => null);
    if (reply?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("WebKitWebDriver does not answer");
}
