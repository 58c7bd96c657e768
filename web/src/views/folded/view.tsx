import type { ComponentChild } from "preact";
import { useState } from "preact/hooks";

interface FoldedProps {
  class?: string;
  summary: ComponentChild;
  /** Once opened, what is inside stays drawn, and with it what is open in there. */
  stays?: boolean;
  children: () => ComponentChild;
}

/** Closed, it draws nothing of what is inside: of a hundred options and a screen of questions that would be most of the page. */
export function Folded({ class: name, summary, stays = false, children }: FoldedProps) {
  const [open, setOpen] = useState(false);
  return (
    <details class={name} onToggle={({ currentTarget: details }) => setOpen((was) => details.open || (stays && was))}>
      <summary>{summary}</summary>
      {open && children()}
    </details>
  );
}
