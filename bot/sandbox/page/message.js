/** One message, as it stands in a channel or a thread. */

import { showBlocks } from "./blocks.js";
import { dayLabel, dayOf, timeNode, timeOf } from "./dates.js";
import { h, reconcile } from "./dom.js";
import { avatar, nameOf } from "./faces.js";
import { icon } from "./icons.js";
import { renderMrkdwn } from "./mrkdwn.js";
import { go, post, reader, view, world } from "./state.js";
import { complain } from "./toast.js";

const TOGETHER_SECONDS = 300;
const dismissed = new Set();
const held = new Map();

const secondsOf = (ts) => Number.parseFloat(ts);

/** Messages as rows: a line where the day changes, and no face where the same person goes on within five minutes. */
function rowsOf(messages, { tz, now }, after) {
  const rows = [];
  let last = null;
  let day = after && dayOf(secondsOf(after) * 1000, tz);
  for (const message of messages) {
    if (dismissed.has(message.ts)) continue;
    const ms = secondsOf(message.ts) * 1000;
    if (day !== dayOf(ms, tz)) {
      day = dayOf(ms, tz);
      rows.push({ key: `day ${day}`, day: dayLabel(ms, tz, now()) });
      last = null;
    }
    const isNext = last?.user === message.user && last.ephemeral === message.ephemeral;
    const goesOn = isNext && secondsOf(message.ts) - secondsOf(last.ts) < TOGETHER_SECONDS;
    rows.push({ key: message.ts, message, goesOn });
    last = message;
  }
  return rows;
}

/**
 * Make `list` show messages.
 *
 * @param {Element} list
 * @param {Array} messages oldest first, as the contract gives them
 * @param {{place: string, channel: string, threads: boolean, after?: string}} where `place` keeps one list's keys from another's;
 *   `threads` says whether replies can be opened from here; `after`, the message these follow, saves a line for its day
 */
export function showMessages(list, messages, where) {
  const context = reader();
  reconcile(list, rowsOf(messages, context, where.after), {
    key: (row) => `${where.place} ${row.key}`,
    signature: (row) =>
      `${context.me} ${JSON.stringify(row)} ${where.threads && row.message ? threadSignature(row.message, where) : ""}`,
    build: (row) =>
      row.day ? h("div", { class: "day", role: "separator" }, h("span", {}, row.day)) : buildMessage(row, where),
    patch: (node, row) => (row.day ? (node.firstChild.textContent = row.day) : patchMessage(node, row, where)),
  });
}

const threadSignature = (message, where) => JSON.stringify([repliesTo(message, where), view.thread === message.ts]);

function repliesTo(message, where) {
  const replies = world.threads[`${where.channel}:${message.ts}`] ?? [];
  const faces = [...new Set(replies.map((reply) => reply.user))].slice(0, 3);
  return {
    count: Math.max(message.reply_count ?? 0, replies.filter((reply) => !reply.ephemeral).length),
    faces,
    last: replies.at(-1)?.ts,
  };
}

function buildMessage(row, where) {
  const node = h(
    "article",
    { class: "message", data: { testid: "message", ts: row.message.ts } },
    h("div", { class: "message-side" }),
    h(
      "div",
      { class: "message-main" },
      h("div", { class: "message-head" }),
      h("div", { class: "message-body" }),
      h("div", { class: "message-replies" }),
      h("div", { class: "message-foot" }),
    ),
    h("div", { class: "message-menu" }),
  );
  patchMessage(node, row, where);
  return node;
}

/** Show a part anew only when what it shows has changed. */
function showPart(node, selector, item, build) {
  reconcile(node.querySelector(selector), item ? [item] : [], { key: () => selector, build });
}

function patchMessage(node, { message, goesOn }, where) {
  const context = reader();
  node.classList.toggle("message-goes-on", goesOn);
  node.classList.toggle("message-ephemeral", message.ephemeral);
  node.classList.toggle("message-open", where.threads && view.thread === message.ts);
  const about = {
    user: message.user,
    bot: message.bot,
    goesOn,
    ts: message.ts,
    tz: context.tz,
    name: nameOf(message.user, world),
  };
  showPart(node, ".message-side", about, () => (goesOn ? gutterTime(message, context) : avatar(message.user, world)));
  showPart(node, ".message-head", { ...about, ephemeral: message.ephemeral }, () => headOf(message, goesOn, context));
  showBlocks(node.querySelector(".message-body"), bodyOf(message), surfaceOf(node, message, where, context));
  const replies = where.threads && !message.ephemeral ? { ts: message.ts, ...repliesTo(message, where) } : null;
  const shortcuts = message.ephemeral ? [] : (world.shortcuts ?? []);
  showPart(node, ".message-menu", shortcuts.length ? { ts: message.ts, shortcuts } : null, () =>
    menuNode(node, message, where),
  );
  showPart(node, ".message-replies", replies, () => repliesNode(replies, context));
}

function gutterTime(message, { tz }) {
  return h("span", { class: "gutter-time" }, timeOf(secondsOf(message.ts) * 1000, tz));
}

function headOf(message, goesOn, context) {
  const head = h("div", { class: "message-line" });
  if (message.ephemeral) {
    const dismiss = () => {
      dismissed.add(message.ts);
      go({});
    };
    const away = h(
      "button",
      {
        type: "button",
        class: "ghost",
        "aria-label": "Dismiss this private message",
        data: { testid: "dismiss" },
        on: { click: dismiss },
      },
      icon("close"),
    );
    head.append(h("p", { class: "only-you" }, icon("eye"), "Only visible to you", away));
  }
  if (goesOn) return head;
  const badge = message.bot && h("span", { class: "badge" }, "app");
  head.append(
    h(
      "p",
      { class: "byline" },
      h("strong", {}, nameOf(message.user, world)),
      badge,
      timeNode(secondsOf(message.ts), "{time}", context),
    ),
  );
  return head;
}

/** A message without blocks is drawn as one; Slack shows blocks instead of the text, never both. */
function bodyOf(message) {
  const words = { type: "section", block_id: "text", text: { type: "mrkdwn", text: message.text ?? "" } };
  const blocks = message.blocks?.length ? message.blocks : message.text ? [words] : [];
  const edited = message.edited
    ? [{ type: "context", block_id: "edited", elements: [{ type: "mrkdwn", text: "(edited)" }] }]
    : [];
  const files = (message.files ?? []).map(fileBlock);
  return [...blocks, ...files, ...edited];
}

/** A shared file: its title leads to the download, and its size stands beside it. */
function fileBlock(file) {
  const size = file.size < 1024 ? `${file.size} B` : `${Math.round(file.size / 1024)} KB`;
  const address = new URL(file.url_private_download, location.href).href;
  const elements = [
    { type: "text", text: "📄 " },
    { type: "link", url: address, text: file.title || file.name },
    { type: "text", text: ` · ${size}` },
  ];
  return { type: "rich_text", block_id: `file ${file.id}`, elements: [{ type: "rich_text_section", elements }] };
}

function surfaceOf(node, message, where, context) {
  const nameFor = (block, element) => `${context.me} ${message.ts} ${block.block_id} ${element.action_id}`;
  return {
    key: `${where.place}/${message.ts}`,
    reader: context,
    stateOf: (block, element) => held.get(nameFor(block, element)),
    hold: (block, element, state) => held.set(nameFor(block, element), state),
    press: async (block, element, said) => {
      const foot = node.querySelector(".message-foot");
      complain(foot, "");
      const ids = {
        person: view.person,
        channel: where.channel,
        ts: message.ts,
        block_id: block.block_id,
        action_id: element.action_id,
      };
      const answer = await post("/sandbox/press", { ...ids, ...said });
      if (!answer.ok) complain(foot, answer.error ?? "The sandbox refused that press.");
    },
  };
}

/** What apps offer to do with a message; it opens above everything else, and Esc or a click elsewhere closes it. */
function menuNode(node, message, where) {
  const choose = async (shortcut) => {
    menu.open = false;
    const foot = node.querySelector(".message-foot");
    complain(foot, "");
    const ids = { person: view.person, channel: where.channel, ts: message.ts };
    const answer = await post("/sandbox/shortcut", { ...ids, callback_id: shortcut.callback_id });
    if (!answer.ok) complain(foot, answer.error ?? "The sandbox refused that.");
  };
  const item = (shortcut) =>
    h(
      "button",
      { type: "button", data: { testid: "shortcut" }, on: { click: () => choose(shortcut) } },
      shortcut.name,
    );
  const menu = h(
    "details",
    { class: "overflow" },
    h("summary", { class: "ghost", "aria-label": "More actions", data: { testid: "message-menu" } }, "⋯"),
    h("div", { class: "overflow-items" }, world.shortcuts.map(item)),
  );
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    event.stopPropagation();
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  menu.addEventListener("focusout", (event) => {
    if (!menu.contains(event.relatedTarget)) menu.open = false;
  });
  return menu;
}

function repliesNode({ ts, count, faces, last }, context) {
  const words = count ? `${count} ${count === 1 ? "reply" : "replies"}` : "Open thread";
  const lastAt = last && h("span", { class: "last-reply" }, "last at ", timeNode(secondsOf(last), "{time}", context));
  return h(
    "button",
    {
      type: "button",
      class: count ? "replies" : "replies replies-none",
      "aria-label": count ? `${words}: open thread` : "Open thread",
      data: { testid: "replies", focus: `replies/${ts}` },
      on: { click: () => go({ thread: ts, tab: "chat" }) },
    },
    count
      ? h(
          "span",
          { class: "replies-faces" },
          faces.map((user) => avatar(user, world)),
        )
      : icon("thread"),
    h("span", { class: "replies-count" }, words),
    count ? lastAt : null,
  );
}
