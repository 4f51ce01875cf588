// What is wrong with a page whose scripts do not run: controls that do nothing, texts that are not shown.
const told = e => `${e.localName} ${e.getAttribute("class") ?? ""} "${e.textContent.trim().slice(0, 30)}"`;
document.querySelectorAll("details").forEach(d => d.open = true);
const dead = "button, select, textarea, input:not([type=radio], [type=checkbox]), [role=button], [role=tab]";
const texts = "p, pre, table, li, dt, dd, figcaption, h1, h2, h3, svg";
return [
  ...[...document.querySelectorAll(dead)].filter(e => e.checkVisibility()).map(e => `does nothing: ${told(e)}`),
  ...[...document.querySelectorAll(`main :is(${texts})`)]
    // an answer's reason waits for the answer; the outline is shorter on a phone; what only a script can do
    .filter(e => !e.checkVisibility() && !e.closest(".why, nav, .read, .seek, .start"))
    .map(e => `not shown: ${told(e)}`),
  ...document.documentElement.classList.contains("js") ? ["a script ran"] : [],
];
