/** The modal on top of the reader's view stack: typed values outlive its updates, errors stand at their fields. */

import { showBlocks } from "./blocks.js";
import { h, keepTabInside, reconcile, setText } from "./dom.js";
import { initialState, isStateful, problemWith } from "./fields.js";
import { icon } from "./icons.js";
import { plainOf } from "./mrkdwn.js";
import { post, reader, view, world } from "./state.js";
import { complain } from "./toast.js";

/** The elements of a block that keep a state. */
const statefulIn = (block) => [block.element, block.accessory, ...(block.elements ?? [])].filter(isStateful);

/** Build the modal's dialog, closed; the returned function shows the current state in it. */
export function makeModal() {
  const title = h("h2", { id: "modal-title" });
  const away = h(
    "button",
    { type: "button", class: "ghost", "aria-label": "Close", data: { testid: "modal-x" } },
    icon("close"),
  );
  const body = h("div", { class: "modal-body" });
  const troubles = h("div", { class: "modal-troubles" });
  const close = h("button", { type: "button", class: "button", data: { testid: "modal-close" } });
  const submit = h("button", { type: "submit", class: "button button-primary", data: { testid: "modal-submit" } });
  const foot = h("div", { class: "dialog-foot" }, close, submit);
  const form = h("form", { novalidate: true }, h("header", { class: "modal-head" }, title, away), body, troubles, foot);
  const dialog = h("dialog", { class: "modal", "aria-labelledby": "modal-title", data: { testid: "modal" } }, form);
  keepTabInside(dialog);
  document.body.append(dialog);

  const typedIn = new Map();
  let current = null;
  // What the last attempt to submit found; null when only the sandbox knows.
  let problems = null;
  let problemsOf = null;
  // Presses and letters are told one after the other, as they were made.
  let telling = Promise.resolve();
  let shownAs = null;

  const values = () => {
    if (!typedIn.has(current.id)) typedIn.set(current.id, new Map());
    return typedIn.get(current.id);
  };
  // With the kind, for an update may put another kind of input in the same place, which then begins anew.
  const nameFor = (block, element) => `${block.block_id}\n${element.action_id}\n${element.type}`;
  const stateOf = (block, element) =>
    values().get(nameFor(block, element)) ?? current.state?.[block.block_id]?.[element.action_id];

  /** What Slack calls `view.state.values`. */
  function readState() {
    const state = {};
    for (const block of current.blocks) {
      for (const element of statefulIn(block)) {
        state[block.block_id] ??= {};
        state[block.block_id][element.action_id] = stateOf(block, element) ?? initialState(element);
      }
    }
    return state;
  }

  function findProblems(state) {
    const inputs = current.blocks.filter((block) => block.type === "input" && isStateful(block.element));
    const found = inputs.map((block) => [
      block.block_id,
      problemWith(block, state[block.block_id][block.element.action_id]),
    ]);
    return Object.fromEntries(found.filter(([, problem]) => problem));
  }

  async function press(block, element, said) {
    complain(troubles, "");
    const ids = { person: view.person, view_id: current.id, block_id: block.block_id, action_id: element.action_id };
    const told = { ...ids, ...said, state: readState() };
    const asked = telling.then(() => post("/sandbox/modal/press", told));
    telling = asked.catch(() => {});
    const answer = await asked;
    if (!answer.ok) complain(troubles, answer.error ?? "The sandbox refused that press.");
  }

  function surface() {
    return {
      key: current.id,
      reader: reader(),
      press,
      stateOf,
      hold: (block, element, state) => values().set(nameFor(block, element), state),
      errorOf: (block) => (problems ?? current.errors)?.[block.block_id] ?? null,
    };
  }

  function showProblems(found) {
    problems = found;
    problemsOf = current.hash;
    showBlocks(body, current.blocks, surface());
    body.querySelector(".input-wrong :is(input, textarea, select)")?.focus();
  }

  async function onSubmit(event) {
    event.preventDefault();
    if (submit.hidden || submit.getAttribute("aria-disabled") === "true") return;
    const asked = current.id;
    const state = readState();
    const found = findProblems(state);
    complain(troubles, "");
    if (Object.keys(found).length > 0) return showProblems(found);
    submit.setAttribute("aria-disabled", "true");
    submit.classList.add("pending");
    await telling;
    const answer = await post("/sandbox/modal/submit", { person: view.person, view_id: asked, state });
    submit.removeAttribute("aria-disabled");
    submit.classList.remove("pending");
    if (current?.id !== asked) return;
    if (!answer.ok) complain(troubles, answer.error ?? "The sandbox refused that.");
    else showProblems(answer.errors ?? {});
  }

  async function dismiss() {
    if (!current) return;
    const ids = { person: view.person, view_id: current.id };
    await telling;
    const answer = await post("/sandbox/modal/close", ids);
    if (!answer.ok) complain(troubles, answer.error ?? "The sandbox refused that.");
  }

  form.addEventListener("submit", onSubmit);
  close.addEventListener("click", dismiss);
  away.addEventListener("click", dismiss);
  dialog.addEventListener("cancel", (event) => {
    if (event.target !== dialog) return;
    event.preventDefault();
    dismiss();
  });
  dialog.addEventListener("keydown", (event) => {
    // A second Esc would close a dialog whatever `cancel` says; the sandbox has to hear of it first.
    if (event.key !== "Escape" || event.defaultPrevented) return;
    event.preventDefault();
    dismiss();
  });

  /** An input that an update took away begins anew when it comes back, as in Slack. */
  function forgetRemoved() {
    const names = new Set(
      current.blocks.flatMap((block) => statefulIn(block).map((element) => nameFor(block, element))),
    );
    for (const name of values().keys()) if (!names.has(name)) values().delete(name);
  }

  function hide() {
    current = null;
    shownAs = null;
    typedIn.clear();
    reconcile(body, [], {});
    if (dialog.open) dialog.close();
  }

  return () => {
    if (!world.modal) return hide();
    current = world.modal;
    const isOther = shownAs !== current.id;
    // The bot has looked at the view since, so what was wrong with the last one is no longer known to be.
    if (isOther || current.hash !== problemsOf) problems = null;
    if (isOther) complain(troubles, "");
    forgetRemoved();
    shownAs = current.id;
    setText(title, plainOf(current.title));
    setText(close, plainOf(current.close) || "Close");
    setText(submit, plainOf(current.submit) || "Submit");
    submit.hidden = !current.submit;
    showBlocks(body, current.blocks, surface());
    if (!dialog.open) dialog.showModal();
    if (!isOther) return;
    body.scrollTop = 0;
    (body.querySelector("input, textarea, select") ?? (submit.hidden ? close : submit)).focus({ preventScroll: true });
  };
}
