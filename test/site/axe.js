// Runs axe-core in a page whose details are unfolded; its rules beside contrast are run on it folded if the argument
// says so, which makes no difference for most. Changes the page: comes last.
const [fold, done] = arguments;
const run = (where, options) => axe.run(where, { preload: false, resultTypes: ["violations"], ...options });
const rules = { "color-contrast": { enabled: false }, "target-size": { enabled: true } };
const kind = e => e === document.body ? "" : `${kind(e.parentElement)} ${e.localName}.${e.getAttribute("class") ?? ""}`;

// Contrast by the first text of each kind: by all of them it takes ten times as long, and faint.js looks at all.
const contrast = () => {
  const kinds = new Map();
  for (const e of document.body.querySelectorAll("*")) {
    const isText = e.childElementCount === 0 && e.textContent.trim() && e.checkVisibility();
    if (isText && !kinds.has(kind(e))) kinds.set(kind(e), e);
  }
  return run({ include: [...kinds.values()] }, { runOnly: ["color-contrast"] });
};
// All else without the colours of code, half of a page's elements: they mean nothing to other rules.
const others = () => {
  document.querySelectorAll("pre code").forEach(code => code.textContent = code.textContent);
  if (fold) document.querySelectorAll("details").forEach(d => d.open = false);
  return run(document, { rules });
};
const told = rule => rule.nodes.map(node => `${rule.id}: ${node.target} ${node.html.slice(0, 100)}: ${
  [...node.any, ...node.all, ...node.none].map(check => check.message).join("; ")}`);
const all = async () => [await contrast(), await others()];
all().then(results => done({
  violations: [...new Set(results.flatMap(r => r.violations).flatMap(told))],
  passed: results.flatMap(r => r.passes).map(rule => rule.id),
}), e => done({ violations: [`axe itself: ${e.stack}`], passed: [] }));
