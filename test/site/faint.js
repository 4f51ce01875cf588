// Texts whose contrast with their background is below 4.5 (WCAG 2.2, level AA), each with its ratio. It looks at every
// text, those in drawings and beyond the edge of what scrolls too, of which axe-core says that it cannot tell.
const parse = css => {
  const n = css.match(/[\d.]+/g).map(Number);
  const rgb = css.startsWith('color(') ? n.slice(0, 3).map(v => v * 255) : n.slice(0, 3);
  return { rgb, alpha: n.length > 3 ? n[3] : 1 };
};
const over = ({ rgb, alpha }, ground) => rgb.map((v, i) => v * alpha + ground[i] * (1 - alpha));
const luminance = rgb => {
  const [r, g, b] = rgb.map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const ratio = (a, b) => {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
};
const behind = element => {
  if (!element) return [255, 255, 255];
  const layer = parse(getComputedStyle(element).backgroundColor);
  return layer.alpha === 1 ? layer.rgb : over(layer, behind(element.parentElement));
};
const opacity = element => element ? getComputedStyle(element).opacity * opacity(element.parentElement) : 1;
const boxBehind = text => { // in a drawing: the last box that was drawn before it and holds its middle
  const { left, right, top, bottom } = text.getBoundingClientRect();
  const [x, y] = [(left + right) / 2, (top + bottom) / 2];
  return [...text.ownerSVGElement.querySelectorAll('rect')].filter(rect => {
    const box = rect.getBoundingClientRect();
    return rect.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING
      && getComputedStyle(rect).fill !== 'none'
      && box.left <= x && x <= box.right && box.top <= y && y <= box.bottom;
  }).at(-1);
};
const faint = [];
const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT, t => t.data.trim() ? 1 : 2);
while (texts.nextNode()) {
  const element = texts.currentNode.parentElement;
  const style = getComputedStyle(element);
  if (!element.checkVisibility() || style.fontSize === '0px') continue; // a mark: a picture stands for the word
  const box = element.ownerSVGElement && boxBehind(element);
  const ground = box ? over(parse(getComputedStyle(box).fill), behind(element)) : behind(element);
  const ink = parse(element.ownerSVGElement ? style.fill : style.color);
  const contrast = ratio(over({ rgb: ink.rgb, alpha: ink.alpha * opacity(element) }, ground), ground);
  if (contrast < 4.5) {
    faint.push(`${contrast.toFixed(2)} ${element.getAttribute('class') ?? element.localName}: ${
      texts.currentNode.data.trim().slice(0, 40)}`);
  }
}
return [...new Set(faint)];
