// What is wrong with a page whose scripts do not run: controls that do nothing, texts that are not shown.
const told = e => `<${e.localName} class="${e.getAttribute("class") ?? ""}" id="${e.id}"> ${e.textContent.trim().slice(0, 30)}`;
document.querySelectorAll("details").forEach(d => d.open = true);
const dead = "button, select, textarea, input:not([type=radio]), [role=button], [role=tab], [role=switch], [contenteditable]";
const texts = "p, pre, table, li, dt, dd, figcaption, h1, h2, h3, svg";
return [
  ...[...document.querySelectorAll(dead)].filter(e => e.checkVisibility()).map(e => `does nothing: ${told(e)}`),
  ...[...document.querySelectorAll(`main :is(${texts})`)]
    .filter(e => !e.checkVisibility() && !e.closest(".why, nav")) // a reason waits for an answer; a phone's outline is short
    .map(e => `not shown: ${told(e)}`),
  ...document.documentElement.classList.contains("js") ? ["a script ran"] : [],
];
