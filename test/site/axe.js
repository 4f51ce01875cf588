// Runs axe-core's rules, and its rule on contrast on the first text of each kind: on every text it takes ten times
// as long, and faint.js, which is stricter, looks at them all.
const done = arguments[arguments.length - 1];
const kinds = new Map();
const kind = e => e === document.body ? "" : `${kind(e.parentElement)} ${e.localName}.${e.getAttribute("class") ?? ""}`;
for (const e of document.body.querySelectorAll("*")) {
  const isText = e.childElementCount === 0 && e.textContent.trim() && e.checkVisibility();
  if (isText && !kinds.has(kind(e))) kinds.set(kind(e), e);
}
const whole = {
  preload: false, resultTypes: ["violations"],
  rules: { "color-contrast": { enabled: false }, "target-size": { enabled: true } },
};
const contrast = { preload: false, resultTypes: ["violations"], runOnly: ["color-contrast"] };
const told = rule => rule.nodes.map(node => `${rule.id}: ${node.target} ${node.html.slice(0, 100)}: ${
  [...node.any, ...node.all, ...node.none].map(check => check.message).join("; ")}`);
axe.run(document, whole)
  .then(async most => [most, await axe.run({ include: [...kinds.values()] }, contrast)])
  .then(both => done({
    violations: both.flatMap(results => results.violations).flatMap(told),
    passed: both.flatMap(results => results.passes).map(rule => rule.id),
  }), e => done({ violations: [`axe itself: ${e.stack}`], passed: [] }));
