// Pushes the text down after it was drawn.
requestAnimationFrame(() => requestAnimationFrame(() => {
  const late = document.createElement("pre");
  late.textContent = "late\n".repeat(20);
  document.querySelector("main").prepend(late);
}));
