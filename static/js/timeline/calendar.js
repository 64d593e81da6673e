// Civil dates and day numbers: 1 is 1 January of year 1, proleptic Gregorian, as Python's date.toordinal().

const EPOCH = 719163; // the day number of 1 January 1970
const MONTHS = [
  'January', 'February', 'March', 'April', 'May', 'June', 'July',
  'August', 'September', 'October', 'November', 'December',
];
export const SHORT_MONTHS = MONTHS.map((name) => name.slice(0, 3));

/** Day number of a civil date; month 0 to 11, overflowing months carry into the year. */
export function dayNumber(year, month = 0, day = 1) {
  let y = year + Math.floor(month / 12);
  const m = ((month % 12) + 12) % 12;
  if (m < 2) y -= 1;
  const era = Math.floor(y / 400);
  const yoe = y - era * 400;
  const doy = Math.floor((153 * ((m + 10) % 12) + 2) / 5) + day - 1;
  const doe = yoe * 365 + Math.floor(yoe / 4) - Math.floor(yoe / 100) + doy;
  return era * 146097 + doe - 719468 + EPOCH;
}

/** {year, month 0 to 11, day} of a day number. */
export function civil(number) {
  const z = Math.floor(number) - EPOCH + 719468;
  const era = Math.floor(z / 146097);
  const doe = z - era * 146097;
  const yoe = Math.floor(
    (doe - Math.floor(doe / 1460) + Math.floor(doe / 36524) - Math.floor(doe / 146096)) / 365,
  );
  const doy = doe - (365 * yoe + Math.floor(yoe / 4) - Math.floor(yoe / 100));
  const mp = Math.floor((5 * doy + 2) / 153);
  const month = (mp + 2) % 12;
  return {
    year: yoe + era * 400 + (month < 2 ? 1 : 0),
    month,
    day: doy - Math.floor((153 * mp + 2) / 5) + 1,
  };
}

/** Months since year 0: whole halves, quarters and years are divisions of it. */
export function monthNumber(number) {
  const { year, month } = civil(number);
  return year * 12 + month;
}

/** ISO 8601 of a day number, as the address carries it. */
export function isoDay(number) {
  const { year, month, day } = civil(number);
  const digits = String(Math.abs(year)).padStart(4, '0');
  const two = (n) => String(n).padStart(2, '0');
  return `${year < 0 ? '-' : ''}${digits}-${two(month + 1)}-${two(day)}`;
}

/** Day number of an ISO year, month or day, null if it is none; `last` gives the end of what is named. */
export function parseIso(text, last = false) {
  const found = /^(-?\d{4,6})(?:-(\d\d))?(?:-(\d\d))?$/.exec(text || '');
  if (!found) return null;
  const year = Number(found[1]);
  const month = found[2] ? Number(found[2]) - 1 : 0;
  if (month < 0 || month > 11) return null;
  if (found[3]) return dayNumber(year, month, Number(found[3]));
  if (!last) return dayNumber(year, month);
  return (found[2] ? dayNumber(year, month + 1) : dayNumber(year + 1)) - 1;
}

/** "14 June 2022". */
export function dayWords(number) {
  const { year, month, day } = civil(number);
  return `${day} ${MONTHS[month]} ${yearWords(year)}`;
}

/** "2022", and "45 BCE" for years before 1. */
export function yearWords(year) {
  return year > 0 ? String(year) : `${1 - year} BCE`;
}
