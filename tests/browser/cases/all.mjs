import { offline } from "./offline.mjs";
import { walks } from "./walks.mjs";
import { keyboard } from "./keyboard.mjs";
import { agreement } from "./agreement.mjs";
import { switches } from "./switches.mjs";
import { focus } from "./focus.mjs";
import { host } from "./host.mjs";
import { early } from "./early.mjs";
import { fault } from "./fault.mjs";
import { layout } from "./layout.mjs";
import { accessibility } from "./accessibility.mjs";
import { print } from "./print.mjs";
import { size } from "./size.mjs";
import { ipdas } from "./ipdas.mjs";
import { session } from "./session.mjs";
import { own } from "./own.mjs";
import { approvals } from "./approvals.mjs";
import { record } from "./record.mjs";
import { tools } from "./tools.mjs";
import { served } from "./served.mjs";
import { embed } from "./embed.mjs";

/**
 * A case: `name`, `run({engine, pages, visit, start, say, reached})`. `visit("essentials")` opens that page.
 * `browser: false` needs none; `engines` names those that can; `quiet: false` leaves out the check that every other case ends
 * with: an empty console, no storage, no request.
 */
export const cases = [
  ...size, ...offline, ...walks, ...keyboard, ...agreement, ...switches, ...focus, ...early, ...tools, ...record, ...own, ...approvals, ...ipdas, ...session, ...host, ...fault, ...layout, ...print,
  ...accessibility, ...served, ...embed,
];
