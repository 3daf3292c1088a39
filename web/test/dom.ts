// A document for units that parse HTML, without a browser.
import { JSDOM } from "jsdom";

const { window } = new JSDOM("<!doctype html><html lang=en><body></body></html>");
Object.assign(globalThis, { document: window.document, DOMParser: window.DOMParser, HTMLElement: window.HTMLElement, Node: window.Node });
