/** The control for `file_input`: what is chosen is uploaded at once, and the form holds what Slack would say of it. */

import { h } from "./dom.js";
import { view } from "./state.js";

const sizeOf = ({ size }) => (size < 1024 ? `${size} B` : `${Math.round(size / 1024)} KB`);

async function upload(file) {
  const query = new URLSearchParams({ person: view.person, name: file.name });
  try {
    const response = await fetch(`/sandbox/upload?${query}`, { method: "POST", body: file });
    return await response.json();
  } catch {
    return { ok: false, error: "The sandbox didn't answer. Is it still running?" };
  }
}

/** What is wrong with chosen files, or null; a form isn't sent while one is on its way. */
export function problemWithFiles(element, state) {
  if (state.pending) return "The file is still being uploaded. Try again in a moment.";
  if (state.failed) return state.failed;
  const most = element.max_files ?? 10;
  return state.files.length > most ? `Please choose at most ${most}.` : null;
}

/** Build the control; its state holds `pending` while files are on their way, and `failed` when they weren't taken. */
export function fileField(element, state, changed, common) {
  const { type } = element;
  const list = h("ul", { class: "files", role: "status" });
  const show = (now) => {
    changed(now);
    const items = now.files.map((file) => h("li", {}, `${file.name} · ${sizeOf(file)} `, removal(now, file)));
    const note = now.pending ? "Uploading…" : now.failed;
    list.replaceChildren(...items, ...(note ? [h("li", {}, note)] : []));
  };
  const removal = (now, gone) =>
    h(
      "button",
      {
        type: "button",
        class: "button",
        "aria-label": `Remove ${gone.name}`,
        on: {
          click: () => {
            show({ type, files: now.files.filter((file) => file !== gone) });
            input.focus();
          },
        },
      },
      "Remove",
    );
  const read = async () => {
    const chosen = [...input.files];
    if (chosen.length === 0) return;
    input.value = "";
    show({ type, files: [], pending: true });
    const answers = await Promise.all(chosen.map(upload));
    const refused = answers.find((answer) => !answer.ok);
    show({ type, files: answers.filter((answer) => answer.ok).map((answer) => answer.file), failed: refused?.error });
  };
  const input = h("input", {
    ...common,
    class: "field",
    type: "file",
    multiple: (element.max_files ?? 10) > 1,
    accept: element.filetypes?.map((ending) => `.${ending}`).join(",") ?? null,
    on: { change: read },
  });
  show(state);
  return h("div", { class: "file-field" }, input, list);
}
