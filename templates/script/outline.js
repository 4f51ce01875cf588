// Marks in the outline where the reader is. Where the outline is folded above the text, it says so in its one line, and
// folds again once a place is chosen.
{
  const nav = document.querySelector(".outline");
  if (nav) {
    const fold = nav.querySelector("details");
    const summary = nav.querySelector("summary");
    const links = [...nav.querySelectorAll("a")];
    const places = links.map(link => document.getElementById(link.hash.slice(1)));
    const beside = matchMedia("(min-width: 68rem)"); // as in style/frame.css
    const reached = new Set();
    let atEnd = false;
    let marked;

    const mark = () => {
      let at = places.findLastIndex(place => reached.has(place));
      if (atEnd) { // what stands there cannot come to the top: take what was chosen, else the last
        const chosen = links.findIndex(link => link.hash === location.hash);
        at = chosen > at ? chosen : links.length - 1;
      }
      if (links[at] === marked) return;
      marked?.removeAttribute("aria-current");
      marked = links[at];
      marked?.setAttribute("aria-current", "location");
      summary.dataset.at = marked?.textContent ?? "";
      if (marked) show(marked);
    };

    const show = link => {
      const frame = nav.getBoundingClientRect();
      const box = link.getBoundingClientRect();
      if (box.top < frame.top || box.bottom > frame.bottom) nav.scrollTop += box.top - frame.top - frame.height / 2;
    };

    // All above the line a third down the screen is reached, however far up it is.
    const above = new IntersectionObserver(entries => {
      entries.forEach(e => e.isIntersecting ? reached.add(e.target) : reached.delete(e.target));
      mark();
    }, { rootMargin: "9999999px 0px -66% 0px" });
    new Set(places).forEach(place => above.observe(place));
    new IntersectionObserver(entries => {
      atEnd = entries.at(-1).isIntersecting;
      mark();
    }).observe(document.querySelector(".turn"));
    addEventListener("hashchange", mark);

    const settle = () => { fold.open = beside.matches; };
    beside.addEventListener("change", settle);
    settle();
    nav.addEventListener("click", e => { if (e.target.closest("a")) settle(); });
    nav.addEventListener("keydown", e => {
      if (e.key !== "Escape" || beside.matches) return;
      fold.open = false;
      summary.focus();
    });
  }
}
