/** Avatars: initials on a person's colour, a drawing for the bot. */

import { h } from "./dom.js";
import { icon } from "./icons.js";

const BOT = "U0TORPEDO";

const initialsOf = (name) =>
  name
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => [...word][0])
    .filter((_, at, all) => at === 0 || at === all.length - 1)
    .join("")
    .toUpperCase();

/** A face; decorative, because the name always stands beside it. */
export function avatar(user, world) {
  if (user === BOT) return h("span", { class: "avatar avatar-bot", "aria-hidden": "true" }, icon("plane"));
  const person = world.people.find((each) => each.id === user);
  const name = person?.real_name ?? world.names[user] ?? user;
  const face = h("span", { class: "avatar", "aria-hidden": "true" }, initialsOf(name));
  // Through the style object: the page's policy forbids style attributes, which remote text could abuse.
  if (/^#[0-9a-f]{3,8}$/i.test(person?.color ?? "")) face.style.setProperty("--face", person.color);
  return face;
}

/** The name to print over somebody's message. */
export function nameOf(user, world) {
  return world.people.find((each) => each.id === user)?.real_name ?? world.names[user] ?? user;
}
