// The keys of every page. Each does what a button or a link does; `?` lists them and switches them off.
{
  const root = document.documentElement;
  const places = {
    "/": ".tools .search", "t": ".tools .theme", "?": ".tools .help",
    "ArrowLeft": "a[rel=prev]", "ArrowRight": "a[rel=next]",
  };
  const takesLetters = `input:not([type=radio], [type=checkbox], [type=range], [type=button]), textarea, select,
    [contenteditable], [role=textbox], [role=combobox], [role=listbox], [role=menu], [role=tree], [role=grid]`;
  const leavesArrows = "body, main, a[href]:not([role]), button:not([role]), summary"; // all else may use them itself
  const usesArrows = "[role=tablist], [role=toolbar], [role=radiogroup], [role=menu], [role=application]";
  const control = /Mac|iP/.test(navigator.platform) ? "⌘" : "Ctrl";

  const show = on => root.dataset.keys = on ? "on" : "off";

  const showStored = () => {
    let stored = root.dataset.keys;
    try { stored = localStorage.getItem("keys"); } catch { /* a browser may refuse it */ }
    show(stored !== "off");
  };

  const isFree = ({ key, target }) => key.startsWith("Arrow")
    ? target.matches(leavesArrows) && !target.closest(usesArrows) : !target.closest(takesLetters);

  const place = event => {
    if (event.defaultPrevented || event.isComposing || event.repeat || document.querySelector("dialog:modal")) return;
    const withControl = event.ctrlKey || event.metaKey;
    if (event.key.toLowerCase() === "k" && withControl && !event.altKey && !event.shiftKey) return places["/"];
    if (withControl || event.altKey || root.dataset.keys === "off" || !isFree(event)) return;
    if (event.shiftKey && /^\w/.test(event.key)) return; // a sign may need it, a letter or an arrow does not
    return places[event.key];
  };

  const help = () => {
    document.body.insertAdjacentHTML("beforeend", `<dialog class="sheet help" aria-label="Keys">
      <header><h2>Keys</h2><button type="button" aria-label="Close">×</button></header>
      <dl>
        <div><dt><kbd>/</kbd> <span>or</span> <kbd>${control}</kbd> <kbd>K</kbd></dt><dd>Search everything</dd></div>
        <div class="reading"><dt><kbd>←</kbd> <kbd>→</kbd></dt><dd>Previous and next lesson</dd></div>
        <div class="presenting"><dt><kbd>←</kbd> <kbd>→</kbd> <kbd>Space</kbd></dt><dd>Back and forward</dd></div>
        <div class="presenting"><dt><kbd>1</kbd> <span>to</span> <kbd>4</kbd></dt><dd>Answer a prediction</dd></div>
        <div class="presenting"><dt><kbd>n</kbd> <kbd>h</kbd></dt><dd>The note; what is under the hood</dd></div>
        <div class="presenting"><dt><kbd>p</kbd></dt><dd>Leave the presentation</dd></div>
        <div class="reading"><dt><kbd>←</kbd> <kbd>→</kbd></dt><dd>Step through a diagram that has the focus</dd></div>
        <div class="reading"><dt><kbd>p</kbd></dt><dd>Present a lesson</dd></div>
        <div><dt><kbd>t</kbd></dt><dd>Theme: auto, light or dark</dd></div>
        <div><dt><kbd>?</kbd></dt><dd>This list</dd></div>
        <div><dt><kbd>Esc</kbd></dt><dd>Close</dd></div>
      </dl>
      <label><input type="checkbox"><span>Use single keys <small>(${control} K always works)</small></span></label>
    </dialog>`);
    const dialog = document.body.lastElementChild;
    const box = dialog.querySelector("input");
    box.addEventListener("change", () => {
      show(box.checked);
      try { localStorage.setItem("keys", root.dataset.keys); } catch { /* then it holds for this page */ }
    });
    dialog.querySelector("button").addEventListener("click", () => dialog.close());
    dialog.addEventListener("click", event => event.target === dialog && dialog.close()); // beside it
    return dialog;
  };

  showStored();
  addEventListener("storage", showStored);
  addEventListener("pageshow", showStored);
  addEventListener("keydown", event => { // on the window: whatever else listens has its turn before
    const selector = place(event);
    const button = selector && document.querySelector(selector);
    if (!button) return;
    event.preventDefault();
    button.click();
  });
  let dialog;
  document.querySelector(".tools .help").addEventListener("click", () => {
    dialog ??= help();
    dialog.querySelector("input").checked = root.dataset.keys === "on";
    dialog.showModal();
  });
}
