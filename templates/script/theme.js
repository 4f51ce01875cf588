// The theme that a reader chose, set before anything is drawn: this one script is not deferred. The class `js` shows
// what only scripts can do.
{
  const root = document.documentElement;
  const themes = ["auto", "light", "dark"]; // auto: as the system has it

  const show = theme => {
    root.dataset.theme = theme;
    document.querySelector("meta[name=color-scheme]").content = theme === "auto" ? "light dark" : theme;
    document.querySelector(".tools .theme")?.setAttribute("aria-label", `Theme: ${theme}`);
  };

  const showStored = () => {
    let stored = root.dataset.theme; // where nothing can be stored, the choice holds for this page
    try { stored = localStorage.getItem("theme"); } catch { /* a browser may refuse it */ }
    show(themes.includes(stored) ? stored : "auto");
  };

  const turn = () => {
    const theme = themes[(themes.indexOf(root.dataset.theme) + 1) % themes.length];
    try { localStorage.setItem("theme", theme); } catch { /* then it is not remembered */ }
    show(theme);
    document.querySelector(".tools .heard").textContent = `Theme: ${theme}`;
  };

  root.classList.add("js");
  showStored();
  addEventListener("storage", showStored); // another page of the site has stored a choice
  addEventListener("pageshow", showStored); // or did while this one was left
  document.addEventListener("DOMContentLoaded", () => {
    showStored();
    document.querySelector(".tools .theme").addEventListener("click", turn);
  });
}
