/** Controls for Block Kit's input elements. Each reads and writes the state object that Slack would send for it. */

import { localFromSeconds, secondsFromLocal } from "./dates.js";
import { h } from "./dom.js";
import { fileField, problemWithFiles } from "./files.js";
import { plainOf, renderText } from "./mrkdwn.js";

const TEXT_TYPES = new Set(["plain_text_input", "email_text_input", "url_text_input", "number_input"]);
const PICKERS = {
  datepicker: { type: "date", holds: "selected_date", initial: "initial_date" },
  timepicker: { type: "time", holds: "selected_time", initial: "initial_time" },
};
const LISTS = {
  users_select: "user",
  channels_select: "channel",
  conversations_select: "conversation",
  multi_users_select: "users",
  multi_channels_select: "channels",
};

const isSeveral = (type) => type.startsWith("multi_");
const optionsOf = (element) => element.options ?? (element.option_groups ?? []).flatMap((group) => group.options);

/** The state of an element nobody has touched. */
export function initialState(element) {
  const { type } = element;
  if (TEXT_TYPES.has(type)) return { type, value: element.initial_value ?? null };
  if (type in PICKERS) return { type, [PICKERS[type].holds]: element[PICKERS[type].initial] ?? null };
  if (type === "datetimepicker") return { type, selected_date_time: element.initial_date_time ?? null };
  if (type === "file_input") return { type, files: [] };
  if (type === "checkboxes" || type === "multi_static_select")
    return { type, selected_options: element.initial_options ?? [] };
  if (type in LISTS)
    return { type, [`selected_${LISTS[type]}`]: element[`initial_${LISTS[type]}`] ?? (isSeveral(type) ? [] : null) };
  return { type, selected_option: element.initial_option ?? null };
}

/** Whether an element is written in, letter by letter. */
export const isWritten = (element) => TEXT_TYPES.has(element.type);

/** Whether an element keeps a state, as inputs do and buttons don't. */
export const isStateful = (element) => Boolean(element?.action_id) && element.type in BUILDERS;

/** What is missing or wrong with a state, in Slack's manner, or null; the bot is asked only when nothing is. */
export function problemWith(block, state) {
  const { element } = block;
  const wrong = element.type === "file_input" && problemWithFiles(element, state);
  if (wrong) return wrong;
  const given = Object.entries(state).find(([name]) => name !== "type")?.[1];
  const isEmpty = given === null || given === "" || given?.length === 0;
  if (isEmpty) return block.optional ? null : "Please complete this required field.";
  const length = typeof given === "string" ? [...given].length : 0;
  if (element.min_length && length < element.min_length)
    return `Please write at least ${element.min_length} characters.`;
  if (element.max_length && length > element.max_length)
    return `Please write at most ${element.max_length} characters.`;
  if (element.type === "number_input") return problemWithNumber(element, given);
  if (element.type === "email_text_input" && !/^\S+@\S+\.\S+$/.test(given)) return "Please write an e-mail address.";
  if (element.type === "url_text_input" && !URL.canParse(given))
    return "Please write a whole address, like https://example.com.";
  return null;
}

function problemWithNumber(element, text) {
  const pattern = element.is_decimal_allowed ? /^-?\d+([.,]\d+)?$/ : /^-?\d+$/;
  if (!pattern.test(text))
    return element.is_decimal_allowed ? "Please write a number." : "Please write a whole number.";
  const number = Number(text.replace(",", "."));
  if (element.min_value != null && number < Number(element.min_value))
    return `Please write ${element.min_value} or more.`;
  if (element.max_value != null && number > Number(element.max_value))
    return `Please write ${element.max_value} or less.`;
  return null;
}

function textField(element, state, changed, common) {
  const counter = element.max_length && h("span", { class: "counter", "aria-hidden": "true" });
  const count = () => {
    if (!counter) return;
    const left = element.max_length - [...field.value].length;
    counter.textContent = `${left}`;
    counter.classList.toggle("counter-over", left < 0);
  };
  const read = () => {
    changed({ type: element.type, value: field.value || null });
    count();
  };
  const shared = {
    ...common,
    class: "field",
    placeholder: plainOf(element.placeholder) || null,
    value: state.value ?? "",
    on: { input: read },
  };
  const inputmode = { number_input: "decimal", email_text_input: "email", url_text_input: "url" }[element.type];
  const field = element.multiline
    ? h("textarea", { ...shared, rows: 4 })
    : h("input", { ...shared, type: "text", inputmode, autocomplete: "off" });
  count();
  return counter ? h("div", { class: "counted" }, field, counter) : field;
}

function picker(element, state, changed, common) {
  const { type, holds } = PICKERS[element.type];
  const read = (event) => changed({ type: element.type, [holds]: event.target.value || null });
  return h("input", { ...common, class: "field field-short", type, value: state[holds] ?? "", on: { change: read } });
}

function momentPicker(element, state, changed, common, reader) {
  const value = state.selected_date_time ? localFromSeconds(state.selected_date_time, reader.tz) : "";
  const read = (event) =>
    changed({ type: element.type, selected_date_time: secondsFromLocal(event.target.value, reader.tz) });
  return h("input", { ...common, class: "field field-short", type: "datetime-local", value, on: { change: read } });
}

function choice(element, option, at, kind, isChosen, read, common) {
  const id = `${common.id}-${at}`;
  const input = h("input", {
    type: kind,
    id,
    name: common.id,
    checked: isChosen,
    data: { at, focus: `${common.data.focus}/${at}` },
    on: { change: read },
  });
  const description = option.description && h("small", {}, plainOf(option.description));
  return h(
    "label",
    { class: "choice", for: id },
    input,
    h("span", {}, renderText(option.text, common.reader), description),
  );
}

function choices(element, state, changed, common, reader) {
  const isMany = element.type === "checkboxes";
  const options = element.options ?? [];
  const chosen = new Set((isMany ? state.selected_options : [state.selected_option]).map((option) => option?.value));
  const read = () => {
    const picked = [...group.querySelectorAll("input:checked")].map((input) => options[input.dataset.at]);
    changed(
      isMany
        ? { type: element.type, selected_options: picked }
        : { type: element.type, selected_option: picked[0] ?? null },
    );
  };
  const kind = isMany ? "checkbox" : "radio";
  const items = options.map((option, at) =>
    choice(element, option, at, kind, chosen.has(option.value), read, { ...common, reader }),
  );
  const { id, "aria-describedby": describedby, "aria-label": label, data } = common;
  const group = h(
    "div",
    {
      class: "choices",
      role: isMany ? "group" : "radiogroup",
      id,
      tabindex: -1,
      "aria-describedby": describedby,
      "aria-label": label,
      "aria-labelledby": label ? null : `${id}-label`,
      data,
    },
    items,
  );
  return group;
}

function menu(element, state, changed, common) {
  const isMany = isSeveral(element.type);
  const options = optionsOf(element);
  const chosen = new Set((isMany ? state.selected_options : [state.selected_option]).map((option) => option?.value));
  const item = (option) =>
    h("option", { value: option.value, selected: chosen.has(option.value) }, plainOf(option.text));
  const groups = element.option_groups?.map((group) =>
    h("optgroup", { label: plainOf(group.label) }, group.options.map(item)),
  );
  const blank = !isMany && h("option", { value: "" }, plainOf(element.placeholder) || "Choose…");
  const read = (event) => {
    const picked = [...event.target.selectedOptions]
      .map((each) => options.find((option) => option.value === each.value))
      .filter(Boolean);
    changed(
      isMany
        ? { type: element.type, selected_options: picked }
        : { type: element.type, selected_option: picked[0] ?? null },
    );
  };
  return h(
    "select",
    { ...common, class: "field field-short", multiple: isMany, on: { change: read } },
    blank,
    groups ?? options.map(item),
  );
}

function directory(element, state, changed, common, reader) {
  const what = LISTS[element.type];
  const entries = what.startsWith("user")
    ? Object.entries(reader.names).map(([id, name]) => [id, `@${name}`])
    : reader.channels.map(({ id, name }) => [id, `#${name}`]);
  const isMany = isSeveral(element.type);
  const chosen = new Set([state[`selected_${what}`]].flat());
  const items = entries.map(([id, name]) => h("option", { value: id, selected: chosen.has(id) }, name));
  const read = ({ target }) => {
    const picked = isMany ? [...target.selectedOptions].map((option) => option.value) : target.value || null;
    changed({ type: element.type, [`selected_${what}`]: picked });
  };
  const blank = !isMany && h("option", { value: "" }, plainOf(element.placeholder) || "Choose…");
  return h("select", { ...common, class: "field field-short", multiple: isMany, on: { change: read } }, blank, items);
}

const BUILDERS = {
  ...Object.fromEntries([...TEXT_TYPES].map((type) => [type, textField])),
  ...Object.fromEntries(Object.keys(PICKERS).map((type) => [type, picker])),
  ...Object.fromEntries(Object.keys(LISTS).map((type) => [type, directory])),
  datetimepicker: momentPicker,
  file_input: fileField,
  ...{ radio_buttons: choices, checkboxes: choices, static_select: menu, multi_static_select: menu },
};

/**
 * Build the control for an element.
 *
 * @param {object} element Block Kit element
 * @param {object} state what it holds now, as `initialState` gives it
 * @param {(state: object) => void} changed told at every change
 * @param {object} common attributes for the focusable node: id, data, aria-*
 * @returns {Element|null} null for an element this page can't draw
 */
export function renderField(element, state, changed, common, reader) {
  return BUILDERS[element.type]?.(element, state, changed, common, reader) ?? null;
}
