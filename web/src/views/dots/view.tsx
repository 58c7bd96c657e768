// A hundred abstract dots: discs for those it happened to, points for the others. Shape tells them apart, not colour alone.
import { useWords } from "../page.ts";
import "./view.css";

const place = (index: number) => `M${(index % 10) * 10 + 5} ${Math.floor(index / 10) * 10 + 5}h0`;
const places = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => place(from + index)).join("");

/** `count` of 100, filled row by row. */
export function Dots({ count }: { count: number }) {
  const whole = Math.min(100, Math.max(0, Math.round(count)));
  return (
    <svg class="dots" viewBox="0 0 100 100" aria-hidden="true" focusable="false">
      <path class="dots-with" d={places(0, whole)} />
      <path class="dots-without" d={places(whole, 100)} />
    </svg>
  );
}

/** "44 of 100" and "56 of 100 not", with the dots; the name of the group above. */
export function OfHundred({ name, count, lead = false }: { name: string; count: number | null; lead?: boolean }) {
  const { t } = useWords();
  if (count === null) return null;
  const whole = Math.round(count);
  return (
    <figure class={lead ? "of-hundred of-hundred-lead" : "of-hundred"} data-of-hundred={whole}>
      <Dots count={count} />
      <figcaption>
        <span class="of-hundred-name">{name}</span>
        <b>{count > 0 && count < 0.5 ? t("numbers.underOne") : t("numbers.ofHundred", { count: whole })}</b>
        <span>{t("numbers.restOfHundred", { count: 100 - whole })}</span>
      </figcaption>
    </figure>
  );
}
