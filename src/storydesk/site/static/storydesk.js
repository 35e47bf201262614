// Optional: every page works without it. A video's frame is made only after a click; the moderation queue listens to keys.
"use strict";

document.addEventListener("click", (event) => {
  const link = event.target.closest("a.play[data-embed]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  const frame = document.createElement("iframe");
  frame.src = link.dataset.embed;
  frame.title = "Video";
  frame.allow = "fullscreen; encrypted-media";
  frame.allowFullscreen = true;
  frame.referrerPolicy = "strict-origin-when-cross-origin";
  frame.setAttribute("sandbox", "allow-scripts allow-same-origin allow-presentation allow-popups");
  link.replaceWith(frame);
  frame.focus();
});

// A link to words that are folded away: newer browsers unfold them by themselves.
const unfold = () => {
  const folded = document.getElementById(location.hash.slice(1))?.closest("details:not([open])");
  if (!folded) return;
  folded.open = true;
  document.getElementById(location.hash.slice(1)).scrollIntoView();
};
addEventListener("hashchange", unfold);
unfold();

const queue = [...document.querySelectorAll("[data-queue]")];
if (queue.length) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
    const at = queue.findIndex((row) => row.contains(document.activeElement));
    const row = queue[at];
    const key = event.key.toLowerCase();
    if (key === "j" || key === "k") {
      const next = at < 0 ? 0 : Math.max(0, Math.min(queue.length - 1, at + (key === "j" ? 1 : -1)));
      queue[next].focus();
      queue[next].scrollIntoView({ block: "nearest" });
    } else if (key === "p" && row) {
      row.querySelector(".publish")?.click();
    } else if (key === "r" && row) {
      row.querySelector("input[name=reason]")?.focus();
    } else {
      return;
    }
    event.preventDefault();
  });
}
