/** Pretend phones: what reached them, and a box to answer. */

import { append, followingEnd, h, reconcile, stayAtEnd } from "./dom.js";
import { icon } from "./icons.js";
import { post, world } from "./state.js";
import { complain } from "./toast.js";

/** `(31) 99999-0001` */
export function prettyNumber(number) {
  const found = /^(\d{2})(\d{4,5})(\d{4})$/.exec(number);
  return found ? `(${found[1]}) ${found[2]}-${found[3]}` : number;
}

/** The platform's own wall clock, read off its timestamp; the day only when it isn't today there. */
function stampOf(at) {
  const [, day, time] = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})/.exec(at) ?? [null, "", at];
  if (world.platform.now.startsWith(day)) return time;
  return `${day.slice(8)}/${day.slice(5, 7)} ${time}`;
}

const STATUSES = { delivered: "delivered", sent: "sent", failed: "not delivered", invalid: "not a number" };

function bubble({ direction, text, at, status }) {
  const note = direction === "in" ? (STATUSES[status] ?? status) : "answered";
  return h(
    "div",
    { class: direction === "in" ? "bubble bubble-in" : "bubble bubble-out", data: { testid: "bubble" } },
    h("p", {}, text),
    h("span", { class: "bubble-note" }, stampOf(at), note ? ` · ${note}` : ""),
  );
}

function buildPhone({ number }) {
  const pretty = prettyNumber(number);
  const input = h("input", {
    type: "text",
    class: "phone-input",
    placeholder: "Answer",
    autocomplete: "off",
    enterkeyhint: "send",
    "aria-label": `Answer as ${pretty}`,
    data: { testid: `phone-${number}-input`, focus: `phone/${number}` },
  });
  const send = h(
    "button",
    {
      type: "submit",
      class: "phone-send",
      "aria-label": `Send answer as ${pretty}`,
      data: { testid: `phone-${number}-send` },
    },
    icon("send"),
  );
  const form = h("form", { class: "phone-form" }, input, send);
  const foot = h("div", { class: "phone-foot" });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const text = input.value.trim();
    if (!text) return;
    input.value = "";
    complain(foot, "");
    const answer = await post("/sandbox/answer", { number, text });
    if (answer.ok) return;
    complain(foot, answer.error ?? "The phone couldn't answer.");
    if (!input.value) input.value = text;
  });
  const screen = h("div", { class: "phone-screen", tabindex: 0, role: "log", "aria-label": `Texts of ${pretty}` });
  return h(
    "article",
    { class: "phone", "aria-label": `Phone ${pretty}`, data: { testid: `phone-${number}` } },
    h("span", { class: "phone-ear", "aria-hidden": "true" }),
    h("header", { class: "phone-head" }, h("strong", {}, pretty)),
    screen,
    foot,
    form,
  );
}

function patchPhone(node, { messages }) {
  const screen = node.querySelector(".phone-screen");
  // On the wire the newest comes first; on a phone the newest stands lowest, next to the box that answers it.
  followingEnd(screen, () => reconcile(screen, messages.toReversed(), { key: ({ id }) => id, build: bubble }));
}

function buildWhole(phone) {
  const node = buildPhone(phone);
  patchPhone(node, phone);
  stayAtEnd(node.querySelector(".phone-screen"));
  return node;
}

/** Fill `root` once; the returned function shows the current state in it. */
export function makePhones(root) {
  const count = h("span", { class: "count" });
  const list = h("div", { class: "phone-list" });
  const hint = h("div", { class: "empty empty-small" });
  append(hint, [
    h("span", { class: "empty-mark" }, icon("phone")),
    h("p", {}, "No texts yet. A phone appears here when the first campaign reaches it."),
  ]);
  root.append(
    h("header", { class: "phones-head" }, h("h2", {}, "Phones"), count),
    h("div", { class: "phones-scroll", tabindex: -1 }, hint, list),
  );
  return () => {
    count.textContent = world.phones.length || "";
    hint.hidden = world.phones.length > 0;
    reconcile(list, world.phones, { key: ({ number }) => number, build: buildWhole, patch: patchPhone });
  };
}
