// A button that copies a block of code: in the caption of a cell, beside the command, else in the block's corner.
{
  const status = document.createElement("p");
  status.className = "unseen";
  status.setAttribute("role", "status");
  document.body.append(status);

  // Where the page's address gives no right to the clipboard, a copy of our own making has one.
  const byEvent = text => {
    const give = e => {
      e.clipboardData.setData("text/plain", text);
      e.preventDefault();
    };
    document.addEventListener("copy", give, { once: true });
    const done = document.execCommand("copy");
    document.removeEventListener("copy", give);
    return done;
  };

  const toClipboard = async text => {
    if (!navigator.clipboard) return byEvent(text);
    return navigator.clipboard.writeText(text).then(() => true, () => byEvent(text));
  };

  const button = (code, name) => {
    const b = document.createElement("button");
    b.type = "button";
    b.className = "copy";
    b.textContent = "Copy";
    b.setAttribute("aria-label", "Copy " + name);
    b.addEventListener("click", async () => {
      const done = await toClipboard(code.textContent);
      if (!done) getSelection().selectAllChildren(code); // ready for the reader's own keys
      b.textContent = done ? "Copied" : "Selected";
      status.textContent = done ? `Copied ${name}` : "Not copied: the code is selected";
      setTimeout(() => {
        b.textContent = "Copy";
        status.textContent = "";
      }, 2000);
    });
    return b;
  };

  document.querySelectorAll(".cell > figcaption").forEach(caption => {
    const code = caption.parentElement.querySelector(".code:not(.diff) > code");
    if (code) caption.append(button(code, caption.firstElementChild.textContent));
  });
  document.querySelectorAll(".command code").forEach(code => code.parentElement.append(button(code, "the command")));
  document.querySelectorAll("pre:not(.code) > code").forEach(code => code.before(button(code, "this block")));
}
