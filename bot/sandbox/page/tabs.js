/** On a narrow screen the columns become views, and these are their tabs. */

import { h, reconcile } from "./dom.js";
import { icon } from "./icons.js";
import { go, view, world } from "./state.js";

const TABS = [
  { id: "places", words: "Channels", drawing: "people" },
  { id: "chat", words: "Chat", drawing: "thread" },
  { id: "phones", words: "Phones", drawing: "phone" },
];

/** The returned function shows the tabs in `root` and tells the page which one is on. */
export function makeTabs(root) {
  return () => {
    document.body.dataset.tab = view.tab;
    const rows = TABS.map((tab) => ({
      ...tab,
      isOn: tab.id === view.tab,
      count: tab.id === "phones" ? world.phones.length : 0,
    }));
    reconcile(root, rows, {
      key: ({ id }) => id,
      build: ({ id, words, drawing, isOn, count }) =>
        h(
          "button",
          {
            type: "button",
            "aria-current": isOn ? "page" : null,
            data: { testid: `tab-${id}`, focus: `tab/${id}` },
            on: { click: () => go({ tab: id }) },
          },
          icon(drawing),
          words,
          count > 0 && h("span", { class: "tab-count" }, String(count)),
        ),
    });
  };
}
