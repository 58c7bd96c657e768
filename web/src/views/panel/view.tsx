import { NoOptions } from "../notices/view.tsx";
import { canShow, MaybeStopped, OptionGroups } from "../options/view.tsx";
import { usePage } from "../page.ts";
import "./view.css";

/** The options beside the questions, from the first answer on. */
export function OptionsPanel() {
  const { state, t } = usePage();
  const { result } = state;
  const begun = Object.keys(state.facts).length > 0;
  return (
    <aside class="panel" aria-labelledby="panel-title">
      <h2 id="panel-title">{t("options.soFar")}</h2>
      {state.reading && begun ? <p class="soft">{t("reading.options")}</p> : !canShow(result)
        ? <NoOptions />
        : begun
          ? <>
              <MaybeStopped result={result} />
              {result.decisions.map((decision) => (
                <section class="panel-decision" key={decision.id} aria-labelledby={`panel-${decision.id}`}>
                  <h3 id={`panel-${decision.id}`}>{decision.title}</h3>
                  <OptionGroups decision={decision} level={4} />
                </section>
              ))}
              <p><a class="button button-quiet" href="#/options">{t("options.seeAll")}</a></p>
            </>
          : <p class="soft">{t("options.before")}</p>}
    </aside>
  );
}
