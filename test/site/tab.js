// Prepares for a walk by the Tab key: `tabbed` is told of each element that gets the focus. Returns how many must.
const reach = "a[href], button, input, select, textarea, summary, [tabindex], [contenteditable]";
const group = new Set();
const first = e => e.type !== "radio" || e.checked || !(group.has(e.name) || !group.add(e.name));
const stops = [...document.querySelectorAll(reach)].filter(e =>
  e.tabIndex >= 0 && !e.disabled && e.checkVisibility({ visibilityProperty: true }) && first(e));
const told = e => `${e.localName} ${e.getAttribute("class") ?? ""} "${e.textContent.trim().slice(0, 30)}"`;
const looks = e => [e, e.parentElement, e.nextElementSibling].filter(Boolean).map(near => {
  const { outline, boxShadow, backgroundColor, color, borderColor, textDecorationLine } = getComputedStyle(near);
  return [outline, boxShadow, backgroundColor, color, borderColor, textDecorationLine];
}).join("|");
const before = new Map(stops.map(e => [e, looks(e)]));
const reached = [];
const unmarked = [];
document.addEventListener("focusin", ({ target }) => {
  if (!before.has(target) || reached.includes(target)) return;
  reached.push(target);
  if (looks(target) === before.get(target)) unmarked.push(target);
});
window.tabbed = () => [
  ...stops.filter(e => e.tabIndex > 0).map(e => `out of order: ${told(e)}`),
  ...stops.filter(e => !reached.includes(e)).map(e => `not reached: ${told(e)}`),
  ...reached.filter((e, i) => i > 0 && reached[i - 1].compareDocumentPosition(e) & Node.DOCUMENT_POSITION_PRECEDING)
    .map(e => `comes too late: ${told(e)}`),
  ...unmarked.map(e => `shows no focus: ${told(e)}`),
];
return stops.length;
