import assert from 'node:assert/strict';
import { test } from 'node:test';
import { civil, dayNumber, dayWords, isoDay, monthNumber, parseIso } from '../../static/js/timeline/calendar.js';

test('day 1 is 1 January of year 1, and 1970 begins on 719163', () => {
  assert.equal(dayNumber(1, 0, 1), 1);
  assert.equal(dayNumber(1970, 0, 1), 719163);
  assert.equal(dayNumber(2000, 1, 29) + 1, dayNumber(2000, 2, 1));
});

test('every day number comes back from its civil date', () => {
  for (let day = -800000; day < 900000; day += 997) {
    const { year, month, day: d } = civil(day);
    assert.equal(dayNumber(year, month, d), day);
    assert.equal(monthNumber(day), year * 12 + month);
  }
});

test('ISO text is read back, and its end where it names a year or month', () => {
  assert.equal(isoDay(parseIso('2022-06-14')), '2022-06-14');
  assert.equal(isoDay(parseIso('2022', true)), '2022-12-31');
  assert.equal(isoDay(parseIso('2024-02', true)), '2024-02-29');
  assert.equal(isoDay(parseIso('-0044-03-15')), '-0044-03-15');
});

test('what is no date gives null', () => {
  for (const text of ['', 'soon', '2021-13', '14 June 2022', null]) assert.equal(parseIso(text), null);
});

test('dates in words', () => {
  assert.equal(dayWords(parseIso('2022-06-14')), '14 June 2022');
});
