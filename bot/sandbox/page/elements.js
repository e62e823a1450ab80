/** The elements inside actions, sections and contexts: buttons, menus and pickers that act as soon as they are used. */

import { ask } from "./confirm.js";
import { h } from "./dom.js";
import { initialState, isStateful, renderField } from "./fields.js";
import { icon } from "./icons.js";
import { plainOf } from "./mrkdwn.js";

/** What a press sends beside its ids: a button's value, a picker's choice. */
const saidBy = ({ type, ...said }) => said;

function isPending(node) {
  return node.getAttribute("aria-disabled") === "true";
}

/** Mark as pending while `work` runs. `aria-disabled`, because a disabled button would lose the keyboard's place. */
async function whilePending(node, work) {
  if (isPending(node)) return;
  node.setAttribute("aria-disabled", "true");
  node.classList.add("pending");
  try {
    await work();
  } finally {
    node.removeAttribute("aria-disabled");
    node.classList.remove("pending");
  }
}

function renderButton(element, block, surface) {
  const styles = { primary: " button-primary", danger: " button-danger" };
  const press = async () => {
    if (isPending(node)) return;
    if (element.confirm && !(await ask(element.confirm, surface.reader))) return;
    if (element.url && /^https?:/i.test(element.url)) open(element.url, "_blank", "noopener");
    await whilePending(node, () =>
      surface.press(block, element, element.value == null ? {} : { value: element.value }),
    );
  };
  const node = h(
    "button",
    {
      type: "button",
      class: `button${styles[element.style] ?? ""}`,
      "aria-label": element.accessibility_label,
      data: {
        actionId: element.action_id,
        blockId: block.block_id,
        focus: `${surface.key}/${block.block_id}/${element.action_id}`,
      },
      on: { click: press },
    },
    plainOf(element.text),
  );
  return node;
}

function renderOverflow(element, block, surface) {
  const menu = h(
    "details",
    { class: "overflow" },
    h("summary", { class: "button", "aria-label": "More actions" }, "⋯"),
  );
  const choose = async (option) => {
    menu.open = false;
    if (element.confirm && !(await ask(element.confirm, surface.reader))) return;
    await surface.press(block, element, { selected_option: option });
  };
  const item = (option) =>
    h(
      "button",
      {
        type: "button",
        data: { actionId: element.action_id, value: option.value },
        on: { click: () => choose(option) },
      },
      plainOf(option.text),
    );
  menu.append(h("div", { class: "overflow-items" }, (element.options ?? []).map(item)));
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    event.stopPropagation();
    event.preventDefault();
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  return menu;
}

function renderActing(element, block, surface) {
  const held = surface.stateOf(block, element) ?? initialState(element);
  const name = `${surface.key}/${block.block_id}/${element.action_id}`;
  const changed = async (state) => {
    surface.hold(block, element, state);
    if (element.type.endsWith("_input")) return;
    if (element.confirm && !(await ask(element.confirm, surface.reader))) return;
    await surface.press(block, element, saidBy(state));
  };
  const common = {
    id: name,
    "aria-label": plainOf(element.placeholder) || "Choice",
    data: { actionId: element.action_id, focus: name },
  };
  return renderField(element, held, changed, common, surface.reader);
}

/** An image that lives elsewhere is not fetched: the page asks nobody but its own server. Its words are shown. */
export function renderImage(element) {
  return h(
    "span",
    { class: "image-words", role: "img", "aria-label": element.alt_text },
    icon("image"),
    h("span", {}, element.alt_text || "image"),
  );
}

/** Render one element of a block. */
export function renderElement(element, block, surface) {
  if (element.type === "button") return renderButton(element, block, surface);
  if (element.type === "overflow") return renderOverflow(element, block, surface);
  if (element.type === "image") return renderImage(element);
  if (isStateful(element)) return renderActing(element, block, surface);
  return h("span", { class: "unsupported" }, `[unsupported: ${element.type}]`);
}
