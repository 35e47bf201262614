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
  // After a decision: once the browser has gone to the place that the address names, which takes the focus away.
  if (location.hash === "#queue") addEventListener("load", () => queue[0].focus({ preventScroll: true }));
  const step = (row, by) => {
    const at = queue.indexOf(row);
    const next = queue[at < 0 ? 0 : Math.max(0, Math.min(queue.length - 1, at + by))];
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  };
  const keys = {
    j: (row) => step(row, 1),
    k: (row) => step(row, -1),
    p: (row) => row?.querySelector(".publish")?.click(),
    r: (row) => row?.querySelector("select[name=rule]")?.focus(),
    d: (row) => row?.querySelector(".private")?.click(),
    x: (row) => row?.querySelector("input[name=pick]")?.click(),
    o: (row) => row?.querySelector("a.open")?.click(),
    b: () => document.querySelector("#bulk select, #bulk button")?.focus(),
    u: () => document.querySelector(".undo")?.click(),
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const row = queue.find((one) => one.contains(event.target));
    const field = event.target.closest("input:not([type=checkbox]), textarea, select");
    if (field?.matches("select[name=rule]") && event.key === "Enter") {
      field.form.querySelector(".reject").click();
    } else if (field && event.key === "Escape") {
      (row || queue[0]).focus();
    } else if (field || !keys[event.key.toLowerCase()]) {
      return;
    } else {
      keys[event.key.toLowerCase()](row);
    }
    event.preventDefault();
  });
}
