/** The box to write in: completes commands, keeps a draft for each person and channel, recalls what was sent. */

import { append, h } from "./dom.js";
import { icon } from "./icons.js";
import { channel, post, view, world } from "./state.js";
import { complain } from "./toast.js";

const HISTORY = 30;

/** Commands that begin like what is typed; those that only contain it come after. */
function matching(typed) {
  if (!/^\/\S*$/.test(typed)) return [];
  const wanted = typed.slice(1).toLowerCase();
  const begins = (each) => each.command.slice(1).startsWith(wanted);
  const contains = (each) => !begins(each) && each.command.includes(wanted);
  return [...world.commands.filter(begins), ...world.commands.filter(contains)];
}

/** The command whose arguments are being written, if any. */
function commandIn(text) {
  const word = /^(\/\S+)\s/.exec(text)?.[1];
  return world.commands.find((each) => each.command === word);
}

/** Build the composer: `{node, show(), offer(text)}`. */
export function makeComposer() {
  const input = h("textarea", {
    rows: 1,
    id: "composer-input",
    spellcheck: "false",
    autocomplete: "off",
    role: "combobox",
    ...{
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": "suggestions",
      "aria-describedby": "usage",
    },
    data: { testid: "composer-input" },
  });
  const menu = h("ul", {
    id: "suggestions",
    class: "suggestions",
    role: "listbox",
    "aria-label": "Commands",
    hidden: true,
  });
  const usage = h("p", { id: "usage", class: "usage" });
  const troubles = h("div", { class: "composer-troubles" });
  const button = h(
    "button",
    { type: "submit", class: "send", "aria-label": "Send", data: { testid: "send" } },
    icon("send"),
  );
  const node = h(
    "form",
    { class: "composer" },
    troubles,
    h("div", { class: "composer-box" }, menu, input, button),
    usage,
  );

  const drafts = new Map();
  const sent = [];
  let place = null;
  let found = [];
  let chosen = 0;
  let recalled = -1;

  const grow = () => {
    input.style.height = "auto";
    input.style.height = `${Math.min(input.scrollHeight, 168)}px`;
  };
  const write = (text) => {
    input.value = text;
    input.setSelectionRange(text.length, text.length);
    typed();
  };
  const closeMenu = () => {
    found = [];
    showMenu();
  };
  const accept = (at) => {
    write(`${found[at].command} `);
    closeMenu();
    input.focus();
  };

  function showMenu() {
    menu.hidden = found.length === 0;
    input.setAttribute("aria-expanded", String(found.length > 0));
    menu.replaceChildren();
    append(
      menu,
      found.map((each, at) => suggestion(each, at)),
    );
    if (found.length === 0) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", `suggestion-${chosen}`);
    menu.children[chosen].scrollIntoView({ block: "nearest" });
  }

  function suggestion({ command, description, usage_hint: hint }, at) {
    // On mousedown, or the box would lose the focus before the click arrives.
    const take = (event) => {
      event.preventDefault();
      accept(at);
    };
    const words = [
      h("span", { class: "suggestion-command" }, command, " ", h("span", { class: "suggestion-hint" }, hint ?? "")),
      h("span", { class: "suggestion-about" }, description ?? ""),
    ];
    return h(
      "li",
      {
        id: `suggestion-${at}`,
        role: "option",
        "aria-selected": String(at === chosen),
        data: { testid: "suggestion" },
        on: { mousedown: take },
      },
      words,
    );
  }

  function showUsage() {
    const command = commandIn(input.value);
    usage.replaceChildren();
    usage.classList.toggle("usage-idle", !command);
    if (command)
      append(usage, [
        h("code", {}, command.command),
        " ",
        command.usage_hint ?? "",
        command.description ? ` · ${command.description}` : "",
      ]);
    else
      append(usage, [
        h("kbd", {}, "Enter"),
        " sends, ",
        h("kbd", {}, "Shift"),
        "+",
        h("kbd", {}, "Enter"),
        " begins a line, ",
        h("kbd", {}, "/"),
        " lists commands",
      ]);
  }

  function typed() {
    found = matching(input.value);
    chosen = 0;
    drafts.set(place, input.value);
    button.classList.toggle("send-ready", input.value.trim() !== "");
    showMenu();
    showUsage();
    grow();
  }

  async function send() {
    const text = input.value.trim();
    if (!text) return;
    const from = place;
    const said = { person: view.person, channel: view.channel, text };
    write("");
    complain(troubles, "");
    if (sent[0] !== text) sent.unshift(text);
    sent.length = Math.min(sent.length, HISTORY);
    recalled = -1;
    const answer = await post("/sandbox/type", said);
    if (answer.ok) return;
    if (from === place) complain(troubles, answer.error ?? "The sandbox refused that message.");
    // What was written must not be lost with a refusal; but neither may it fall on what has been typed since.
    if (from === place && input.value === "") write(text);
    else if (from !== place && !drafts.get(from)) drafts.set(from, text);
  }

  function recall(step) {
    if (input.value !== "" && input.value !== sent[recalled]) return false;
    const next = recalled + step;
    if (next < -1 || next >= sent.length) return false;
    recalled = next;
    write(sent[recalled] ?? "");
    closeMenu();
    return true;
  }

  /** Keys while the list of commands is open; whether the key was used. */
  function keyInMenu(event) {
    const moves = { ArrowDown: 1, ArrowUp: -1 };
    // `/sms` is a command itself, though longer ones begin with it: Enter sends it unless another was chosen.
    const isWhole =
      found[chosen]?.command === input.value ||
      (chosen === 0 && found.some((each) => each.command === input.value));
    if (event.key in moves) chosen = (chosen + moves[event.key] + found.length) % found.length;
    else if (event.key === "Escape") found = [];
    else if ((event.key === "Tab" && !event.shiftKey) || (event.key === "Enter" && !event.shiftKey && !isWhole))
      return accept(chosen), true;
    else return false;
    showMenu();
    return true;
  }

  function onKey(event) {
    if (event.isComposing) return;
    if (found.length > 0 && keyInMenu(event)) return event.preventDefault();
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      send();
    } else if (event.key === "ArrowUp" && recall(1)) event.preventDefault();
    else if (event.key === "ArrowDown" && recalled >= 0 && recall(-1)) event.preventDefault();
  }

  input.addEventListener("input", typed);
  input.addEventListener("keydown", onKey);
  input.addEventListener("blur", closeMenu);
  node.addEventListener("submit", (event) => {
    event.preventDefault();
    send();
    input.focus();
  });

  function show() {
    const here = `${view.person} ${view.channel}`;
    const { name, is_im: isDirect } = channel();
    const label = `Message ${isDirect ? "" : "#"}${name}`;
    input.placeholder = label;
    input.setAttribute("aria-label", label);
    if (here === place) return;
    place = here;
    complain(troubles, "");
    write(drafts.get(here) ?? "");
    closeMenu();
  }

  const offer = (text) => {
    write(text);
    closeMenu();
    input.focus();
  };
  return { node, show, offer };
}
