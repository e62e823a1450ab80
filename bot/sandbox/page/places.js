/** The left column: the team, its channels, and the three faces one can be. */

import { h, reconcile } from "./dom.js";
import { avatar } from "./faces.js";
import { icon } from "./icons.js";
import { go, view, world } from "./state.js";

const seen = new Map();
let openedWith = null;

const newestIn = (id) => (world.messages[id] ?? []).at(-1)?.ts ?? "";
const newestOf = () => world.channels.reduce((most, { id }) => (newestIn(id) > most ? newestIn(id) : most), "");

/** Whether something came that this face hasn't looked at; what was there when the page opened counts as read. */
function isUnread(id) {
  if (id === view.channel) return false;
  return newestIn(id) > (seen.get(`${view.person} ${id}`) ?? openedWith);
}

/** Fill `root` once; the returned function shows the current state in it. */
export function makePlaces(root) {
  const team = h("div", { class: "team" });
  const channels = h("ul", { class: "channel-list" });
  const directs = h("ul", { class: "channel-list" });
  const faces = h("div", { class: "face-list", role: "group", "aria-label": "Who you are" });
  root.append(
    team,
    h("div", { class: "places-scroll" }, h("h2", {}, "Channels"), channels, h("h2", {}, "Messages"), directs),
    h("div", { class: "who" }, h("h2", {}, "You are"), faces),
  );
  return () => {
    openedWith ??= newestOf();
    seen.set(`${view.person} ${view.channel}`, newestIn(view.channel));
    showTeam(team);
    showChannels(
      channels,
      world.channels.filter((place) => !place.is_im),
    );
    showChannels(
      directs,
      world.channels.filter((place) => place.is_im),
    );
    showFaces(faces);
  };
}

const STANDINGS = {
  nowhere: "bot not connected",
  unknown: "looking for the bot",
  silent: "bot not answering",
};

function showTeam(node) {
  const { connected: isOn, standing, way } = world.bot;
  const bot = isOn ? `bot on ${way === "socket" ? "Socket Mode" : "HTTP"}` : (STANDINGS[standing] ?? standing);
  reconcile(node, [{ name: world.team.name, bot, isOn }], {
    key: () => "team",
    build: ({ name, bot: words, isOn }) =>
      h(
        "div",
        { class: "team-row" },
        h("span", { class: "team-mark", "aria-hidden": "true" }, icon("plane")),
        h(
          "div",
          {},
          h("strong", { class: "team-name" }, name),
          h("span", { class: isOn ? "bot-way" : "bot-way bot-off", data: { testid: "bot-way" } }, words),
        ),
      ),
  });
}

function showChannels(list, places) {
  const rows = places.map((place) => ({ ...place, isHere: place.id === view.channel, unread: isUnread(place.id) }));
  reconcile(list, rows, {
    key: ({ id }) => id,
    build: ({ id, name, is_im, is_private, isHere, unread }) =>
      h(
        "li",
        {},
        h(
          "button",
          {
            type: "button",
            class: unread ? "place place-unread" : "place",
            "aria-current": isHere ? "page" : null,
            data: { testid: `channel-${id}`, focus: `channel/${id}` },
            on: { click: () => go({ channel: id, tab: "chat" }) },
          },
          icon(is_im ? "plane" : is_private ? "lock" : "hash"),
          h("span", { class: "place-name" }, name),
          unread && h("span", { class: "dot", role: "img", "aria-label": "new messages" }),
        ),
      ),
  });
}

function showFaces(node) {
  const rows = world.people.map((person) => ({ ...person, isMe: person.id === view.person }));
  reconcile(node, rows, {
    key: ({ id }) => id,
    build: ({ id, real_name, role, isMe, tz, tz_offset }) =>
      h(
        "button",
        {
          type: "button",
          class: "face",
          "aria-pressed": String(isMe),
          title: `${real_name}: ${tz.split("/").at(-1).replaceAll("_", " ")} time (UTC${tz_offset < 0 ? "−" : "+"}${Math.abs(tz_offset) / 3600})`,
          data: { testid: `person-${id}`, focus: `person/${id}` },
          on: { click: () => go({ person: id }) },
        },
        avatar(id, world),
        h(
          "span",
          { class: "face-words" },
          h("span", { class: "face-name" }, real_name),
          h("span", { class: "face-role" }, role),
        ),
      ),
  });
}
