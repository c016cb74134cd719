// What hovering and focus add to a marked text; without this script every mark is still a link to its record, and back.
"use strict";

function related(id) {
  const pieces = document.querySelectorAll(`[data-statements~="${CSS.escape(id)}"]`);
  const card = document.querySelector(`[data-statement="${CSS.escape(id)}"]`);
  return { pieces, card };
}

function lightUp(ids, reveal) {
  document.querySelectorAll(".lit").forEach((one) => one.classList.remove("lit"));
  for (const id of ids) {
    const { pieces, card } = related(id);
    pieces.forEach((one) => one.classList.add("lit"));
    if (card) {
      card.classList.add("lit");
      const side = card.closest("aside");
      if (reveal && side && side.scrollHeight > side.clientHeight) {
        side.scrollTop = card.offsetTop - side.offsetTop - 40;
      }
    }
  }
}

function idsAt(target) {
  const piece = target.closest("[data-statements]");
  if (piece) return piece.dataset.statements.trim().split(/\s+/).slice(-1);
  const card = target.closest("[data-statement]");
  return card ? [card.dataset.statement] : null;
}

for (const kind of ["mouseover", "focusin"]) {
  document.addEventListener(kind, (event) => {
    const ids = event.target instanceof Element ? idsAt(event.target) : null;
    if (ids) lightUp(ids, !event.target.closest("aside"));
  });
}
