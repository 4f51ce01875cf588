// Shows the line that made a promise: the code of a check is marked while the reader is on the check.
{
  const marked = globalThis.Highlight && CSS.highlights ? new Highlight() : null;

  // From the call's first line to the end of its statement.
  const statement = (code, line) => {
    const lines = code.textContent.split("\n");
    while (line > 0 && !lines[line]?.includes("check(")) line--; // markers of regions are not shown, but counted
    let last = line;
    while (last < lines.length - 1 && !lines[last].endsWith(";")) last++;
    const start = lines.slice(0, line).join("\n").length + (line && 1) + lines[line].search(/\S|$/);
    return range(code, start, lines.slice(0, last + 1).join("\n").length);
  };

  const range = (code, start, end) => {
    const found = document.createRange();
    const texts = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);
    for (let at = 0, text; (text = texts.nextNode()); at += text.length) {
      if (start >= at && start <= at + text.length) found.setStart(text, start - at);
      if (end <= at + text.length) {
        found.setEnd(text, end - at);
        break;
      }
    }
    return found;
  };

  const show = e => {
    marked.clear();
    const check = e.target.closest?.(".checks li");
    const code = check?.closest(".cell").querySelector(".code > code");
    if (!code) return;
    const number = text => Number(text.match(/\d+$/));
    const first = number(code.closest(".cell").querySelector("figcaption .where").textContent);
    const line = number(check.querySelector(".where").textContent) - first;
    if (line >= 0 && line < code.textContent.split("\n").length + 9) marked.add(statement(code, line));
  };

  if (marked) {
    CSS.highlights.set("promise", marked);
    addEventListener("pointerover", show);
    addEventListener("focusin", show);
  }
}
