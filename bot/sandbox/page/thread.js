/** The thread pane: a campaign's story, beside the channel. */

import { followingEnd, h, setText, stayAtEnd } from "./dom.js";
import { icon } from "./icons.js";
import { showMessages } from "./message.js";
import { channel, go, view, world } from "./state.js";

/** Fill `root` once; the returned function shows the open thread in it, or hides it. */
export function makeThread(root) {
  const where = h("span", { class: "thread-where" });
  const close = h(
    "button",
    {
      type: "button",
      class: "ghost",
      "aria-label": "Close thread",
      data: { testid: "thread-close" },
      on: { click: () => shut() },
    },
    icon("close"),
  );
  const parent = h("div", { class: "messages" });
  const count = h("div", { class: "thread-count" });
  const replies = h("div", { class: "messages" });
  const note = h("p", { class: "quiet" }, "Nothing here yet. What happens to this campaign is told here.");
  const box = h(
    "div",
    { class: "scroll", tabindex: 0, role: "log", "aria-label": "Thread messages", "aria-live": "off" },
    parent,
    count,
    replies,
    note,
  );
  root.append(
    h("header", { class: "thread-head" }, h("h2", {}, "Thread"), where, close),
    h("div", { class: "scroll-frame" }, box),
  );

  const shut = () => {
    const opener = document.querySelector(`[data-focus="${CSS.escape(`replies/${view.thread}`)}"]`);
    go({ thread: null });
    opener?.focus();
  };
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented && view.thread && !document.querySelector("dialog[open]"))
      shut();
  });

  stayAtEnd(box);

  let shown = null;
  return () => {
    const place = channel();
    const top = place && (world.messages[place.id] ?? []).find((message) => message.ts === view.thread);
    root.hidden = !top;
    document.body.classList.toggle("has-thread", Boolean(top));
    if (!top) {
      shown = null;
      return;
    }
    const here = `${view.person} ${place.id} ${view.thread}`;
    const isNew = here !== shown;
    const messages = world.threads[`${place.id}:${view.thread}`] ?? [];
    setText(where, place.is_im ? place.name : `#${place.name}`);
    followingEnd(
      box,
      () => {
        showMessages(parent, [top], { place: `top ${here}`, channel: place.id, threads: false });
        showMessages(replies, messages, { place: here, channel: place.id, threads: false, after: top.ts });
        setText(count, messages.length === 1 ? "1 reply" : `${messages.length} replies`);
        count.hidden = messages.length === 0;
        note.hidden = messages.length > 0;
      },
      isNew,
    );
    if (isNew && shown !== null) close.focus({ preventScroll: true });
    else if (isNew && document.activeElement?.dataset.testid === "replies") close.focus({ preventScroll: true });
    shown = here;
  };
}
