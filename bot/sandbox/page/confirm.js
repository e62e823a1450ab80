/** The small question before a press that matters, as Slack draws it. */

import { h, keepTabInside } from "./dom.js";
import { plainOf, renderText } from "./mrkdwn.js";

/**
 * Ask a confirm object's question.
 *
 * @param {object} question Block Kit's confirm: title, text, confirm, deny, style
 * @param {object} reader
 * @returns {Promise<boolean>} Esc counts as no
 */
export function ask(question, reader) {
  return new Promise((resolve) => {
    const isDanger = question.style === "danger";
    const finish = (answer) => {
      dialog.close();
      dialog.remove();
      resolve(answer);
    };
    const deny = h("button", {
      type: "button",
      class: "button",
      data: { testid: "confirm-no" },
      on: { click: () => finish(false) },
    });
    deny.textContent = plainOf(question.deny) || "Cancel";
    const style = isDanger ? "button button-danger" : "button button-primary";
    const yes = h("button", {
      type: "button",
      class: style,
      data: { testid: "confirm-yes" },
      on: { click: () => finish(true) },
    });
    yes.textContent = plainOf(question.confirm) || "Yes";
    const dialog = h(
      "dialog",
      {
        class: "confirm",
        "aria-labelledby": "confirm-title",
        "aria-describedby": "confirm-text",
        data: { testid: "confirm" },
      },
      h("h2", { id: "confirm-title" }, plainOf(question.title) || "Are you sure?"),
      h("div", { id: "confirm-text", class: "confirm-text" }, renderText(question.text, reader)),
      h("div", { class: "dialog-foot" }, deny, yes),
    );
    dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      finish(false);
    });
    keepTabInside(dialog);
    document.body.append(dialog);
    dialog.showModal();
    yes.focus();
  });
}
