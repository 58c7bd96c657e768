// One answer on trial: what would appear, disappear and change, while the real answers stay as they are.
import { useState } from "preact/hooks";
import { answeredFacts } from "../../state/choose.ts";
import { changesBetween, sortChanges, standings, type OptionChange } from "../../state/compare.ts";
import { sameValues, usePage } from "../page.ts";
import "./view.css";

export function WhatIfScreen() {
  const { state, t, text, send, factTitle } = usePage();
  const [picked, setPicked] = useState("");
  const tried = Object.keys(state.trial?.facts ?? {})[0];
  const fact = tried ?? picked;
  const described = state.description.facts[fact];
  const answered = answeredFacts(state);
  const open = state.result?.missing.map((item) => item.fact) ?? [];
  const choose = (next: string) => {
    setPicked(next);
    if (state.trial) send({ type: "trialDropped" });
  };
  return (
    <>
      <h1 tabIndex={-1}>{t("whatif.title")}</h1>
      <p class="lead">{t("whatif.intro")}</p>
      <label class="trial-fact">
        <span>{t("whatif.which")}</span>
        <select data-trial-fact value={fact} onChange={(event) => choose(event.currentTarget.value)}>
          <option value="">{t("compare.choose")}</option>
          {[["whatif.answered", answered] as const, ["whatif.open", open] as const].map(([label, facts]) => facts.length > 0 && (
            <optgroup key={label} label={t(label)}>
              {facts.map((one) => <option key={one} value={one}>{factTitle(one)}</option>)}
            </optgroup>
          ))}
        </select>
      </label>
      {described && (
        <fieldset class="trial-values" data-trial={fact}>
          <legend>{text(described.question)}</legend>
          {[...described.values.map(({ id, text }) => ({ values: [id], text })), ...described.partial].map((choice) => {
            const real = sameValues(state.facts[fact] ?? [], choice.values);
            return (
              <label class="choice" key={choice.values.join()}>
                <input type="radio" name={`trial-${fact}`} value={choice.values.join()}
                  checked={tried ? sameValues(state.trial?.facts[fact] ?? [], choice.values) : false}
                  onChange={() => send({ type: "tried", fact, values: choice.values })} />
                <span>{text(choice.text)}{real && <span class="choice-more">{t("whatif.now")}</span>}</span>
              </label>
            );
          })}
        </fieldset>
      )}
      <div aria-live="polite">{state.trial?.result && <Outcome />}</div>
      <p class="onward"><a class="button button-quiet" href="#/options" data-action="options">{t("compare.back")}</a></p>
    </>
  );
}

function Outcome() {
  const { state, t, send } = usePage();
  const { trial, result } = state;
  if (!trial?.result || !result) return null;
  const stopped = trial.result.stops.some(({ holds }) => holds === "yes");
  const changes = trial.result.contradiction ? [] : changesBetween(standings(result), standings(trial.result));
  return (
    <section class="outcome" data-outcome>
      <h2>{t("whatif.outcome")}</h2>
      {trial.result.contradiction
        ? <p>{t("whatif.contradiction")}</p>
        : <>
            {stopped && <p>{t("stop.title")}.</p>}
            {changes.length === 0 && <p>{t("whatif.same")}</p>}
            <ChangeLists changes={changes} />
          </>}
      <div class="buttons">
        <button type="button" class="button" data-action="keep" disabled={trial.result.contradiction !== undefined}
          onClick={() => send({ type: "trialKept" })}>{t("whatif.keep")}</button>
        <button type="button" class="button button-quiet" data-action="drop"
          onClick={() => send({ type: "trialDropped" })}>{t("whatif.drop")}</button>
      </div>
    </section>
  );
}

export function ChangeLists({ changes }: { changes: OptionChange[] }) {
  const { t, optionTitle, standing } = usePage();
  const sets = sortChanges(changes);
  return (
    <>
      {(["appear", "disappear", "change"] as const).map((name) => sets[name].length > 0 && (
        <div class="change-set" key={name} data-changes={name}>
          <h3>{t("options.count", { title: t(`whatif.${name}`), count: sets[name].length })}</h3>
          <ul>
            {sets[name].map(({ option, before, after }) => (
              <li key={option}>
                <b>{optionTitle(option)}</b>{" "}
                <span class="soft">
                  {name === "appear" && standing(after)}
                  {name === "disappear" && t("whatif.was", { before: standing(before) })}
                  {name === "change" && t("whatif.fromTo", { before: standing(before), after: standing(after) })}
                </span>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </>
  );
}
