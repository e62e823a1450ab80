/** Tells screen readers what arrived; the list itself is silent, or switching channels would read it all. */

import { nameOf } from "./faces.js";
import { world } from "./state.js";

const LONGEST = 300;

/** Say one message, shortly. */
export function announce(message) {
  const words = `${nameOf(message.user, world)}: ${message.text ?? ""}`;
  document.getElementById("announcer").textContent = words.slice(0, LONGEST);
}
