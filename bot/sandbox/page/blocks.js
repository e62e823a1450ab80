/**
 * Block Kit, drawn as its reader would see it.
 *
 * A *surface* is where blocks stand: `{key, reader, press(block, element, said), stateOf(block, element), hold(block, element, state), errorOf(block)}`.
 * A message's surface presses at once; a modal's also holds what was typed until it is submitted.
 */

import { h, reconcile } from "./dom.js";
import { renderElement, renderImage } from "./elements.js";
import { initialState, isWritten, renderField } from "./fields.js";
import { plainOf, renderText } from "./mrkdwn.js";
import { renderRichText } from "./richtext.js";

function renderSection(block, surface) {
  const text = block.text && h("div", { class: "text" }, renderText(block.text, surface.reader));
  const cell = (field) => h("div", { class: "text" }, renderText(field, surface.reader));
  const fields = block.fields?.length > 0 && h("div", { class: "fields" }, block.fields.map(cell));
  const accessory = block.accessory && h("div", { class: "accessory" }, renderElement(block.accessory, block, surface));
  return h("div", { class: "block section" }, h("div", { class: "section-main" }, text, fields), accessory);
}

function renderContext(block, surface) {
  const item = (element) =>
    element.type === "image" ? renderImage(element) : h("span", { class: "text" }, renderText(element, surface.reader));
  return h("div", { class: "block context" }, block.elements.map(item));
}

function renderActions(block, surface) {
  return h(
    "div",
    { class: "block actions" },
    block.elements.map((element) => renderElement(element, block, surface)),
  );
}

function renderPicture(block) {
  const title = block.title && h("figcaption", {}, plainOf(block.title));
  return h("figure", { class: "block picture" }, title, renderImage(block));
}

function tableCell(cell, column, tag, reader) {
  const align = column?.align === "right" ? "cell-right" : column?.align === "center" ? "cell-center" : null;
  const inside = cell?.type === "rich_text" ? renderRichText(cell, reader) : String(cell?.text ?? cell?.value ?? "");
  return h(tag, { class: align, scope: tag === "th" ? "col" : null }, inside);
}

function renderTable(block, surface) {
  const columns = block.column_settings ?? [];
  const row = (cells, at) =>
    h(
      "tr",
      {},
      cells.map((cell, column) => tableCell(cell, columns[column], at === 0 ? "th" : "td", surface.reader)),
    );
  return h(
    "div",
    { class: "block table-frame", tabindex: 0, role: "group", "aria-label": "Table" },
    h("table", {}, block.rows.map(row)),
  );
}

function renderInput(block, surface) {
  const { element } = block;
  const id = `${surface.key}/${block.block_id}/${element.action_id}`;
  const error = surface.errorOf?.(block);
  const notes = [block.hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  const common = {
    id,
    "aria-describedby": notes || null,
    "aria-invalid": error ? "true" : null,
    "aria-required": block.optional ? null : "true",
    data: { actionId: element.action_id, blockId: block.block_id, focus: id },
  };
  const held = surface.stateOf(block, element) ?? initialState(element);
  const tellsEachLetter = element.dispatch_action_config?.trigger_actions_on?.includes("on_character_entered");
  const tell = ({ type, ...said }) => surface.press(block, element, said);
  const changed = (state) => {
    surface.hold(block, element, state);
    if (block.dispatch_action && (!isWritten(element) || tellsEachLetter)) tell(state);
  };
  const field = renderField(element, held, changed, common, surface.reader);
  if (block.dispatch_action && isWritten(element) && !element.multiline) {
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing) return;
      event.preventDefault();
      tell(surface.stateOf(block, element) ?? held);
    });
  }
  return h(
    "div",
    { class: error ? "block input input-wrong" : "block input" },
    h(
      "label",
      { for: id, id: `${id}-label` },
      plainOf(block.label),
      block.optional && h("span", { class: "optional" }, " (optional)"),
    ),
    field ?? h("span", { class: "unsupported" }, `[unsupported: ${element.type}]`),
    error && h("p", { class: "field-error", id: `${id}-error`, data: { testid: `error-${block.block_id}` } }, error),
    block.hint && h("p", { class: "hint", id: `${id}-hint` }, plainOf(block.hint)),
  );
}

const BLOCKS = {
  section: renderSection,
  context: renderContext,
  actions: renderActions,
  divider: () => h("hr", { class: "block divider" }),
  header: (block) => h("h3", { class: "block heading" }, plainOf(block.text)),
  image: renderPicture,
  rich_text: (block, surface) => h("div", { class: "block" }, renderRichText(block, surface.reader)),
  table: renderTable,
  input: renderInput,
};

function renderBlock(block, surface) {
  const unsupported = h("div", { class: "block unsupported" }, `[unsupported block: ${block.type}]`);
  try {
    return BLOCKS[block.type]?.(block, surface) ?? unsupported;
  } catch (error) {
    // One malformed block must not take the page with it; Slack would have refused it, so it is shown as what it is.
    console.error(error);
    return h("div", { class: "block unsupported" }, `[malformed block: ${block.type}]`);
  }
}

/**
 * Make `parent` show blocks, keeping those that didn't change, with what is typed in them.
 *
 * @param {object} surface must be the current one: a rebuilt block listens to it
 */
export function showBlocks(parent, blocks, surface) {
  reconcile(parent, blocks, {
    key: (block) => `${surface.key}/${block.type}/${block.block_id ?? blocks.indexOf(block)}`,
    signature: (block) => `${surface.reader.me} ${surface.errorOf?.(block) ?? ""} ${JSON.stringify(block)}`,
    build: (block) => renderBlock(block, surface),
  });
}
