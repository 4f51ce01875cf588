// What a page that has loaded is like; for an executeAsyncScript.
const done = arguments[arguments.length - 1];
const told = e => `${e.localName} ${e.getAttribute("class") ?? ""} ${e.id}`;
const all = [...document.querySelectorAll("*")];
const inline = all.filter(e => e.matches("script:not([src]), style, [style], [href^='javascript:'], [src^='data:']")
  || e.getAttributeNames().some(name => name.startsWith("on")));
const moves = (e, part) => {
  const style = getComputedStyle(e, part);
  return style.animationName !== "none" || style.scrollBehavior === "smooth"
    || style.transitionDuration.split(",").some(seconds => parseFloat(seconds) > 0.001);
};
const moving = () => matchMedia("(prefers-reduced-motion: reduce)").matches
  ? all.filter(e => moves(e) || moves(e, "::before") || moves(e, "::after") || e.getAnimations().length > 0) : [];
watched.settled().then(() => done({
  policy: watched.policy,
  shifts: watched.shifts,
  inline: inline.map(told),
  moving: [...new Set(moving().map(told))],
  scripts: performance.getEntriesByType("resource").filter(r => r.initiatorType === "script")
    .reduce((bytes, r) => bytes + r.decodedBodySize, 0),
}));
