// A patient's record, given to the page as a reader gives it.
import { readFile } from "node:fs/promises";
import { root } from "./pages.mjs";

export const recordText = (name) => readFile(`${root}tests/records/${name}.json`, "utf8");

export async function pasteRecord(visit, text) {
  await visit.unfold("[data-drop] details");
  await visit.evaluate((text) => { document.querySelector("[data-drop] textarea").value = text; }, text);
  await visit.page.click("[data-action=record-paste]");
}

export const dropRecord = (visit, text) => visit.evaluate((text) => {
  const files = new DataTransfer();
  files.items.add(new File([text], "record.json", { type: "application/json" }));
  const drop = new Event("drop", { bubbles: true, cancelable: true });
  Object.defineProperty(drop, "dataTransfer", { value: files });
  document.querySelector("[data-drop]").dispatchEvent(drop);
}, text);

export async function openRecord(visit, name) {
  await pasteRecord(visit, await recordText(name));
  await visit.until(`the record ${name} is read`, () => document.querySelector("[data-record], [data-refused]") !== null);
}
