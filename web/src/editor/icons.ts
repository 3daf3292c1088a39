// The toolbar's signs: strokes on a 20 x 20 grid, drawn for this editor.
const paths = {
  paragraph: "M9 16V4h6M13 4v12M9 10a3 3 0 0 1 0-6",
  heading2: "M3 4v12M10 4v12M3 10h7M13.5 11.5a2 2 0 1 1 3.4 1.4L13.5 16H17.5",
  heading3: "M3 4v12M10 4v12M3 10h7M13.5 9.5h4l-2.3 2.6a2 2 0 1 1-1.7 3.3",
  bulletList: "M8 5h9M8 10h9M8 15h9M3.5 5h.01M3.5 10h.01M3.5 15h.01",
  orderedList: "M8 5h9M8 10h9M8 15h9M2.5 4 4 3.2V7.5M2.5 12.4a1.2 1.2 0 1 1 2 .9l-2 2.7h2.3",
  quotation: "M8 6C5 7 4 9 4 11.5V14h4v-4H5.5M16 6c-3 1-4 3-4 5.5V14h4v-4h-2.5",
  picture: "M3 4h14v12H3zM3 13l4-4 4 4 2.5-2.5L17 14M12.8 7.5h.01",
  post: "M4 4h12v9H10l-4 3.5V13H4zM7 7.5h6M7 10h4",
  divider: "M3 10h14M6 5h8M6 15h8",
  table: "M3 4h14v12H3zM3 8h14M3 12h14M8 8v8M12.5 8v8",
  preformatted: "M3 4h14v12H3zM6 8l2.5 2L6 12M10.5 12.5H14",
  strong: "M6 4h5a3 3 0 0 1 0 6H6zM6 10h6a3 3 0 0 1 0 6H6z",
  em: "M9 4h6M5 16h6M12 4 8 16",
  strike: "M3 10h14M14 6.5C13.5 5 12 4 10 4 7.500 4 6 5.300 6 7c0 1 .5 1.700 1.200 2.200M6 13.500C6.500 15 8 16 10 16c2.500 0 4-1.300 4-3 0-.4-.1-.8-.2-1.100",
  code: "M7 6 3 10l4 4M13 6l4 4-4 4",
  sub: "M3 5l7 9M10 5l-7 9M13 13.500a1.500 1.500 0 1 1 2.600 1L13 17.500h3.500",
  sup: "M3 6l7 9M10 6l-7 9M13 4a1.500 1.500 0 1 1 2.600 1L13 8h3.500",
  link: "M8.500 11.500a3 3 0 0 0 4.300 0l2.900-2.900a3 3 0 0 0-4.300-4.300L10.200 5.500M11.500 8.500a3 3 0 0 0-4.300 0l-2.900 2.900a3 3 0 0 0 4.300 4.300l1.200-1.200",
  undo: "M7 5 3.500 8.500 7 12M4 8.500h8a4 4 0 0 1 0 8H9",
  redo: "M13 5l3.500 3.500L13 12M16 8.500H8a4 4 0 0 0 0 8h3",
  insert: "M10 4v12M4 10h12",
  rowBefore: "M3 11h14v5H3zM10 3v5M7.500 5.500h5",
  rowAfter: "M3 4h14v5H3zM10 12v5M7.500 14.500h5",
  rowDelete: "M3 7.500h14v5H3zM8 8.500l4 3M12 8.500l-4 3",
  columnBefore: "M11 3v14h5V3zM3 10h5M5.500 7.500v5",
  columnAfter: "M4 3v14h5V3zM12 10h5M14.500 7.500v5",
  columnDelete: "M7.500 3v14h5V3zM8.500 8l3 4M11.500 8l-3 4",
  headerRow: "M3 4h14v12H3zM3 8h14M5.500 6h.01M10 6h.01M14.500 6h.01",
  tableDelete: "M4 6h12M8 6V4h4v2M5.500 6l.7 10.500h7.600L14.500 6M8.500 9v4.500M11.500 9v4.500",
};

export type IconName = keyof typeof paths;

const SVG = "http://www.w3.org/2000/svg";

export function icon(name: IconName): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("focusable", "false");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", paths[name]);
  svg.append(path);
  return svg;
}
