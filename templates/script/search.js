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
      searchOptions: { // its scores are BM25+
        processTerm: lower, prefix: true, fuzzy: word => word.length > 3 && 0.2, combineWith: "AND",
        boost: { heading: 6, code: 0.5, within: 0.3, lesson: 0.3 },
      },
    });
    sections.forEach((section, id) => section.id = id);
    engine.addAll(sections);
  };

  // Sections that hold every word, those with most of them in their heading first. One whose words are all of its
  // lesson's title or of a heading above it is none.
  const find = query => {
    const wanted = words(query).map(lower);
    const own = ({ match }) => Object.values(match).flat().some(field => field !== "within" && field !== "lesson");
    const inHeading = ({ match }) => wanted.filter(word => Object.entries(match)
      .some(([term, fields]) => term.startsWith(word) && fields.includes("heading"))).length;
    return engine.search(query, { filter: own }).map(result => ({ ...result, inHeading: inHeading(result) }))
      .sort((a, b) => b.inHeading - a.inHeading || b.score - a.score)
      .map(result => ({ section: searchIndex.sections[result.id], terms: result.terms }));
  };

  const pagesAlone = () => searchIndex.sections.filter(section => !section.anchor)
    .map(section => ({ section, terms: [] }));

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

  const option = ({ section, terms }, place) => {
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
    made.tabIndex = -1;
    made.addEventListener("pointermove", () => activate(place));
    return made;
  };

  const activate = place => {
    list.children[active]?.setAttribute("aria-selected", "false");
    active = place;
    const option = list.children[place];
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input.removeAttribute("aria-activedescendant");
  };

  const show = () => {
    if (!engine) return;
    const query = input.value.trim();
    const all = query ? find(query) : pagesAlone();
    const found = all.slice(0, most);
    list.replaceChildren(...found.map(option));
    list.hidden = found.length === 0;
    input.setAttribute("aria-expanded", found.length > 0);
    activate(found.length ? 0 : -1);
    status.textContent = !query ? "All pages" : found.length === 0
      ? `Nothing found for “${query}”. Try fewer words, the beginning of one, or the name of a command or a method.`
      : all.length > most ? `The first ${most} of ${all.length} places` : `${all.length} place${all.length > 1 ? "s" : ""}`;
  };

  const pressed = event => {
    const last = list.childElementCount - 1;
    if (event.isComposing || last < 0) return;
    if (event.key === "ArrowDown") activate(active < last ? active + 1 : 0);
    else if (event.key === "ArrowUp") activate(active > 0 ? active - 1 : last);
    else if (event.key === "Enter") list.children[active].click();
    else return;
    event.preventDefault();
  };

  const make = () => {
    document.body.insertAdjacentHTML("beforeend", `<dialog class="sheet finder" aria-label="Search">
      <header><input type="text" role="combobox" aria-label="Search everything" aria-controls="found" aria-expanded="false"
        aria-autocomplete="list" autocomplete="off" autocapitalize="off" spellcheck="false" enterkeyhint="go"
        placeholder="Search everything"><button type="button" aria-label="Close">×</button></header>
      <p role="status"></p>
      <div role="listbox" id="found" aria-label="Found" hidden></div>
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
