// What chosen runs were measured to be, side by side; figures that were measured differently are marked.
import { say, known } from './words.js';
import { el, json } from './base.js';

const MARKS = '①②③④⑤⑥⑦⑧⑨⑩⑪⑫';

/** A card for these runs; nothing where none was measured. */
export async function evaluations(names) {
  if (!names.length) return null;
  const told = await json('/api/evaluations?' + names.map(name => 'run=' + encodeURIComponent(name)).join('&'));
  if (!told.groups.length) return null;
  return el('div.card', { style: 'margin-top:14px' },
    el('h2', {}, say('measured')),
    el('div.wide', {}, el('table.figures', {},
      el('thead', {}, el('tr', {}, el('th', {}), names.map(name => el('th', { scope: 'col' }, name)))),
      told.groups.map(group => rows(group, names.length)))),
    el('details', {}, el('summary', {}, say('howMeasured')), told.measured.flatMap((lines, i) => lines.map(line => protocol(names[i], line)))));
}

function rows(group, columns) {
  const differ = group.different.length > 0;
  return el('tbody', {},
    differ ? el('tr', {}, el('th.bad', { colSpan: columns + 1 }, say('differently', group.different.map(key => known('protocol_' + key, key)).join(', ')))) : null,
    group.figures.filter(each => known('figure_' + each.figure, '')).map(each => el('tr', {},
      el('th', { scope: 'row' }, say('figure_' + each.figure)),
      each.values.map(value => el('td', {}, cell(value), differ && value ? el('span.bad', { title: say('alike') }, ' ' + MARKS[value.alike - 1]) : null)))));
}

function cell(measured) {
  if (measured?.value === undefined || measured.value === null) return '–';
  const half = measured.low === undefined ? '' : ' ±' + digits((measured.high - measured.low) / 2, 2);
  return digits(measured.value, 4) + half;
}

const digits = (value, count) => String(Number(value.toPrecision(count)));

function protocol(name, line) {
  return el('div', {}, el('p', { style: 'margin:10px 0 2px' }, el('b', {}, name)),
    el('dl.facts', {}, Object.entries(line).flatMap(([key, value]) => [el('dt', {}, known('protocol_' + key, key)), el('dd.value', {}, value)])));
}
