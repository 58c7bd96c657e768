import type { Screen } from "../../state/screens.ts";
import { GroupScreen } from "../group/view.tsx";
import { OptionsPanel } from "../panel/view.tsx";
import { AnswersBelow, QuestionScreen } from "../question/view.tsx";

/** What is asked, with the options beside it: they stay while one question gives way to the next. */
export function AskingScreen({ screen }: { screen: Extract<Screen, { name: "question" | "group" }> }) {
  return (
    <div class="beside">
      <div class="beside-main">
        {screen.name === "question"
          ? <QuestionScreen key={screen.fact} fact={screen.fact} />
          : <GroupScreen key={screen.group} id={screen.group} />}
        <AnswersBelow />
      </div>
      <OptionsPanel />
    </div>
  );
}
