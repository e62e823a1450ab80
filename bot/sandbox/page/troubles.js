/** What can be wrong with the platform: which trouble, for which requests, and whether only once. */

import { h, reconcile, setText } from "./dom.js";
import { world } from "./state.js";

/** Nobody reads a request while connections are refused, so none can be picked out or counted. */
const DOWN = "down";
const NONE = "none";
const EVERY_REQUEST = "all";

/**
 * Fill `rows` with the choices, and return a function that shows the current state in them.
 *
 * @param {{mood: Element, letGo: Element, ask: (path: string, body: object) => Promise<object>}} parts
 *   `mood` says how the platform is, `letGo` is there while something hangs
 */
export function makeTroubles(rows, { mood, letGo, ask }) {
  let asked = 0;
  let answeredAt = 0;
  const kind = h("select", {
    id: "trouble",
    class: "small-select",
    data: { testid: "trouble" },
    on: { change: () => change() },
  });
  const scope = h("select", {
    class: "small-select",
    "aria-label": "Requests in trouble",
    data: { testid: "trouble-scope" },
    on: { change: () => kind.value !== NONE && change() },
  });
  const once = h("input", {
    type: "checkbox",
    data: { testid: "trouble-once" },
    on: { change: () => kind.value !== NONE && change() },
  });
  const onceWords = h("span", {}, "once");
  const only = h("label", { class: "trouble-once", title: "All is well again after one request" }, once, onceWords);
  rows.append(
    h("div", { class: "control-row" }, h("label", { for: "trouble" }, "Trouble"), kind),
    h("div", { class: "control-row" }, h("span", { class: "soft" }, "for"), scope, only),
  );

  // Arrow keys walk through the choices faster than the sandbox answers. So the requests go one after another, and what
  // was picked stands until the world that comes of the last one is here.
  let queue = Promise.resolve();
  const change = () => {
    asked += 1;
    const picked = { kind: kind.value };
    if (kind.value !== DOWN) Object.assign(picked, { scope: scope.value, times: once.checked ? 1 : 0 });
    allow();
    queue = queue.then(async () => {
      const answer = await ask("/sandbox/trouble", picked);
      answeredAt = answer.revision ?? 0;
      asked -= 1;
      show();
    });
  };
  const allow = () => {
    const isDown = kind.value === DOWN;
    scope.disabled = isDown;
    once.disabled = isDown;
    if (!isDown) return;
    scope.value = EVERY_REQUEST;
    once.checked = false;
  };

  const show = () => {
    const { trouble, troubles, scopes } = world.platform;
    showKinds(kind, troubles);
    reconcile(scope, scopes, { key: ({ id }) => id, build: ({ id, label }) => h("option", { value: id }, label) });
    setText(mood, moodWords(trouble));
    letGo.hidden = trouble.hanging === 0;
    if (asked > 0 || world.revision < answeredAt) return;
    answeredAt = 0;
    if (kind.value !== trouble.kind) kind.value = trouble.kind;
    allow();
    const isLimited = trouble.kind !== NONE && trouble.kind !== DOWN;
    setText(onceWords, isLimited && trouble.times > 1 ? `${trouble.times} left` : "once");
    // With nothing wrong there is nothing to show: what was chosen here stays for the next trouble.
    if (!isLimited) return;
    if (scope.value !== trouble.scope) scope.value = trouble.scope;
    once.checked = trouble.times > 0;
  };
  return show;
}

function moodWords({ kind, waiting }) {
  if (waiting > 0) return `${waiting} waiting`;
  return kind === NONE ? "all well" : "in trouble";
}

function showKinds(select, troubles) {
  const groups = new Map();
  for (const trouble of troubles) groups.set(trouble.group, [...(groups.get(trouble.group) ?? []), trouble]);
  const option = ({ id, label }) => h("option", { value: id }, label);
  reconcile(select, [...groups], {
    key: ([group]) => group,
    // All that stands alone is "All well", which is in no group.
    build: ([group, members]) => (group ? h("optgroup", { label: group }, members.map(option)) : option(members[0])),
  });
}
