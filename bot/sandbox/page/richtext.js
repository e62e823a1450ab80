/** Slack's rich_text block: nothing in it is parsed, so it is the safe place for strangers' words. */

import { timeNode } from "./dates.js";
import { append, h } from "./dom.js";
import { emojiNamed } from "./emoji.js";
import { broadcastNode, channelNode, groupNode, linkNode, userNode } from "./mrkdwn.js";

const WRAPPERS = { bold: "strong", italic: "em", strike: "s", code: "code" };

function emojiText({ name = "", unicode }) {
  const known = unicode && /^[0-9a-f-]+$/i.test(unicode);
  if (known) return String.fromCodePoint(...unicode.split("-").map((point) => Number.parseInt(point, 16)));
  return emojiNamed(name) ?? `:${name}:`;
}

const KINDS = {
  text: (element) => document.createTextNode(element.text ?? ""),
  link: (element) => linkNode(element.url ?? "", element.text || element.url || ""),
  user: (element, reader) => userNode(element.user_id, reader),
  usergroup: (element, reader) => groupNode(element.usergroup_id, reader),
  channel: (element, reader) => channelNode(element.channel_id, reader),
  broadcast: (element) => broadcastNode(element.range),
  emoji: (element) => document.createTextNode(emojiText(element)),
  date: (element, reader) => timeNode(element.timestamp, element.format ?? "{date}", reader),
};

function leafNode(element, reader) {
  const build = KINDS[element.type];
  if (!build) return h("span", { class: "unsupported" }, `[unsupported: ${element.type}]`);
  let node = build(element, reader);
  for (const [style, tag] of Object.entries(WRAPPERS)) if (element.style?.[style]) node = h(tag, {}, node);
  return node;
}

const leaves = (part, reader) => (part.elements ?? []).map((element) => leafNode(element, reader));

function listNode(part, reader) {
  const tag = part.style === "ordered" ? "ol" : "ul";
  const list = h(tag, { class: "rich-list", start: tag === "ol" && part.offset ? part.offset + 1 : null });
  list.classList.add(`indent-${Math.min(part.indent ?? 0, 4)}`);
  return append(
    list,
    (part.elements ?? []).map((item) => h("li", {}, leaves(item, reader))),
  );
}

const PARTS = {
  rich_text_section: (part, reader) => h("div", { class: "rich" }, leaves(part, reader)),
  rich_text_quote: (part, reader) => h("blockquote", { class: "rich" }, leaves(part, reader)),
  rich_text_preformatted: (part, reader) => h("pre", {}, leaves(part, reader)),
  rich_text_list: listNode,
};

/** Render a rich_text block, or a table cell that is one. */
export function renderRichText(block, reader) {
  const parts = (block.elements ?? []).map((part) => {
    const build = PARTS[part.type];
    return build ? build(part, reader) : h("div", { class: "unsupported" }, `[unsupported: ${part.type}]`);
  });
  return h("div", { class: "rich-text" }, parts);
}
