/** Puts the parts of the page together; each is filled once and then shows every new state. */

import { makeChannel } from "./channel.js";
import { refreshTimes } from "./dates.js";
import { h } from "./dom.js";
import { makeModal } from "./modal.js";
import { makePhones } from "./phones.js";
import { makePlaces } from "./places.js";
import { makePlatform } from "./platform.js";
import { channel, listen, me, start, world } from "./state.js";
import { makeTabs } from "./tabs.js";
import { makeThread } from "./thread.js";

const TIMES_EVERY_MS = 5000;
const byId = (id) => document.getElementById(id);

const platform = h("section", { class: "platform", "aria-label": "SMS platform" });
const phones = h("section", { class: "phones", "aria-label": "Phones" });
byId("outside").append(platform, phones);

listen(makePlaces(byId("places")));
listen(makeThread(byId("thread")));
listen(makeChannel(byId("chat")));
listen(makePlatform(platform));
listen(makePhones(phones));
listen(makeTabs(byId("tabs")));
listen(makeModal());
listen(() => {
  const place = channel();
  document.title = `${place?.is_im ? "" : "#"}${place?.name ?? ""} · ${me().real_name} · Torpedo sandbox`;
  document.body.dataset.ready = "true";
});

setInterval(() => world && refreshTimes(document, Date.now()), TIMES_EVERY_MS);

// The address holds the view, so this link must move the focus without touching it.
document.querySelector("[data-skip]").addEventListener("click", (event) => {
  event.preventDefault();
  byId("composer-input").focus();
});

start((isAway) => (byId("away").hidden = !isAway));
