// "5 minutes ago" where the page printed a date, kept true while the page stays open. The date stays in the tooltip.

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Older than this the date itself says more. */
const OLDEST = 7 * DAY;

export function relativeTimes(): void {
  const times = [...document.querySelectorAll<HTMLTimeElement>("time[datetime]:not([data-absolute])")].filter((time) => time.dateTime.includes("T"));
  if (times.length === 0) return;
  for (const time of times) {
    time.dataset.text = time.textContent ?? "";
    if (!time.title) time.title = time.dataset.text.trim();
  }
  const refresh = () => {
    for (const time of times) time.textContent = relative(new Date(time.dateTime), new Date()) ?? time.dataset.text ?? "";
  };
  refresh();
  setInterval(() => document.hidden || refresh(), MINUTE);
}

/** The distance in words, or null when it is too far for words. */
export function relative(then: Date, now: Date, language = document.documentElement.lang || "en"): string | null {
  const distance = then.getTime() - now.getTime();
  if (Number.isNaN(distance) || Math.abs(distance) > OLDEST) return null;
  const words = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  if (Math.abs(distance) < MINUTE) return words.format(0, "second");
  if (Math.abs(distance) < HOUR) return words.format(Math.trunc(distance / MINUTE), "minute");
  if (Math.abs(distance) < DAY) return words.format(Math.trunc(distance / HOUR), "hour");
  return words.format(Math.trunc(distance / DAY), "day");
}
