// Which addresses a link may have: the same list as the server's document library.

const SCHEMES = new Set(["http:", "https:", "mailto:", "tel:"]);

/** The address as it may stand in a document, or null when its scheme is not one a reader should follow. */
export function safeHref(input: string): string | null {
  // Browsers ignore tabs, line ends and leading control characters inside an address, so must the check.
  const href = input.replace(/[\u0000-\u0020\u00a0]+$|^[\u0000-\u0020\u00a0]+|[\t\r\n]/g, "");
  if (href === "") return null;
  if (href.startsWith("#")) return href;
  if (href.startsWith("/")) return /^\/[/\\]/.test(href) ? null : href;
  const scheme = /^[a-z][a-z0-9+.-]*:/i.exec(href)?.[0].toLowerCase();
  if (scheme === undefined || !SCHEMES.has(scheme)) return null;
  if (scheme === "mailto:" || scheme === "tel:") return href.length > scheme.length ? href : null;
  try {
    return new URL(href).host ? href : null;
  } catch {
    return null;
  }
}

/** What a person typed into the address field, completed: `example.org/a` and `ana@example.org` are meant as links. */
export function completeHref(input: string): string | null {
  const text = input.trim();
  const safe = safeHref(text);
  if (safe !== null) return safe;
  if (/^[^\s@/:]+@[^\s@/]+\.[^\s@/]+$/.test(text)) return safeHref(`mailto:${text}`);
  if (/^[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+([/?#:]\S*)?$/u.test(text)) return safeHref(`https://${text}`);
  return null;
}

/** Search engines and mail programs wrap addresses; the reader wants the one inside. */
export function unwrapRedirect(href: string): string {
  try {
    const url = new URL(href);
    if (/(^|\.)google\.[a-z.]+$/.test(url.hostname) && url.pathname === "/url") {
      return url.searchParams.get("q") ?? url.searchParams.get("url") ?? href;
    }
    if (url.hostname.endsWith(".safelinks.protection.outlook.com")) return url.searchParams.get("url") ?? href;
  } catch {
    // Not an absolute address: nothing to unwrap.
  }
  return href;
}
