// What reaches beyond the right edge of the screen and does not scroll by itself.
const edge = document.documentElement.clientWidth;
if (document.documentElement.scrollWidth <= edge) return [];
const scrolls = e => e && (getComputedStyle(e).overflowX !== "visible" || scrolls(e.parentElement));
return [...document.body.querySelectorAll("*")]
  .filter(e => e.getBoundingClientRect().right > edge + 0.5 && !scrolls(e.parentElement))
  .map(e => `${Math.round(e.getBoundingClientRect().right)} of ${edge} pixels: ${e.localName} ${e.className}`)
  .concat(`in all ${document.documentElement.scrollWidth} of ${edge} pixels`);
