/** Times as a reader in some time zone sees them, and Slack's date tokens. */

const MONTHS = "January February March April May June July August September October November December".split(" ");
const DAY_MS = 86_400_000;
const HALF_A_YEAR_MS = 182 * DAY_MS;
const formatters = new Map();

/** The pieces of a moment in a zone: `{year, month, day, hour, minute, second, weekday}`, as padded strings. */
export function piecesOf(ms, tz) {
  if (!formatters.has(tz)) formatters.set(tz, makeFormatter(tz));
  const pieces = {};
  for (const { type, value } of formatters.get(tz).formatToParts(ms)) pieces[type] = value;
  return pieces;
}

function makeFormatter(timeZone) {
  const options = {
    ...{ hourCycle: "h23", weekday: "long", year: "numeric", month: "2-digit", day: "2-digit" },
    ...{ hour: "2-digit", minute: "2-digit", second: "2-digit" },
  };
  try {
    return new Intl.DateTimeFormat("en-GB", { ...options, timeZone });
  } catch {
    return new Intl.DateTimeFormat("en-GB", { ...options, timeZone: "UTC" });
  }
}

/** `2026-12-24`: what dates are compared by. */
export function dayOf(ms, tz) {
  const { year, month, day } = piecesOf(ms, tz);
  return `${year}-${month}-${day}`;
}

/** `14:05` */
export function timeOf(ms, tz) {
  const { hour, minute } = piecesOf(ms, tz);
  return `${hour}:${minute}`;
}

/** today, yesterday, tomorrow, or null. */
function nearDay(ms, tz, now) {
  const day = dayOf(ms, tz);
  if (day === dayOf(now, tz)) return "today";
  if (day === dayOf(now - DAY_MS, tz)) return "yesterday";
  if (day === dayOf(now + DAY_MS, tz)) return "tomorrow";
  return null;
}

function ordinal(day) {
  if (day % 100 >= 11 && day % 100 <= 13) return `${day}th`;
  return `${day}${["th", "st", "nd", "rd"][day % 10] ?? "th"}`;
}

function ago(ms, now) {
  const seconds = Math.round(Math.abs(now - ms) / 1000);
  const [count, unit] =
    seconds < 60
      ? [seconds, "second"]
      : seconds < 3600
        ? [Math.round(seconds / 60), "minute"]
        : seconds < 86_400
          ? [Math.round(seconds / 3600), "hour"]
          : [Math.round(seconds / 86_400), "day"];
  const words = `${count} ${unit}${count === 1 ? "" : "s"}`;
  return ms > now ? `in ${words}` : `${words} ago`;
}

function readToken(token, ms, tz, now) {
  const { year, month, day, hour, minute, second, weekday } = piecesOf(ms, tz);
  // Slack leaves the year out while it can't be mistaken.
  const tail = Math.abs(now - ms) < HALF_A_YEAR_MS ? "" : `, ${year}`;
  const long = `${MONTHS[month - 1]} ${ordinal(Number(day))}${tail}`;
  const forms = {
    date_num: `${year}-${month}-${day}`,
    date_slash: `${day}/${month}/${year}`,
    date: long,
    date_short: `${MONTHS[month - 1].slice(0, 3)} ${Number(day)}${tail}`,
    date_long: `${weekday}, ${long}`,
    time: `${hour}:${minute}`,
    time_secs: `${hour}:${minute}:${second}`,
    ago: ago(ms, now),
  };
  if (token.endsWith("_pretty")) return nearDay(ms, tz, now) ?? forms[token.slice(0, -7)];
  return forms[token];
}

/** Fill Slack's tokens, as `{date_short_pretty} at {time}`; an unknown one stays as written, as it does in Slack. */
export function fillTokens(format, ms, tz, now) {
  const text = format.replace(/\{(\w+)\}/g, (whole, token) => readToken(token, ms, tz, now) ?? whole);
  return /^\{\w+_pretty\}/.test(format) ? text.charAt(0).toUpperCase() + text.slice(1) : text;
}

/** `Today`, or `Monday, November 23rd`: the line between two days of messages. */
export function dayLabel(ms, tz, now) {
  return fillTokens("{date_long_pretty}", ms, tz, now);
}

/** A `<time>` that `refreshTimes` keeps right as the clock goes on. */
export function timeNode(seconds, format, reader) {
  const node = document.createElement("time");
  const ms = seconds * 1000;
  node.dateTime = new Date(ms).toISOString();
  node.title = fillTokens("{date_long} {time_secs}", ms, reader.tz, reader.now());
  Object.assign(node.dataset, { ms, format, tz: reader.tz });
  node.textContent = fillTokens(format, ms, reader.tz, reader.now());
  return node;
}

/** Put `5 minutes ago` and `today` right again, without rebuilding what holds them. */
export function refreshTimes(root, now) {
  for (const node of root.querySelectorAll("time[data-ms]")) {
    const text = fillTokens(node.dataset.format, Number(node.dataset.ms), node.dataset.tz, now);
    if (node.textContent !== text) node.textContent = text;
  }
}

/** `2026-12-24T16:00` read in a zone, as seconds since 1970: a browser's own field knows only the browser's zone. */
export function secondsFromLocal(local, tz) {
  // A browser may make a date out of anything, so the form is checked first.
  const asIfUtc = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(local) ? Date.parse(`${local}:00Z`) : Number.NaN;
  if (Number.isNaN(asIfUtc)) return null;
  const shiftAt = (ms) => Date.parse(`${localFromSeconds(ms / 1000, tz)}:00Z`) - ms;
  const guess = asIfUtc - shiftAt(asIfUtc);
  return Math.floor((asIfUtc - shiftAt(guess)) / 1000);
}

/** The other way round, for a datetime-local field. */
export function localFromSeconds(seconds, tz) {
  const { year, month, day, hour, minute } = piecesOf(Math.floor(seconds / 60) * 60_000, tz);
  return `${year}-${month}-${day}T${hour}:${minute}`;
}
