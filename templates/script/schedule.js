// Moves a schedule to another start. Breaks and lunch are placed anew, as engine/DaySchedule.java does.
{
  const start = document.getElementById("start");
  const rule = name => Number(start.dataset[name]);
  const clock = minutes => [Math.floor(minutes / 60) % 24, minutes % 60].map(n => String(n).padStart(2, "0")).join(":");

  const row = (from, minutes, name) => {
    const rest = document.createElement("tr");
    rest.className = "rest";
    for (const [text, style] of [[`${clock(from)}–${clock(from + minutes)}`, "when"], [name, ""], [minutes, "number"]]) {
      const cell = rest.insertCell();
      cell.className = style;
      cell.textContent = text;
    }
    return rest;
  };

  const move = (table, begin) => {
    let hungry = "lunch" in table.dataset && begin < rule("hungry") - rule("lunch");
    let now = begin, rested = begin, rests = 0;
    for (const old of table.querySelectorAll(".rest")) old.remove();
    table.querySelectorAll("[data-minutes]").forEach((lesson, place) => {
      const needs = Number(lesson.dataset.minutes);
      const pause = now + needs - rested > rule("sitting") ? rule("pause") : 0;
      const eats = hungry && now + pause + needs > rule("hungry");
      const rest = place === 0 ? 0 : eats ? rule("lunch") : pause;
      if (rest > 0) {
        lesson.before(row(now, rest, eats ? "Lunch" : "Break"));
        rested = now += rest;
        rests += rest;
        hungry &&= !eats;
      }
      lesson.querySelector(".when").textContent = `${clock(now)}–${clock(now + needs)}`;
      now += needs;
    });
    table.querySelector("tfoot .when").textContent = clock(now);
    const sum = table.querySelector(".rests");
    sum.textContent = `, ${rests} of breaks`;
    sum.hidden = rests === 0;
    table.querySelector(".whole").textContent = now - begin;
  };

  const moveAll = () => {
    const [hours, minutes] = start.value.split(":").map(Number);
    if (start.value) for (const table of document.querySelectorAll(".day table")) move(table, hours * 60 + minutes);
  };

  start.addEventListener("input", moveAll);
  addEventListener("pageshow", moveAll); // who comes back finds the time that was set
}
