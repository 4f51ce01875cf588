// Steps through a sequence: the current exchange is marked, those to come are faint and inert, and a line says what
// Valkey is known to hold by then, as far as commands and replies tell. Arrow keys, while the diagram has focus.
{
  const make = (name, className, text = "") =>
    Object.assign(document.createElement(name), { className, textContent: text });
  const words = call => (call.match(/"[^"]*"|'[^']*'|\S+/g) ?? []).map(w => w.replace(/^(["'])(.*)\1$/s, "$2"));
  const writes = /^(SET|SETEX|PSETEX|SETNX|GETSET|APPEND|INCR|INCRBY|DECR|DECRBY|HSET|HSETNX|HINCRBY|SADD|ZADD|ZINCRBY|[LR]PUSH|XADD|PFADD|SETBIT)$/;

  // What one command and its reply tell of keys: there, gone, or perhaps (a script was given it).
  const tell = (call, reply, found, keys) => {
    const [name, key, ...rest] = words(call);
    const integer = Number(reply.match(/^\(integer\) (-?\d+)/)?.[1]);
    if (reply.startsWith("(error)") || !key) return name === "FLUSHALL" || name === "FLUSHDB" ? keys.clear() : undefined;
    if (name === "DEL" || name === "UNLINK" || name === "GETDEL") [key, ...rest].forEach(k => keys.set(k, "gone"));
    else if (/^(EVAL|EVALSHA|FCALL)$/.test(name)) rest.slice(1, 1 + Number(rest[0])).forEach(k => keys.set(k, "perhaps"));
    else if (found === "hit" && !name.startsWith("M")) keys.set(key, "there");
    else if (found === "miss" && /^(GET|GETEX|HGETALL|SMEMBERS|LRANGE|ZRANGE)$/.test(name)) keys.set(key, "gone");
    else if (writes.test(name)) keys.set(key, "there"); // SET NX of a key that is there says nil
    else if (/^P?TTL$/.test(name) && integer) keys.set(key, integer === -2 ? "gone" : "there");
    else if (name === "EXISTS" && !rest.length || /^P?EXPIRE$/.test(name)) keys.set(key, integer ? "there" : "gone");
  };

  const read = (row, keys) => {
    if (!row.matches(".to-valkey:not(.call)")) return;
    const told = (element, codes) => tell(codes[0].textContent, codes[1].textContent, element.className.match(/hit|miss/)?.[0], keys);
    const batch = row.querySelectorAll("details li");
    if (batch.length) batch.forEach(item => told(item, item.querySelectorAll("code")));
    else told(row, row.querySelectorAll("p > code"));
  };

  const replay = diagram => {
    const rows = [...diagram.querySelectorAll(".play > ol > li")];
    const bar = make("div", "replay");
    const [start, back, next, leave] = ["Step through", "Back", "Next", "Leave"].map(label => make("button", "", label));
    const where = make("p", "place");
    const said = make("p", "unseen");
    const held = make("p", "held");
    where.ariaHidden = "true";
    said.role = "status";
    bar.append(start, back, next, where, leave, held, said);
    let now = -1;

    const go = to => {
      const active = to >= 0 && to < rows.length;
      now = active ? to : -1;
      bar.classList.toggle("on", active);
      rows.forEach((row, i) => {
        row.inert = active && i > now;
        row.ariaCurrent = active && i === now ? "step" : null;
      });
      back.disabled = now === 0;
      where.textContent = active ? `${now + 1} of ${rows.length}` : "";
      said.textContent = active ? `${now + 1} of ${rows.length}: ${rows[now].innerText.replace(/\s+/g, " ")}` : "";
      const keys = new Map();
      rows.slice(0, now + 1).forEach(row => read(row, keys));
      held.replaceChildren(...[...keys].flatMap(([key, state]) => [make("span", state, key), " "]));
      if (active) rows[now].scrollIntoView({ block: "nearest" });
    };
    const begin = () => { go(0); diagram.focus({ preventScroll: true }); };
    const end = () => { go(-1); start.focus({ preventScroll: true }); };

    start.onclick = begin;
    next.onclick = () => now + 1 < rows.length ? go(now + 1) : end();
    back.onclick = () => now > 1 ? go(now - 1) : begin(); // at the first a disabled button would lose the focus
    leave.onclick = end;
    diagram.onkeydown = event => {
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      if (event.key === "ArrowRight") now + 1 < rows.length || now < 0 ? go(now + 1) : end();
      else if (event.key === "ArrowLeft") now > 0 && go(now - 1); // nor does it turn the page
      else if ((event.key === "Escape" || event.key === "End") && now >= 0) end();
      else return;
      event.preventDefault();
    };
    diagram.tabIndex = 0;
    diagram.role = "group";
    diagram.ariaLabel = "Sequence: right and left arrow step through it";
    diagram.append(bar);
  };

  document.querySelectorAll(".sequence").forEach(replay);
}
