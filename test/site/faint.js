// Texts whose contrast with their background is below 4.5 (WCAG 2.2, level AA), each with its ratio.
const parse = css => {
  const n = css.match(/[\d.]+/g).map(Number);
  const rgb = css.startsWith('color(') ? n.slice(0, 3).map(v => v * 255) : n.slice(0, 3);
  return { rgb, alpha: n.length > 3 ? n[3] : 1 };
};
const luminance = rgb => {
  const [r, g, b] = rgb.map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const ratio = (a, b) => {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
};
const behind = element => {
  for (let e = element; e; e = e.parentElement) {
    const { rgb, alpha } = parse(getComputedStyle(e).backgroundColor);
    if (alpha === 1) return rgb;
  }
  return [255, 255, 255];
};
const faint = [];
const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT, t => t.data.trim() ? 1 : 2);
while (texts.nextNode()) {
  const element = texts.currentNode.parentElement;
  if (!element.checkVisibility() || element.matches('.mark, .inside')) continue; // a picture; within a bar
  const style = getComputedStyle(element);
  const contrast = ratio(parse(element.closest('svg') ? style.fill : style.color).rgb, behind(element));
  if (contrast < 4.5) faint.push(`${contrast.toFixed(2)} ${element.className.baseVal ?? element.className}: ${texts.currentNode.data.trim().slice(0, 40)}`);
}
return [...new Set(faint)];
