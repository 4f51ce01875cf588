// The theme that a reader chose, set before anything is drawn: this one script is not deferred. The class `js` shows
// what only scripts can do.
{
  const root = document.documentElement;
  root.classList.add("js");
  root.dataset.theme = localStorage.getItem("theme") ?? "";
}
