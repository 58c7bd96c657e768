import { usePage } from "../page.ts";

/** In place of a screen that needs the guideline, while it is being read. */
export function ReadingScreen() {
  const { t } = usePage();
  return (
    <>
      <h1 tabIndex={-1}>{t("reading.title")}</h1>
      <p class="lead" role="status" data-reading>{t("reading.body")}</p>
    </>
  );
}
