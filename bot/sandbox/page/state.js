/** What the sandbox says (the world) and what this reader looks at (the view); parts of the page listen to both. */

const FIRST_FACE = "U0ANA";
const AWAY_AFTER_MS = 1200;
const LONGEST_PAUSE_MS = 8000;

/** Kept in the address, so that a link opens the same view: `#person=U0ANA&channel=C0MARKETING&thread=ts`. */
export const view = { person: FIRST_FACE, channel: null, thread: null, tab: "chat" };
export let world = null;

const listeners = new Set();
let fetchedAt = 0;
let isFetching = false;
let isStale = false;

/** Call `listener()` after every change of the world or the view. */
export function listen(listener) {
  listeners.add(listener);
}

/** Tell every listener; one that fails must not silence the others. */
function tell() {
  for (const listener of listeners) {
    try {
      listener();
    } catch (error) {
      console.error(error);
    }
  }
}

/** The platform's time now, in ms: its clock runs on here between two readings, as fast as it is set to. */
export function platformNow() {
  if (!world) return Date.now();
  return Date.parse(world.platform.now) + (performance.now() - fetchedAt) * world.platform.speed;
}

export const me = () => world.people.find((person) => person.id === view.person) ?? world.people[0];
export const channel = () => world.channels.find((each) => each.id === view.channel);

/** What renderers need to know of who reads: names, groups, channels, time zone; and the time, which in Slack is the real one. */
export function reader() {
  const { names, groups, channels } = world;
  return { me: view.person, tz: me().tz, now: Date.now, names, groups, channels };
}

/** Look at something else; what is not named stays. A thread belongs to its channel, so another channel closes it. */
export function go(changes) {
  const wasPerson = view.person;
  if (changes.channel && changes.channel !== view.channel && !("thread" in changes)) view.thread = null;
  Object.assign(view, changes);
  settle();
  writeHash();
  if (view.person !== wasPerson) refresh();
  else tell();
}

function writeHash() {
  const { person, channel: place, thread, tab } = view;
  const parts = { person, channel: place, thread, tab: tab === "chat" ? null : tab };
  const hash = new URLSearchParams(Object.entries(parts).filter(([, setting]) => setting));
  history.replaceState(null, "", `#${hash}`);
}

function readHash() {
  const hash = new URLSearchParams(location.hash.slice(1));
  view.person = hash.get("person") ?? view.person;
  view.channel = hash.get("channel") ?? view.channel;
  view.thread = hash.get("thread");
  view.tab = hash.get("tab") ?? "chat";
}

/** Bring the view back to what exists: a person's own DM has another id than their colleague's. */
function settle() {
  if (!world) return;
  if (world.channels.some((each) => each.id === view.channel)) return;
  const wasDirect = view.channel?.startsWith("D");
  const next = world.channels.find((each) => each.is_im === true && wasDirect) ?? world.channels[0];
  view.channel = next?.id ?? null;
  view.thread = null;
}

/** Fetch the world; calls that come meanwhile make one more fetch, never several at once. */
export async function refresh() {
  isStale = true;
  if (isFetching) return;
  isFetching = true;
  try {
    while (isStale) {
      isStale = false;
      await fetchWorld(view.person);
    }
  } finally {
    isFetching = false;
  }
}

async function fetchWorld(person) {
  let response;
  try {
    response = await fetch(`/sandbox/state?person=${encodeURIComponent(person)}`);
    if (!response.ok) throw new Error(`state answered ${response.status}`);
    const next = await response.json();
    if (person !== view.person) return;
    world = next;
  } catch (error) {
    // A link may name somebody who isn't here; then the first face is a better answer than an empty page.
    if (response?.status >= 400 && response.status < 500 && person !== FIRST_FACE) go({ person: FIRST_FACE });
    else console.warn(error);
    return;
  }
  fetchedAt = performance.now();
  view.person = world.me ?? view.person;
  settle();
  writeHash();
  tell();
}

/** Ask the sandbox for something; a lost connection comes back as a refusal in words, never as an exception. */
export async function post(path, body) {
  const headers = { "Content-Type": "application/json" };
  try {
    const response = await fetch(path, { method: "POST", headers, body: JSON.stringify(body) });
    const answer = await response.json().catch(() => null);
    if (answer) return answer;
    return { ok: false, error: `The sandbox answered ${response.status} and nothing readable.` };
  } catch {
    return { ok: false, error: "The sandbox didn't answer. Is it still running?" };
  }
}

/**
 * Start: read the address, fetch, and follow the sandbox's events for as long as the page is open.
 *
 * @param {(away: boolean) => void} onAway told when the connection is lost and when it is back
 */
export function start(onAway) {
  readHash();
  addEventListener("hashchange", () => {
    readHash();
    settle();
    refresh();
  });
  refresh();
  follow(onAway);
}

function follow(onAway, pause = 500) {
  const source = new EventSource("/sandbox/events");
  let timer = null;
  source.onopen = () => {
    clearTimeout(timer);
    timer = null;
    pause = 500;
    onAway(false);
    refresh();
  };
  source.onmessage = () => refresh();
  source.onerror = () => {
    timer ??= setTimeout(() => onAway(true), AWAY_AFTER_MS);
    // The browser reconnects by itself unless the answer wasn't a stream; then it gives up and it's our turn.
    if (source.readyState !== EventSource.CLOSED) return;
    setTimeout(() => follow(onAway, Math.min(pause * 2, LONGEST_PAUSE_MS)), pause);
  };
}
