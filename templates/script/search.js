// Search over all pages. What it needs, an index and MiniSearch, is loaded when it is first opened: as scripts, because
// a page that was opened from a file can load nothing else.
{
  const most = 20; // results shown
  let dialog, input, list, status, engine;
  let active = -1; // the place of the option that Enter opens

  const words = text => text.match(/[\p{L}\p{N}]+/gu) ?? [];

  const load = file => new Promise((loaded, failed) => {
    const script = document.createElement("script");
    script.src = file;
    script.onload = loaded;
    script.onerror = failed;
    document.head.append(script);
  });

  const lower = word => word.toLowerCase();

  // `computeIfAbsent` is found whole and by each of its words.
  const withParts = word => {
    const parts = word.split(/(?<=\p{Ll})(?=\p{Lu})/u).map(lower);
    return parts.length > 1 ? [lower(word), ...parts] : parts[0];
  };

  const start = async () => {
    await Promise.all(["script/minisearch.js", "search-index.js"].map(load));
    const { pages, sections } = searchIndex;
    engine = new MiniSearch({
      fields: ["heading", "text", "code", "within", "lesson"], tokenize: words, processTerm: withParts,
      extractField: (section, field) => field !== "lesson" ? section[field] ?? ""
        : section.anchor ? pages[section.page].title : "",
      searchOptions: {
        processTerm: lower, prefix: true, combineWith: "AND",
        boost: { heading: 6, code: 0.5, within: 0.3, lesson: 0.3 },
        boostDocument: id => sections[id].anchor ? 1 : 2, // a page before a part of one
      },
    });
    sections.forEach((section, id) => section.id = id);
    engine.addAll(sections);
  };

  // Whether more of a section holds a word than its lesson's title and the headings above it.
  const isOwn = ({ match }) => Object.values(match).flat().some(field => field !== "within" && field !== "lesson");

  // Sections that hold every word, those with most of them in their heading first, by BM25+ among equals.
  const find = query => {
    const wanted = words(query).map(lower);
    const inHeading = ({ match }) => wanted.filter(word => Object.entries(match)
      .some(([term, fields]) => term.startsWith(word) && fields.includes("heading"))).length;
    return engine.search(query, { filter: isOwn }).map(result => ({ ...result, inHeading: inHeading(result) }))
      .sort((a, b) => b.inHeading - a.inHeading || b.score - a.score);
  };

  const findNearly = query => engine.search(query, { filter: isOwn, fuzzy: word => word.length > 3 && 0.3 });

  // All that is found, and whether only by words that are spelt nearly like those asked for.
  const results = query => {
    const found = find(query);
    return found.length > 0 ? { all: found, nearly: false } : { all: findNearly(query), nearly: true };
  };

  const pagesAlone = () => searchIndex.sections.filter(section => !section.anchor).map(({ id }) => ({ id, terms: [] }));

  const element = (name, className, ...content) => {
    const made = document.createElement(name);
    made.className = className;
    made.append(...content);
    return made;
  };

  const isIn = terms => word => [withParts(word)].flat().some(part => terms.includes(part));

  const marked = (text, found) => text.split(/([\p{L}\p{N}]+)/u)
    .map((part, i) => i % 2 && found(part) ? element("mark", "", part) : part);

  // A line of the text around the first word found; else the names in the code that hold one; else how the text begins.
  const snippet = ({ text = "", code = "" }, found) => {
    const first = [...text.matchAll(/[\p{L}\p{N}]+/gu)].find(([word]) => found(word));
    const names = code.split(" ").filter(name => words(name).some(found));
    if (!first && names.length) return element("code", "snippet", ...marked(names.slice(0, 6).join(" "), found));
    const from = (first?.index ?? 0) < 60 ? 0 : text.lastIndexOf(" ", first.index - 40) + 1;
    const to = text.length < from + 170 ? text.length : text.lastIndexOf(" ", from + 170);
    return element("span", "snippet", from > 0 ? "… " : "", ...marked(text.slice(from, to), found),
      to < text.length ? " …" : "");
  };

  const option = ({ id, terms }, place) => {
    const section = searchIndex.sections[id];
    const page = searchIndex.pages[section.page];
    const found = isIn(terms);
    const lesson = page.gate ? `Lesson ${page.gate}` : "Guide";
    const trail = [section.anchor ? page.title : section.page ? lesson : "Front page", section.within];
    const gate = element("span", "gate", page.gate ?? "i");
    gate.ariaHidden = !page.gate;
    const made = element("a", "", gate, element("b", "", ...marked(section.heading, found)),
      element("span", "trail", trail.filter(Boolean).join(" › ")), snippet(section, found));
    made.href = page.file + (section.anchor ? `#${section.anchor}` : "");
    made.id = `found-${place}`;
    made.role = "option";
    made.ariaSelected = "false";
    made.tabIndex = -1;
    made.addEventListener("pointermove", ({ movementX, movementY }) => (movementX || movementY) && activate(place));
    return made;
  };

  const activate = place => {
    list.children[active]?.setAttribute("aria-selected", "false");
    active = place;
    const option = list.children[place];
    option?.setAttribute("aria-selected", "true");
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input.removeAttribute("aria-activedescendant");
  };

  const summary = (query, { all, nearly }) => {
    if (!query) return "All pages";
    if (all.length === 0)
      return `Nothing found for “${query}”. Try fewer words, the beginning of one, or the name of a command.`;
    const places = `${all.length} place${all.length > 1 ? "s" : ""}`;
    const shown = all.length > most ? `the first ${most} of ${places}` : places;
    return nearly ? `Nothing is spelt “${query}”. Nearly: ${shown}` : shown;
  };

  const show = () => {
    if (!engine) return;
    const query = input.value.trim();
    const found = query ? results(query) : { all: pagesAlone() };
    list.replaceChildren(...found.all.slice(0, most).map(option));
    list.scrollTop = 0;
    list.hidden = found.all.length === 0;
    input.setAttribute("aria-expanded", !list.hidden);
    activate(list.hidden ? -1 : 0);
    status.textContent = summary(query, found);
  };

  const pressed = event => {
    const last = list.childElementCount - 1;
    if (event.isComposing || last < 0) return;
    if (event.key === "ArrowDown") activate(active < last ? active + 1 : 0);
    else if (event.key === "ArrowUp") activate(active > 0 ? active - 1 : last);
    else if (event.key === "Enter") list.children[active].click();
    else return;
    event.preventDefault();
    list.children[active].scrollIntoView({ block: "nearest" });
  };

  const make = () => {
    document.body.insertAdjacentHTML("beforeend", `<dialog class="sheet finder" aria-label="Search">
      <header><input type="text" role="combobox" aria-label="Search everything" aria-controls="found-list"
        aria-expanded="false" aria-autocomplete="list" autocomplete="off"
        autocapitalize="off" spellcheck="false" enterkeyhint="go" placeholder="Search everything"><button type="button" aria-label="Close">×</button></header>
      <p role="status"></p>
      <div role="listbox" id="found-list" aria-label="Found" hidden></div>
      <footer aria-hidden="true"><span><kbd>↑</kbd> <kbd>↓</kbd> choose</span> <span><kbd>Enter</kbd> open</span>
        <span><kbd>Esc</kbd> close</span></footer></dialog>`);
    dialog = document.body.lastElementChild;
    [input, list, status] = ["input", "[role=listbox]", "[role=status]"].map(part => dialog.querySelector(part));
    input.addEventListener("input", show);
    input.addEventListener("keydown", pressed);
    list.addEventListener("click", event => event.ctrlKey || event.metaKey || event.shiftKey || dialog.close());
    dialog.querySelector("button").addEventListener("click", () => dialog.close());
    dialog.addEventListener("click", event => event.target === dialog && dialog.close()); // beside it
    start().then(show, () => status.textContent = "The index of this site cannot be loaded.");
  };

  document.querySelector(".tools .search").addEventListener("click", () => {
    if (!dialog) make();
    dialog.showModal();
    input.select();
  });
}
