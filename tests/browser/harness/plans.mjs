/** Opens a plan of one's own, as the reader does. */
export const openPlan = (visit, text) => visit.evaluate((text) => {
  const files = new DataTransfer();
  files.items.add(new File([text], "plan.json", { type: "application/json" }));
  const input = document.querySelector(".open-plan input");
  input.files = files.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}, text);
