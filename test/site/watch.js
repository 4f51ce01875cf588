// Runs in a page before anything of its own, and keeps what happens while it loads.
window.watched = { policy: [], shifts: [] };
addEventListener("securitypolicyviolation", e =>
  watched.policy.push(`${e.effectiveDirective} refused ${e.blockedURI || e.sourceFile}:${e.lineNumber}`));
const jumped = ({ node }) => `${node?.localName ?? node?.nodeName} ${node?.className ?? ""}`;
// Less than a thousandth (0.1 is what the web calls good) is a line that was drawn before the rest of it had come.
const shifts = new PerformanceObserver(list => {
  for (const entry of list.getEntries().filter(e => e.value >= 0.001)) watched.shifts.push(`${entry.value.toFixed(5)} by ${entry.sources.map(jumped)}`);
});
shifts.observe({ type: "layout-shift", buffered: true });
watched.settled = async () => { // two frames are drawn, and what was seen in them is told
  for (let i = 0; i < 2; i++) await new Promise(requestAnimationFrame);
  await new Promise(done => setTimeout(done, 50));
};
