// Remembers the answers to a page's predictions, until the reader wants them forgotten. An answer is known by its words:
// a prediction that was rewritten is asked again.
{
  const boxes = [...document.querySelectorAll(".prediction")];
  const key = box => `prediction ${location.pathname.split("/").at(-1)} ${box.id}`;
  const words = input => input.labels[0].textContent.trim();
  const attempt = action => {
    try {
      return action();
    } catch {
      return null; // no storage: nothing is remembered
    }
  };

  const forget = () => boxes.forEach(box => {
    attempt(() => localStorage.removeItem(key(box)));
    box.querySelectorAll("input").forEach(input => { input.checked = false; });
    const fold = box.nextElementSibling?.querySelector(".fold");
    if (fold) fold.open = false;
  });

  for (const box of boxes) {
    const answer = attempt(() => localStorage.getItem(key(box)));
    const given = [...box.querySelectorAll("input")].find(input => words(input) === answer);
    if (given) given.checked = true;
    box.addEventListener("change", e => attempt(() => localStorage.setItem(key(box), words(e.target))));

    const again = document.createElement("button");
    again.type = "button";
    again.className = "forget";
    again.textContent = "Forget my answers on this page";
    again.addEventListener("click", () => {
      forget();
      box.querySelector("input").focus(); // the button is gone with the answer
    });
    box.querySelector(".why").append(again);
  }
}
