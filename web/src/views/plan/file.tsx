// One local file, written and read only when the reader asks for it.
import { useRef, useState } from "preact/hooks";
import { planFrom, planText } from "../../state/plan-file.ts";
import { usePage } from "../page.ts";

export function SavePlan() {
  const { state, t, today } = usePage();
  function save(): void {
    const address = URL.createObjectURL(new Blob([planText(state, today)], { type: "application/json" }));
    const link = document.createElement("a");
    link.href = address;
    link.download = `waymark-${today}.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
  }
  return <button type="button" class="button button-quiet" data-action="save" onClick={save}>{t("file.save")}</button>;
}

export function OpenPlan() {
  const { t, session } = usePage();
  const input = useRef<HTMLInputElement>(null);
  const [wrong, setWrong] = useState(false);
  async function open(file: File | undefined): Promise<void> {
    if (!file) return;
    const plan = file.size < 2_000_000 ? planFrom(await file.text()) : null;
    setWrong(plan === null);
    if (plan) session.openPlan(plan);
    if (input.current) input.current.value = "";
  }
  return (
    <div class="open-plan no-print">
      <label>
        <span>{t("file.open")}</span>
        <input type="file" accept="application/json,.json" ref={input} data-action="open"
          onChange={(event) => void open(event.currentTarget.files?.[0])} />
      </label>
      {wrong && <p class="form-error" role="alert">{t("file.wrong")}</p>}
    </div>
  );
}
