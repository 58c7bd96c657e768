import { stepsAhead } from "../../state/choose.ts";
import { GuidelineFacts } from "../about/view.tsx";
import { UrgentHelp } from "../urgent/view.tsx";
import { TrailPicture } from "../marks/view.tsx";
import { usePage } from "../page.ts";
import { GuidelineSwitch } from "../guidelines/view.tsx";
import { MovedNotice } from "../moved/view.tsx";
import { OpenPlan } from "../plan/file.tsx";
import { Paragraphs } from "../prose/view.tsx";
import "./view.css";

export function StartScreen() {
  const { state, t, text } = usePage();
  const { guideline } = state.description;
  const left = stepsAhead(state).length;
  const begun = Object.keys(state.facts).length + state.notSure.length > 0;
  return (
    <div class="start">
      <MovedNotice />
      <div class="start-opening">
        <div>
          <p class="eyebrow">{t("start.eyebrow")}</p>
          <h1 tabIndex={-1}>{text(guideline.title)}</h1>
          <div class="lead"><Paragraphs text={text(guideline.summary)} /></div>
          <div class="buttons">
            <a class="button button-large" href="#/questions" data-action="begin">
              {t(begun ? "start.resume" : "start.begin")}
            </a>
            <a class="button button-quiet button-large" href="#/options">{t("start.seeOptions")}</a>
          </div>
          <p class="soft">{left > 0 ? t("start.about", { count: left }) : t("start.noQuestions")}</p>
        </div>
        <div class="start-side">
          <TrailPicture />
          <UrgentHelp />
        </div>
      </div>
      <div class="start-columns">
        <section>
          <h2>{t("start.isTitle")}</h2>
          <ul class="bars">
            <li>{t("start.isAsk")}</li>
            <li>{t("start.isShow")}</li>
            <li>{t("start.isTalk")}</li>
          </ul>
          <h2>{t("start.privateTitle")}</h2>
          <p>{t("start.private")}</p>
        </section>
        <section>
          <h2>{t("start.notTitle")}</h2>
          <ul class="crosses">
            <li>{t("start.notAdvice")}</li>
            <li>{t("start.notKnow")}</li>
            <li>{t("start.notAll")}</li>
          </ul>
          <Paragraphs text={text(guideline.disclaimer)} />
        </section>
      </div>
      <section class="start-who">
        <h2>{t("start.whoTitle")}</h2>
        <GuidelineFacts fingerprint={false} />
        <p><a href="#/about">{t("start.more")}</a></p>
        {!state.reading && (
          <>
            <OpenPlan />
            <p><a href="#/record" data-action="record">{t("record.open")}</a></p>
            <GuidelineSwitch />
          </>
        )}
      </section>
    </div>
  );
}
