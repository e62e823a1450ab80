/** The middle column: a channel's head, its messages and the box to write in. */

import { announce } from "./announcer.js";
import { makeComposer } from "./composer.js";
import { followingEnd, h, isAtEnd, reconcile, stayAtEnd } from "./dom.js";
import { icon } from "./icons.js";
import { showMessages } from "./message.js";
import { channel, view, world } from "./state.js";

const EXAMPLE = "/sms-send 31999990001 Hello";

/** Fill `root` once; the returned function shows the current state in it. */
export function makeChannel(root) {
  const head = h("header", { class: "chat-head" });
  const empty = h("div", { class: "empty-place" });
  const list = h("div", { class: "messages" });
  const jump = h(
    "button",
    { type: "button", class: "jump", hidden: true, on: { click: () => toEnd() } },
    icon("down"),
    "New messages",
  );
  const box = h(
    "div",
    { class: "scroll", tabindex: 0, role: "log", "aria-label": "Messages", "aria-live": "off" },
    empty,
    list,
  );
  const composer = makeComposer();
  root.append(head, h("div", { class: "scroll-frame" }, box, jump), composer.node);

  let shown = null;
  let newest = null;
  const toEnd = () => {
    box.scrollTop = box.scrollHeight;
    jump.hidden = true;
  };
  box.addEventListener("scroll", () => isAtEnd(box) && (jump.hidden = true), { passive: true });
  stayAtEnd(box);

  return () => {
    const place = channel();
    if (!place) return;
    const here = `${view.person} ${place.id}`;
    const messages = world.messages[place.id] ?? [];
    const arrived = messages.at(-1);
    const isMine = arrived?.user === view.person && arrived.ts !== newest;
    showHead(head, place);
    const follows = followingEnd(
      box,
      () => {
        showMessages(list, messages, { place: here, channel: place.id, threads: true });
        showEmpty(empty, place, messages.length === 0, composer);
      },
      here !== shown || isMine,
    );
    if (arrived && here === shown && arrived.ts !== newest) {
      announce(arrived);
      jump.hidden = follows;
    } else if (here !== shown) jump.hidden = true;
    shown = here;
    newest = arrived?.ts ?? null;
    composer.show();
  };
}

const titleOf = (place) => (place.is_im ? place.name : `#${place.name}`);

function noteOn(place) {
  if (place.is_im) return "Just you and the bot";
  return place.bot_is_member ? "Torpedo is in this channel" : "Torpedo isn't in this channel";
}

function showHead(head, place) {
  reconcile(head, [{ ...place, note: noteOn(place) }], {
    key: () => "head",
    build: ({ is_im, is_private, name, note, bot_is_member }) =>
      h(
        "div",
        { class: "chat-title" },
        h("span", { class: "chat-mark" }, icon(is_im ? "plane" : is_private ? "lock" : "hash")),
        h("h1", { data: { testid: "channel-title" } }, name),
        h("span", { class: bot_is_member || is_im ? "chat-note" : "chat-note chat-note-off" }, note),
      ),
  });
}

function showEmpty(node, place, isEmpty, composer) {
  node.hidden = !isEmpty;
  const tries = place.is_im || place.bot_is_member ? EXAMPLE : "/invite @Torpedo";
  reconcile(node, isEmpty ? [{ id: place.id, title: titleOf(place), tries }] : [], {
    key: ({ id }) => id,
    build: ({ title }) =>
      h(
        "div",
        { class: "empty" },
        h("span", { class: "empty-mark" }, icon("plane")),
        h("h2", {}, `This is the start of ${title}`),
        h(
          "p",
          {},
          tries === EXAMPLE ? "Type " : "Torpedo has to be let in first: type ",
          h("code", {}, tries),
          tries === EXAMPLE ? " to begin." : ".",
        ),
        h(
          "button",
          { type: "button", class: "button", data: { testid: "try-it" }, on: { click: () => composer.offer(tries) } },
          "Write it for me",
        ),
      ),
  });
}
