/** Building and patching nodes. Text only ever enters as text nodes: much of it is a stranger's. */

const NAMED = new Set(["class", "on", "data", "value", "checked"]);

/**
 * Build an element.
 *
 * @param {string} tag
 * @param {object} props attributes; `on` holds listeners, `data` the dataset; false, null and undefined are left out
 * @param {...(Node|string|null|false|Array)} children
 */
export function h(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  if (props.class) node.className = props.class;
  for (const [name, listener] of Object.entries(props.on ?? {})) node.addEventListener(name, listener);
  for (const [name, text] of Object.entries(props.data ?? {})) if (text != null) node.dataset[name] = text;
  for (const [name, setting] of Object.entries(props)) {
    if (NAMED.has(name) || setting === false || setting == null) continue;
    node.setAttribute(name, setting === true ? "" : setting);
  }
  append(node, children);
  // After the children and the attributes: a select takes its value from its options, a range from its bounds.
  if (props.value != null) node.value = props.value;
  if (props.checked != null) node.checked = props.checked;
  return node;
}

/** Add children, skipping the absent ones, so that optional parts can be written in place. */
export function append(node, children) {
  for (const child of [children].flat(Infinity)) {
    if (child != null && child !== false && child !== "") node.append(child);
  }
  return node;
}

/** Set text only when it differs, so that a selection inside it survives. */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

const kept = new WeakMap();

/**
 * Make `parent` show `items`, touching only what changed: scroll, focus, selection and typed text stay.
 *
 * @param {Element} parent holds nothing but what this function puts there
 * @param {Array} items
 * @param {{key: Function, build: Function, patch?: Function, signature?: Function}} how
 *   `patch` changes a node in place; without it a changed item is built anew
 */
export function reconcile(parent, items, { key, build, patch, signature = JSON.stringify }) {
  const before = kept.get(parent) ?? new Map();
  const after = new Map();
  const restoreFocus = rememberFocus(parent);
  for (const item of items) {
    let id = String(key(item));
    while (after.has(id)) id += "'";
    after.set(id, freshen(before.get(id), item, signature(item), { build, patch }));
  }
  for (const [id, old] of before) if (!after.has(id)) old.node.remove();
  let cursor = parent.firstChild;
  for (const { node } of after.values()) {
    if (node === cursor) cursor = cursor.nextSibling;
    else parent.insertBefore(node, cursor);
  }
  kept.set(parent, after);
  restoreFocus();
}

function freshen(old, item, signature, { build, patch }) {
  if (!old) return { node: build(item), signature };
  if (old.signature === signature) return old;
  if (patch) {
    patch(old.node, item);
    return { node: old.node, signature };
  }
  const node = build(item);
  old.node.replaceWith(node);
  return { node, signature };
}

/** Remember who has the focus, and return a function that gives it back to them or to their successor (`data-focus`). */
function rememberFocus(parent) {
  const holder = document.activeElement;
  if (!holder || holder === document.body || !parent.contains(holder)) return () => {};
  const selection = "selectionStart" in holder ? [holder.selectionStart, holder.selectionEnd] : null;
  return () => {
    if (document.activeElement === holder) return;
    const name = holder.dataset.focus;
    const heir = holder.isConnected ? holder : name && parent.querySelector(`[data-focus="${CSS.escape(name)}"]`);
    if (!heir) return;
    heir.focus({ preventScroll: true });
    if (selection?.[0] != null && "setSelectionRange" in heir) heir.setSelectionRange(...selection);
  };
}

const FOCUSABLE = ":is(button, input, select, textarea, summary, a[href], [tabindex='0']):not([disabled], [hidden])";

/** Let Tab go round inside a dialog; by itself the browser would step out of it, into its own bars. */
export function keepTabInside(dialog) {
  dialog.addEventListener("keydown", (event) => {
    if (event.key !== "Tab") return;
    const stops = [...dialog.querySelectorAll(FOCUSABLE)].filter((stop) => stop.checkVisibility());
    const from = event.shiftKey ? stops[0] : stops.at(-1);
    const to = event.shiftKey ? stops.at(-1) : stops[0];
    if (document.activeElement !== from) return;
    event.preventDefault();
    to.focus();
  });
}

/** Whether a scrolling box shows its end, or nearly. */
export function isAtEnd(box) {
  return box.scrollHeight - box.scrollTop - box.clientHeight < 48;
}

/**
 * Keep a scrolling box at its end when its size changes under a reader who is there: a pane opens, a keyboard appears.
 *
 * A box that becomes visible counts too, for while hidden it had no height to scroll.
 */
export function stayAtEnd(box) {
  let wasAtEnd = true;
  let height = 0;
  const note = () => {
    // A shrinking box also says it scrolled; only the reader's own scrolling may end the following.
    if (box.clientHeight === height) wasAtEnd = isAtEnd(box);
  };
  box.addEventListener("scroll", note, { passive: true });
  new ResizeObserver(() => {
    height = box.clientHeight;
    if (wasAtEnd) box.scrollTop = box.scrollHeight;
  }).observe(box);
}

/** Run `change`, then follow the end of `box` if the reader was there, or if `always`. */
export function followingEnd(box, change, always = false) {
  const follows = always || isAtEnd(box);
  change();
  if (follows) box.scrollTop = box.scrollHeight;
  return follows;
}
