// Remembers which lessons a reader has done: those whose end was seen, and those that were ticked. A browser may refuse
// to remember anything; then nothing is shown.
{
  const place = location.pathname.replace(/[^/]*$/, ""); // two sites of one host are apart
  const key = "done " + place;
  const file = location.pathname.slice(place.length);

  const read = () => {
    try {
      return new Set((localStorage.getItem(key) ?? "").split(" ").filter(name => name));
    } catch {
      return new Set();
    }
  };

  const write = done => {
    try {
      if (done.size) localStorage.setItem(key, [...done].join(" "));
      else localStorage.removeItem(key);
    } catch {
      // what cannot be kept lasts as long as the page
    }
    show(done);
  };

  const set = (name, is) => {
    const done = read();
    if (is) done.add(name);
    else done.delete(name);
    write(done);
  };

  const stamp = (link, is) => {
    const there = link.querySelector(".stamp");
    if (is === Boolean(there)) return;
    if (there) return there.remove();
    const fresh = document.createElement("span");
    fresh.className = "stamp";
    fresh.textContent = " done"; // the space parts it from the title where it is read aloud
    link.append(fresh);
  };

  const sum = (lessons, done) => {
    const text = document.querySelector(".progress");
    if (!text) return;
    const left = lessons.filter(link => !done.has(link.getAttribute("href")));
    const minutes = left.reduce((all, link) => all + Number(link.dataset.minutes), 0);
    text.textContent = left.length === lessons.length ? "" : `${lessons.length - left.length} of ${lessons.length} done`
        + (left.length ? `, about ${minutes} min left` : "");
    if (!text.textContent) return;
    const reset = document.createElement("button");
    reset.type = "button";
    reset.textContent = "Start over";
    reset.addEventListener("click", () => write(new Set()));
    text.append(" ", reset);
  };

  const next = (lessons, done) => {
    const sign = document.querySelector(".sign");
    const left = lessons.find(link => !done.has(link.getAttribute("href")));
    if (!sign || !left) return;
    sign.href = left.getAttribute("href");
    sign.querySelector(".verb").textContent = left === lessons[0] ? "Begin" : "Continue";
    sign.querySelector(".what").textContent = left.querySelector(".name").firstChild.textContent.trim();
  };

  const tick = document.getElementById("read");

  const show = done => {
    for (const link of document.querySelectorAll(".board li a, .path li a, .day td a, .turn a"))
      stamp(link, done.has(link.getAttribute("href")));
    const lessons = [...document.querySelectorAll(".board li a")];
    sum(lessons, done);
    next(lessons, done);
    if (tick) tick.checked = done.has(file);
  };

  if (tick) {
    tick.addEventListener("change", () => set(file, tick.checked));
    const end = new IntersectionObserver(([seen]) => {
      if (!seen.isIntersecting) return;
      end.disconnect();
      set(file, true);
    });
    end.observe(tick);
  }
  show(read());
  addEventListener("pageshow", event => event.persisted && show(read())); // back from a lesson
}
