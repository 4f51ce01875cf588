// The instructor's view: `?present` in the address, or the key `p`, shows a lesson in large type, one step at a time. A
// step goes from a section's heading, a prediction or a cell with output to the next.
{
  const minutes = Number(document.currentScript.dataset.minutes) || 0;
  const root = document.documentElement;
  const started = `present ${location.pathname}`; // where the clock's start is kept, so that it outlives a reload
  const forward = [" ", "PageDown", "ArrowRight", "ArrowDown"];
  const back = ["PageUp", "ArrowLeft", "ArrowUp"];
  const says = ".fold > :not(summary, .code), :scope > :not(figcaption, .code, .fold)"; // what a cell shows of its run

  const cut = () => {
    const steps = [[document.querySelector(".lesson > .title")]];
    for (const part of document.querySelectorAll(".lesson > article > *")) {
      const step = steps.at(-1);
      const cell = part.matches(".prediction") || part.matches(".cell") && part.querySelector(says);
      if (part.matches("h2") || cell) {
        const lead = []; // a heading or a note right before a cell is about that cell
        while (cell && step.length > 1 && step.at(-1).matches("h3, .note")) lead.unshift(step.pop());
        if (step.every(before => before.matches("h2, h3, .note"))) step.push(...lead);
        else steps.push(lead);
      }
      steps.at(-1).push(part);
    }
    return steps;
  };

  const html = `<section class="stage" aria-label="Presenting">
    <div class="notes" hidden></div>
    <svg aria-hidden="true"><rect class="done" height="100%"/><rect class="due" width="3" height="100%"/></svg>
    <p class="section"></p>
    <button type="button" data-do="note" aria-expanded="false"><kbd>n</kbd> Note</button>
    <button type="button" data-do="restart" class="clock" title="Start the clock again"></button>
    <span class="turns"><button type="button" data-do="back" aria-label="Back">←</button>
    <output></output>
    <button type="button" data-do="forward" aria-label="Forward">→</button></span>
    <button type="button" data-do="leave">Leave</button></section>`;

  let steps, stage, at, ticking, pointed;
  const part = selector => stage.querySelector(selector);
  const presenting = () => root.classList.contains("present");

  let start; // when the clock began, and at which step
  try { start = JSON.parse(sessionStorage.getItem(started)); } catch { /* then it has not begun */ }
  const startClock = () => {
    start = { time: Date.now(), at };
    try { sessionStorage.setItem(started, JSON.stringify(start)); } catch { /* then a reload starts it again */ }
    tick();
  };

  // The time gone, and how far the share of steps done since is ahead of it or behind. The mark is where one should be.
  const tick = () => {
    const seconds = start ? Math.floor((Date.now() - start.time) / 1000) : 0;
    const gone = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    const share = step => step / Math.max(1, steps.length - 1);
    const due = share(start ? start.at : at) + (minutes && seconds / 60 / minutes);
    const ahead = Math.round((share(at) - due) * minutes);
    const judged = ahead ? `${Math.abs(ahead)} min ${ahead > 0 ? "ahead" : "behind"}` : "on time";
    part(".clock").textContent = minutes ? `${gone} of ${minutes} min · ${judged}` : gone;
    part(".clock").classList.toggle("late", ahead < 0);
    part(".done").setAttribute("width", `${100 * share(at)}%`);
    part(".due").setAttribute("x", `${minutes ? 99.7 * Math.min(1, due) : -9}%`);
  };

  const showNotes = shown => {
    part(".notes").hidden = !shown;
    part("[data-do=note]").setAttribute("aria-expanded", shown);
  };

  // What is to be shown whole, if it fits: of a cell its code, and each thing that it said.
  const pieces = () => steps[at].flatMap(shown => shown.matches(".cell")
    ? [...shown.querySelectorAll(":scope > :not(.fold), .fold > *")] : [shown]);
  const edges = piece => piece.getBoundingClientRect();
  const firstBelow = () => pieces().findIndex(piece => edges(piece).bottom > edges(stage).top + 4);
  const showMore = () => stage.classList.toggle("more", firstBelow() >= 0);

  // Scrolls what is not whole to the top, with what it stands under; what is there already, by less than a page.
  const goOn = () => {
    const all = pieces();
    const first = firstBelow();
    const head = all[first - 1]?.matches("h2, h3, figcaption, summary") ? all[first - 1] : all[first];
    const top = edges(head).top - 24;
    const page = 0.8 * edges(stage).top;
    scrollBy({ top: top > page / 4 ? top : page, behavior: "instant" }); // the next key may be near
  };

  const place = query => {
    const anchor = steps[at].find(shown => shown.id)?.id;
    history.replaceState(null, "", location.pathname + query + (anchor ? `#${anchor}` : ""));
  };

  const show = index => {
    at = Math.max(0, Math.min(index, steps.length - 1));
    steps.forEach((step, i) => step.forEach(shown => shown.classList.toggle("on", i === at)));
    scrollTo({ top: 0, behavior: "instant" });
    const notes = steps[at].filter(shown => shown.matches(".note"));
    part(".notes").replaceChildren(...notes.flatMap(note => [...note.cloneNode(true).children].slice(1)));
    showNotes(false); // whoever shares the screen shows a note on purpose, or not at all
    part("[data-do=note]").hidden = !notes.length;
    part(".section").textContent = steps.slice(0, at + 1).flat().findLast(shown => shown.matches("h2"))?.textContent ?? "";
    part("output").textContent = `${at + 1} / ${steps.length}`;
    place("?present");
    tick();
    showMore();
  };

  const acts = {
    forward() { // first the rest of this step
      if (!start) startClock();
      const fold = steps[at].map(shown => shown.querySelector(".fold:not([open])")).find(Boolean);
      if (fold) fold.open = true;
      else if (firstBelow() >= 0) goOn();
      else if (at < steps.length - 1) show(at + 1); // the end stays where it is
    },
    back() { show(at - 1); },
    note() { if (!part("[data-do=note]").hidden) showNotes(part(".notes").hidden); },
    restart: startClock,
    leave() {
      place("");
      clearInterval(ticking);
      root.classList.remove("present");
      stage.hidden = true;
      if (at) steps[at][0].scrollIntoView({ behavior: "instant" }); else scrollTo({ top: 0, behavior: "instant" });
    },
    hood() {
      const hood = steps[at].map(shown => shown.querySelector(".hood")).find(Boolean);
      if (hood) hood.open = !hood.open;
      showMore();
    },
    answer(number) {
      steps[at].find(shown => shown.matches(".prediction"))?.querySelectorAll("input")[number - 1]?.click();
      showMore();
    },
  };

  const stepOf = element => steps.findIndex(step => step.some(shown => shown.contains(element)));
  const stepAtHash = () => stepOf(document.getElementById(decodeURIComponent(location.hash.slice(1))));
  const inView = () => scrollY < 60 ? 0 : steps.findLastIndex(step => edges(step[0]).top < innerHeight / 3);

  const enter = index => {
    if (!stage) {
      document.body.insertAdjacentHTML("beforeend", html);
      stage = document.body.lastElementChild;
      stage.addEventListener("click", ({ target }) => acts[target.closest("button")?.dataset.do]?.());
    }
    stage.hidden = false;
    root.classList.add("present");
    show(index);
    ticking = setInterval(tick, 1000);
  };

  const stepsThrough = ["ArrowLeft", "ArrowRight", "Escape", "End"]; // a sequence, once it is begun; see replay.js

  const act = ({ key, shiftKey, target }) => {
    if (stepsThrough.includes(key) && target.closest(".sequence:has(.replay.on)")) return;
    const control = target.closest("summary, button, a, input");
    const own = control?.matches("input") ? ["ArrowUp", "ArrowDown", ...(control.checked ? [] : [" "])]
      : control?.matches("a") ? ["Enter"] : control ? [" ", "Enter"] : [];
    if (own.includes(key)) return;
    if (key === " " && shiftKey || back.includes(key)) return acts.back;
    if (forward.includes(key)) return acts.forward;
    if (/^[1-4]$/.test(key)) return () => acts.answer(Number(key));
    return { Escape: acts.leave, n: acts.note, h: acts.hood, p: acts.leave,
      Home: () => show(0), End: () => show(steps.length - 1) }[key];
  };

  addEventListener("keydown", event => { // before anything else that listens
    pointed = false;
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (document.querySelector("dialog:modal")) return;
    if (event.target.closest("textarea, select, input:not([type=radio])")) return;
    if (/^\w$/.test(event.key) && (event.repeat || root.dataset.keys === "off")) return;
    const enters = event.key === "p" && (() => enter(inView()));
    const does = presenting() ? act(event) : enters;
    if (!does) return;
    event.preventDefault();
    does();
  }, true);

  // A click must not leave the keys to what was clicked.
  addEventListener("pointerdown", () => pointed = true);
  addEventListener("focusin", ({ target }) => {
    if (!presenting() || !pointed || target.closest("dialog, .replay")) return;
    if (target.matches("input, summary, button")) target.blur();
  });
  addEventListener("hashchange", () => presenting() && stepAtHash() >= 0 && show(stepAtHash()));
  addEventListener("scroll", () => presenting() && showMore(), { passive: true });
  addEventListener("resize", () => presenting() && showMore());
  for (const name of ["toggle", "change"]) addEventListener(name, () => presenting() && showMore(), true);

  steps = cut();
  if (new URLSearchParams(location.search).has("present")) enter(Math.max(0, stepAtHash()));
}
