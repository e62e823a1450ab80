/** Slack's mrkdwn, read into nodes. Nothing here makes markup out of text, so a stranger's words stay words. */

import { timeNode } from "./dates.js";
import { append, h } from "./dom.js";
import { withEmoji } from "./emoji.js";

const MARKS = { "*": "strong", _: "em", "~": "s" };
const DEEPEST = 12;
const ANGLE = /^<([^<>\n]+)>/;

/** Undo Slack's three entities, `&amp;` last so that nothing is undone twice. */
export function unescapeEntities(text) {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

const leaf = (text) => document.createTextNode(withEmoji(unescapeEntities(text)));

/** A link that can be followed safely, or its words alone when its address is of another kind. */
export function linkNode(address, words) {
  if (!/^(https?:|mailto:|tel:)/i.test(address)) return document.createTextNode(words);
  return h("a", { href: address, target: "_blank", rel: "noopener noreferrer", class: "link" }, words);
}

export function userNode(id, reader, fallback = "") {
  const isMe = id === reader.me;
  return h("span", { class: isMe ? "mention mention-me" : "mention" }, `@${reader.names[id] ?? (fallback || id)}`);
}

export function groupNode(id, reader, fallback = "") {
  return h("span", { class: "mention" }, `@${reader.groups[id] ?? (fallback.replace(/^@/, "") || id)}`);
}

export function channelNode(id, reader, fallback = "") {
  const place = reader.channels.find((each) => each.id === id);
  return h("span", { class: "mention" }, `#${place?.name ?? (fallback || "private channel")}`);
}

export const broadcastNode = (range) => h("span", { class: "mention mention-me" }, `@${range}`);

/** What stands between angle brackets: a person, a group, a channel, a time, a shout or a link. */
function angleNode(inside, reader) {
  const bar = inside.indexOf("|");
  const target = bar < 0 ? inside : inside.slice(0, bar);
  const label = bar < 0 ? "" : unescapeEntities(inside.slice(bar + 1));
  if (target.startsWith("@")) return userNode(target.slice(1), reader, label);
  if (target.startsWith("#")) return channelNode(target.slice(1), reader, label);
  if (target.startsWith("!subteam^")) return groupNode(target.slice(9), reader, label);
  if (target.startsWith("!date^")) return dateNode(target, label, reader);
  if (/^!(channel|here|everyone)$/.test(target)) return broadcastNode(target.slice(1));
  if (/^(https?:|mailto:|tel:)/i.test(target))
    return linkNode(unescapeEntities(target), label || unescapeEntities(target));
  return null;
}

function dateNode(target, fallback, reader) {
  const [, seconds, format = "{date}", link] = target.split("^");
  if (!/^\d+$/.test(seconds) || Number(seconds) > 8.64e12) return document.createTextNode(fallback);
  const time = timeNode(Number(seconds), unescapeEntities(format), reader);
  return link ? append(linkNode(unescapeEntities(link), ""), time) : time;
}

const isWord = (character) => character !== undefined && /[\p{L}\p{N}]/u.test(character);

/** Where the mark that opened at `start` closes, stepping over brackets and code; -1 if it never does. */
function closingOf(text, start, mark) {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === "<") at += (ANGLE.exec(text.slice(at))?.[0].length ?? 1) - 1;
    else if (text[at] === "`" && text.indexOf("`", at + 1) > 0) at = text.indexOf("`", at + 1);
    else if (text[at] === mark && at > start + 1 && !/\s/.test(text[at - 1]) && !isWord(text[at + 1])) return at;
  }
  return -1;
}

/** The node that begins at `at`, and where it ends; null when that character is only itself. */
function spanAt(text, at, reader, depth) {
  const first = text[at];
  if (first === "<") {
    const found = ANGLE.exec(text.slice(at));
    const node = found && angleNode(found[1], reader);
    return node ? { node, end: at + found[0].length } : null;
  }
  if (first === "`") {
    const end = text.indexOf("`", at + 1);
    if (end <= at + 1) return null;
    return { node: h("code", {}, unescapeEntities(text.slice(at + 1, end))), end: end + 1 };
  }
  if (!MARKS[first] || isWord(text[at - 1]) || /\s/.test(text[at + 1] ?? " ") || depth >= DEEPEST) return null;
  const end = closingOf(text, at, first);
  if (end < 0) return null;
  return { node: append(h(MARKS[first]), inline(text.slice(at + 1, end), reader, depth + 1)), end: end + 1 };
}

/** One line's nodes. */
function inline(text, reader, depth = 0) {
  const nodes = [];
  let pending = "";
  for (let at = 0; at < text.length; ) {
    const span = "<`*_~".includes(text[at]) ? spanAt(text, at, reader, depth) : null;
    if (!span) {
      pending += text[at];
      at += 1;
      continue;
    }
    if (pending) nodes.push(leaf(pending));
    pending = "";
    nodes.push(span.node);
    at = span.end;
  }
  if (pending) nodes.push(leaf(pending));
  return nodes;
}

const linesOf = (lines, reader) => lines.flatMap((line, at) => [at ? h("br") : null, ...inline(line, reader)]);

/** Lines outside a fence: runs of `>` lines become one quote. */
function paragraphs(text, reader) {
  const runs = [];
  for (const line of text.split("\n")) {
    const quoted = /^(&gt;|>) ?/.exec(line);
    const words = quoted ? line.slice(quoted[0].length) : line;
    if (runs.at(-1)?.isQuote === Boolean(quoted)) runs.at(-1).lines.push(words);
    else runs.push({ isQuote: Boolean(quoted), lines: [words] });
  }
  return runs.map(({ isQuote, lines }) => append(h(isQuote ? "blockquote" : "div"), linesOf(lines, reader)));
}

/** Read mrkdwn into a fragment. */
export function renderMrkdwn(text, reader) {
  const fragment = document.createDocumentFragment();
  text.split("```").forEach((piece, at, all) => {
    const isFence = at % 2 === 1 && at < all.length - 1;
    if (isFence) fragment.append(h("pre", {}, unescapeEntities(piece.replace(/^\n|\n$/g, ""))));
    else if (at % 2 === 1) append(fragment, paragraphs(`\`\`\`${piece}`, reader));
    else if (piece.trim()) append(fragment, paragraphs(all.length > 1 ? piece.replace(/^\n|\n$/g, "") : piece, reader));
  });
  return fragment;
}

/** A text object of either kind: plain text never formats, but for emoji when it says so. */
export function renderText(object, reader) {
  if (object?.type === "mrkdwn") return renderMrkdwn(object.text ?? "", reader);
  return document.createTextNode(plainOf(object));
}

/** The words of a plain text object, as they are. */
export function plainOf(object) {
  const text = object?.text ?? "";
  return object?.emoji === true ? withEmoji(text) : text;
}
