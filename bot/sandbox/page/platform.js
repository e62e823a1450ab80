/** The pretend SMS platform: its credit, its clock, its troubles and its campaigns. */

import { h, reconcile, setText } from "./dom.js";
import { icon } from "./icons.js";
import { platformNow, post, world } from "./state.js";
import { complain } from "./toast.js";
import { makeTroubles } from "./troubles.js";

const HOUR = 3600;
const TICK_MS = 250;
const STATES = { scheduled: "scheduled", sending: "sending", held: "on hold", done: "done" };
const DOORS = { http: "by HTTP", soap: "by SOAP" };
const OFFSET = /(Z|[+-]\d{2}:\d{2})$/;

const withThousands = (count) => Number(count).toLocaleString("en-US");

/** The platform's wall clock in its own zone, taken from the offset it writes. */
function wallClock() {
  const offset = OFFSET.exec(world.platform.now)?.[1] ?? "Z";
  const [hours, minutes] = offset === "Z" ? [0, 0] : offset.slice(1).split(":").map(Number);
  const shift = (offset.startsWith("-") ? -1 : 1) * (hours * 60 + minutes) * 60_000;
  return new Date(platformNow() + shift);
}

function clockWords() {
  const wall = wallClock();
  const day = wall.toLocaleDateString("en-GB", { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" });
  return { time: wall.toISOString().slice(11, 19), day };
}

/** Fill `root` once; the returned function shows the current state in it. */
export function makePlatform(root) {
  const foot = h("div", { class: "platform-foot" });
  const ask = async (path, body) => {
    complain(foot, "");
    const answer = await post(path, body);
    if (!answer.ok) complain(foot, answer.error ?? "The sandbox refused that.");
    return answer;
  };
  const credit = h("strong", { data: { testid: "platform-credit" } });
  const time = h("strong", { class: "clock-time", data: { testid: "platform-time" } });
  const day = h("span", { class: "clock-day" });
  const speeds = h("div", { class: "segments", role: "group", "aria-label": "Speed of the clock" });
  const ahead = (words, seconds, testid) =>
    h(
      "button",
      {
        type: "button",
        class: "small-button",
        data: { testid },
        on: { click: () => ask("/sandbox/clock", { advance: seconds }) },
      },
      words,
    );
  const again = h(
    "button",
    {
      type: "button",
      class: "small-button again",
      title: "Send the newest call-back once more",
      "aria-label": "Repeat the newest call-back",
      data: { testid: "repeat" },
      on: { click: () => ask("/sandbox/repeat", {}) },
    },
    icon("repeat"),
    "call-back",
  );
  const campaigns = h("ul", { class: "campaigns", tabindex: 0, "aria-label": "The platform's campaigns" });
  const mood = h("span", { class: "platform-mood", role: "status", data: { testid: "platform-mood" } });
  // A trouble for one request is over while that request still hangs, and "All well" can't be chosen twice.
  const letGo = h(
    "button",
    {
      type: "button",
      class: "small-button let-go",
      title: "Close what hangs, unanswered; then all is well",
      data: { testid: "let-go" },
      on: { click: () => ask("/sandbox/trouble", { kind: "none" }) },
    },
    "Let go",
  );
  const troubles = h("div", { class: "troubles" });
  const showTroubles = makeTroubles(troubles, { mood, letGo, ask });
  const log = h(
    "a",
    {
      class: "platform-log",
      href: "/sandbox/log",
      target: "_blank",
      rel: "noopener",
      title: "Every request that reached the platform, and what it did about it",
    },
    "log",
  );
  const none = h("p", { class: "quiet" }, "No campaigns have reached it yet.");
  root.append(
    h("header", { class: "platform-head" }, h("h2", {}, "SMS platform"), mood, letGo),
    h(
      "div",
      { class: "gauges" },
      h("div", { class: "gauge" }, h("span", {}, "Credit"), credit),
      h("div", { class: "gauge gauge-clock" }, day, time),
    ),
    h(
      "div",
      { class: "control-row" },
      speeds,
      h("span", { class: "spring" }),
      ahead("+1 h", HOUR, "advance-hour"),
      ahead("+1 day", 24 * HOUR, "advance-day"),
    ),
    troubles,
    foot,
    h("div", { class: "control-row" }, h("h3", {}, "Campaigns"), h("span", { class: "spring" }), log, again),
    campaigns,
    none,
  );

  const tick = () => {
    if (!world) return;
    const words = clockWords();
    setText(time, words.time);
    setText(day, words.day);
  };
  setInterval(tick, TICK_MS);

  return () => {
    const { platform } = world;
    setText(credit, withThousands(platform.credit));
    tick();
    showSpeeds(speeds, platform, ask);
    showTroubles();
    root.classList.toggle("platform-troubled", platform.trouble.kind !== "none" || platform.trouble.waiting > 0);
    none.hidden = platform.campaigns.length > 0;
    campaigns.hidden = platform.campaigns.length === 0;
    reconcile(campaigns, platform.campaigns, { key: ({ id }) => id, build: campaignNode });
  };
}

function showSpeeds(node, { speed, speeds }, ask) {
  reconcile(
    node,
    speeds.map((each) => ({ each, isOn: each === speed })),
    {
      key: ({ each }) => each,
      build: ({ each, isOn }) =>
        h(
          "button",
          {
            type: "button",
            "aria-pressed": String(isOn),
            "aria-label": `Clock times ${each}`,
            data: { testid: `speed-${each}`, focus: `speed/${each}` },
            on: { click: () => ask("/sandbox/clock", { speed: each }) },
          },
          `×${each}`,
        ),
    },
  );
}

/** `24/12 16:00` in the platform's own zone, which is how it writes it. */
function whenWords(at) {
  const found = /^\d{4}-(\d{2})-(\d{2})T(\d{2}:\d{2})/.exec(at ?? "");
  return found ? `${found[2]}/${found[1]} ${found[3]}` : "";
}

function campaignNode({ id, text, people, door, state, job_at: jobAt, delivered, invalid, waiting }) {
  const counts = `${withThousands(delivered)} delivered, ${withThousands(invalid)} invalid, ${withThousands(waiting)} waiting`;
  const bar = h("span", { class: "bar", role: "img", "aria-label": counts, title: counts });
  for (const [kind, count] of Object.entries({ delivered, invalid, waiting })) {
    const piece = h("span", { class: `bar-${kind}` });
    piece.style.flexGrow = String(count);
    if (count > 0) bar.append(piece);
  }
  const when = state === "scheduled" && whenWords(jobAt);
  return h(
    "li",
    { data: { testid: `platform-campaign-${id}` } },
    h("span", { class: "campaign-id" }, String(id)),
    h("span", { class: `campaign-state state-${state}` }, STATES[state] ?? state),
    h("span", { class: "campaign-door" }, DOORS[door] ?? door),
    h("span", { class: "campaign-people" }, `${withThousands(people)} ${people === 1 ? "person" : "people"}`),
    h("span", { class: "campaign-text", title: text }, when ? `${when} · ` : "", text),
    bar,
  );
}
