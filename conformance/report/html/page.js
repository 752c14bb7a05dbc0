// Puts the page together.

readAddress();
showVerdict();
showRuns();
showChanges();
showFailures();
showFolded("warnings", "Warnings", (defect) => !defect.red && defect.status !== "known");
showMatrix();
showFolded("known", "Known failures", (defect) => defect.status === "known");
showBackground();
showConditions();
readyPanel();

// On paper everything is unfolded, and folded again afterwards.
let unfolded = [];
addEventListener("beforeprint", () => {
  unfolded = [...document.querySelectorAll("main details:not([open])")];
  for (const details of unfolded) details.open = true;
});
addEventListener("afterprint", () => {
  for (const details of unfolded) details.open = false;
});
