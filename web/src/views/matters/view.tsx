import { mattersItems, whatMattersMost } from "../../state/matters.ts";
import { usePage } from "../page.ts";
import "./view.css";

const weights = [1, 2, 3, 4, 5] as const;

/** An exercise, not a test: no default, no sum, nothing has to be rated. */
export function MattersScreen() {
  const { state, t, send } = usePage();
  const rated = Object.keys(state.matters).length;
  return (
    <>
      <h1 tabIndex={-1}>{t("matters.title")}</h1>
      <p class="lead">{t("matters.intro")}</p>
      <form class="matters" noValidate onSubmit={(event) => event.preventDefault()}>
        {mattersItems.map(({ id }) => (
          <fieldset class="matter" key={id} data-matter={id}>
            <legend>{t(`matters.items.${id}`)}</legend>
            <div class="matter-scale">
              {weights.map((weight) => (
                <label class="matter-step" key={weight}>
                  <input type="radio" name={`matters-${id}`} value={weight} checked={state.matters[id] === weight}
                    onChange={() => send({ type: "mattersRated", item: id, weight })} />
                  <span>{t(`matters.weights.${weight}`)}</span>
                </label>
              ))}
              <label class="matter-step">
                <input type="radio" name={`matters-${id}`} value={0} checked={state.matters[id] === 0}
                  onChange={() => send({ type: "mattersRated", item: id, weight: 0 })} />
                <span>{t("matters.skip")}</span>
              </label>
            </div>
          </fieldset>
        ))}
        <label class="matter-goal">
          <span>{t("matters.goal")}</span>
          <textarea rows={3} value={state.goal} onInput={(event) => send({ type: "goalWritten", goal: event.currentTarget.value })} />
        </label>
      </form>
      <section aria-live="polite" class="matters-most">
        <h2>{t("matters.most")}</h2>
        <MattersMost />
        {rated > 0 && <p>{t("matters.mirror")}</p>}
      </section>
      <p class="buttons">
        <a class="button" href="#/compare">{t("compare.title")}</a>
        <a class="button button-quiet" href="#/options">{t("matters.toOptions")}</a>
        <a class="button button-quiet" href="#/plan">{t("options.next")}</a>
      </p>
    </>
  );
}

export function MattersMost() {
  const { state, t } = usePage();
  const most = whatMattersMost(state.matters);
  if (most.length === 0 && !state.goal) return <p class="soft">{t("matters.nothing")}</p>;
  return (
    <ul>
      {most.map(({ id }) => (
        <li key={id}>{t(`matters.items.${id}`)} <span class="soft">({t(`matters.weights.${(state.matters[id] ?? 5) as 4 | 5}`)})</span></li>
      ))}
      {state.goal && <li class="goal">{state.goal}</li>}
    </ul>
  );
}
