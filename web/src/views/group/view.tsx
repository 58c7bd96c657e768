import type { FactDescription } from "engine-module";
import { useRef } from "preact/hooks";
import { askedInGroup, nextStep } from "../../state/choose.ts";
import type { State } from "../../state/state.ts";
import { usePage } from "../page.ts";
import { Paragraphs } from "../prose/view.tsx";
import { Choices, StepButtons, StepsLeft, Why } from "../question/view.tsx";
import "./view.css";

/**
 * Several questions on one screen. An empty box says nothing: only "none of these" says no. Questions that keep all their
 * answers have no box; where there are only such, one touch says that none is known.
 */
export function GroupScreen({ id }: { id: string }) {
  const { state, t, text, send } = usePage();
  const group = state.description.groups.find((group) => group.id === id);
  // What has once been on this screen stays while one is here, so that nothing jumps away under the finger.
  const shown = useRef<Set<string>>(new Set());
  if (!group) return null;
  for (const fact of askedInGroup(state, group)) shown.current.add(fact);
  const members = group.facts.filter(({ fact }) => shown.current.has(fact));
  const facts = members.map(({ fact }) => fact);
  const boxes = members.flatMap(({ fact, none }) => none === null ? [] : [{ fact, none }]);
  const unticked = untickedFacts(state, boxes);
  const restIsNone = unticked.length > 0 && unticked.every(({ fact, none }) => state.facts[fact]?.[0] === none);
  const someTicked = unticked.length < boxes.length;
  const left = facts.filter((fact) => state.facts[fact] === undefined);
  const none = group.none_of_these ? text(group.none_of_these) : t("group.none");
  const noneKnown = group.none_of_these ? text(group.none_of_these) : t("group.noneKnown");
  const someKnown = left.length < facts.length;
  return (
    <form class="card question" noValidate data-group={id} onSubmit={(event) => {
      event.preventDefault();
      send({ type: "groupLeft", facts: left, next: nextStep({ ...state, leftOpen: [...state.leftOpen, ...left] }) });
    }}>
      <StepsLeft />
      <h1 tabIndex={-1}>{text(group.title)}</h1>
      {group.intro && <Paragraphs text={text(group.intro)} />}
      {(boxes.length > 0 || members.length === 0) && <p class="hint">{t("group.hint")}</p>}
      {members.length === 0 && <p>{t("group.nothing")}</p>}
      {members.map((member) => {
        const described = state.description.facts[member.fact];
        return described
          && <Member key={member.fact} {...member} described={described} restIsNone={restIsNone} />;
      })}
      {boxes.length > 0 && <label class="choice choice-not-sure">
        <input type="checkbox" data-none={id} checked={restIsNone} disabled={unticked.length === 0}
          onChange={(event) =>
            send({ type: "restOfGroupIsNone", group: id, facts, none: event.currentTarget.checked })} />
        <span>{someTicked || members.length < group.facts.length ? t(someTicked ? "group.noneOfOthers" : "group.none") : none}</span>
      </label>}
      {boxes.length === 0 && members.length > 0 && <NoneKnown id={id} open={left} words={someKnown ? t("group.noneKnownOfOthers") : noneKnown} />}
      <StepButtons />
    </form>
  );
}

function NoneKnown({ id, open, words }: { id: string; open: string[]; words: string }) {
  const { state, send } = usePage();
  return (
    <label class="choice choice-not-sure">
      <input type="checkbox" data-none={id} disabled={open.length === 0}
        checked={open.length > 0 && open.every((fact) => state.notSure.includes(fact))}
        onChange={(event) => send({ type: "restNotKnown", facts: open, notKnown: event.currentTarget.checked })} />
      <span>{words}</span>
    </label>
  );
}

interface Box { fact: string; none: string }

function untickedFacts(state: State, boxes: Box[]): Box[] {
  return boxes.filter(({ fact, none }) => {
    const given = state.facts[fact];
    return given === undefined || (given.length === 1 && given[0] === none);
  });
}

interface MemberProps { fact: string; none: string | null; described: FactDescription; restIsNone: boolean }

function Member({ fact, none, described, restIsNone }: MemberProps) {
  const { state, text, send } = usePage();
  const others = described.values.filter((value) => value.id !== none).map((value) => value.id);
  if (none === null || others.length > 1) {
    return (
      <div class="member">
        <Choices fact={fact} described={described} compact={described.effort === "test"} legend={<h2>{text(described.question)}</h2>} />
        <Why fact={fact} described={described} />
      </div>
    );
  }
  const value = others[0] ?? "";
  return (
    <fieldset class="member" data-fact={fact}>
      <legend class="visually-hidden">{text(described.title)}</legend>
      <label class="choice">
        <input type="checkbox" name={fact} value={value} checked={state.facts[fact]?.includes(value) ?? false}
          onChange={(event) => {
            if (event.currentTarget.checked) send({ type: "factAnswered", fact, values: [value] });
            else if (restIsNone) send({ type: "factAnswered", fact, values: [none] });
            else send({ type: "factCleared", fact });
          }} />
        <span>{text(described.title)}<span class="choice-more">{text(described.question)}</span></span>
      </label>
      <Why fact={fact} described={described} />
    </fieldset>
  );
}
