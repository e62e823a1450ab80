/** Refusals and troubles, said beside the box they are about. */

import { h } from "./dom.js";
import { icon } from "./icons.js";

const SHOWN_FOR_MS = 12_000;

/**
 * Show one complaint in `host`, in place of the last one there.
 *
 * @param {Element} host a container that stays in the page
 * @param {string} text plain words; empty words only clear the last complaint
 */
export function complain(host, text) {
  host.replaceChildren();
  if (!text) return;
  const away = h(
    "button",
    { type: "button", class: "ghost", "aria-label": "Dismiss", on: { click: () => note.remove() } },
    icon("close"),
  );
  const note = h(
    "div",
    { class: "toast", role: "alert", data: { testid: "toast" } },
    h("p", {}, text.charAt(0).toUpperCase() + text.slice(1)),
    away,
  );
  host.append(note);
  setTimeout(() => note.remove(), SHOWN_FOR_MS);
}
