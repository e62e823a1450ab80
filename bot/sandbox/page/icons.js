/** The few drawings the page needs, as strokes on a 24x24 sheet, so that no font or picture has to be fetched. */

const SVG = "http://www.w3.org/2000/svg";

const STROKES = {
  plane: ["M3.5 11.2 20.5 4 14.7 20.4l-3.5-6.6z", "M11.2 13.8 20.5 4"],
  send: ["M5 12h13", "m12.5 6 6 6-6 6"],
  close: ["M6 6l12 12", "M18 6 6 18"],
  hash: ["M9.5 4 7.5 20", "M16.5 4l-2 16", "M4.5 9h16", "M3.5 15h16"],
  lock: ["M6 11h12v9H6z", "M8.5 11V8a3.5 3.5 0 0 1 7 0v3"],
  thread: ["M5 5h14v10.5H11L7 19v-3.5H5z", "M9 9h6", "M9 12h4"],
  eye: [
    "M2.5 12s3.5-6.5 9.5-6.5 9.5 6.5 9.5 6.5-3.5 6.5-9.5 6.5S2.5 12 2.5 12z",
    "M12 9.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z",
  ],
  phone: ["M7.5 3h9v18h-9z", "M11 18h2"],
  people: [
    "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z",
    "M2.5 20c.5-4 3-6 6.5-6s6 2 6.5 6",
    "M16 4.5a3.5 3.5 0 0 1 0 6.3",
    "M18 14.5c2 .8 3.2 2.7 3.5 5.5",
  ],
  image: ["M4 5h16v14H4z", "m4 16 5-5 4 4 2.5-2.5L20 17", "M15.5 9.5h.01"],
  file: ["M6 3h8l4 4v14H6z", "M14 3v4h4", "M9 12h6", "M9 16h6"],
  down: ["M12 5v13", "m6 12.5 6 6 6-6"],
  repeat: ["M4 11a8 8 0 0 1 14-4.5L20 9", "M20 4v5h-5", "M20 13a8 8 0 0 1-14 4.5L4 15", "M4 20v-5h5"],
};

/** Draw an icon; it says nothing to a screen reader, so whoever uses it alone must name its button. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  for (const stroke of STROKES[name]) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", stroke);
    svg.append(path);
  }
  return svg;
}
