// Train: a recipe as a form made of its own keys, what training it would take, and its start.
import { say } from './words.js';
import { el, json, post, complain } from './base.js';

/** What most people change; everything else lies folded in its group. */
const FIRST = ['data.source', 'train.epochs', 'train.batch', 'train.seed', 'optimizer.rate', 'firstStage.run'];
/** Filled in when training starts, or not to be set from a page. */
const HIDDEN = ['data.tokenizer', 'firstStage.hash', 'firstStage.code'];

export async function train(main, query, signal) {
  const { recipes, sources } = await json('/api/recipes');
  const runs = (await json('/api/runs')).runs.filter(run => run.trained).map(run => run.name);
  if (signal.aborted) return;
  const wanted = query.get('recipe') ?? 'avatars';
  const select = el('select', { onchange: () => take(select.value).catch(complain) },
    recipes.map(each => el('option', { value: each.name, selected: each.name === wanted }, each.name)));
  const what = el('p.soft'), keys = el('div'), plan = el('div.card', { 'aria-live': 'polite' });
  const name = el('input', { placeholder: say('runNameHint'), pattern: '[A-Za-z0-9][A-Za-z0-9._\\-]*', maxLength: 80 });
  const start = el('button', { type: 'submit' }, say('start'));
  const form = el('form.card', { oninput: () => later(), onsubmit: event => { event.preventDefault(); begin().catch(complain); } },
    el('label', {}, say('recipe'), select), what, el('label', {}, say('runName'), name), keys, el('div.row', {}, start));
  main.append(el('h1', {}, say('train')), el('div.columns', {}, form, plan));

  let fields = [], turn = 0, waiting;
  const set = () => Object.fromEntries(fields.filter(each => each.changed()).map(each => [each.key, each.value()]));
  await take(select.value);

  async function take(recipe) {
    const told = await json('/api/recipes/' + encodeURIComponent(recipe));
    if (signal.aborted) return;
    what.textContent = told.description;
    fields = told.keys.filter(each => !HIDDEN.includes(each.key)).map(each => field(each, sources, runs));
    const first = fields.filter(each => FIRST.includes(each.key)).sort((a, b) => FIRST.indexOf(a.key) - FIRST.indexOf(b.key));
    const groups = Map.groupBy ? Map.groupBy(fields.filter(each => !first.includes(each)), groupOf) : grouped(fields.filter(each => !first.includes(each)));
    keys.replaceChildren(...first.map(each => each.element),
      ...[...groups].map(([group, inner]) => el('details', {}, el('summary', {}, group), inner.map(each => each.element))));
    await look();
  }

  function later() { clearTimeout(waiting); waiting = setTimeout(() => look().catch(complain), 600); }

  async function look() {
    const mine = ++turn;
    fields.forEach(each => each.element.classList.remove('wrong'));
    let told;
    try { told = await post(`/api/recipes/${encodeURIComponent(select.value)}/plan`, { set: set() }); } catch (failure) {
      if (mine !== turn || signal.aborted) return;
      fields.filter(each => failure.message.includes(each.key)).forEach(each => each.element.classList.add('wrong'));
      plan.replaceChildren(el('h2', {}, say('plan')), el('p.bad', {}, failure.message));
      return;
    }
    if (mine !== turn || signal.aborted) return;
    plan.replaceChildren(el('h2', {}, say('plan')),
      el('dl.facts', {}, ...fact('parameters', told.parameters.toLocaleString()), ...fact('pictures', told.pictures.toLocaleString()),
        ...fact('memory', Math.round(told.memory_megabytes).toLocaleString() + ' MB'), ...fact('time', duration(told.seconds))),
      told.notes.map(note => el('p.soft', {}, note)),
      el('details', {}, el('summary', {}, say('resolved')), el('pre', {}, told.recipe)));
  }

  async function begin() {
    start.disabled = true;
    try {
      const { run } = await post('/api/trainings', { recipe: select.value, name: name.value.trim(), set: set() });
      location.hash = '#/runs?run=' + encodeURIComponent(run);
    } finally { start.disabled = false; }
  }
}

const fact = (what, value) => [el('dt', {}, say(what)), el('dd', {}, value)];
const groupOf = each => each.key.includes('.') ? each.key.split('.')[0] : 'more';
function grouped(fields) {
  const groups = new Map();
  fields.forEach(each => groups.set(groupOf(each), [...(groups.get(groupOf(each)) ?? []), each]));
  return groups;
}

/** Seconds in words that fit: an estimate needs no more. */
export function duration(seconds) {
  if (seconds < 90) return say('seconds', Math.max(1, Math.round(seconds)));
  return seconds < 5400 ? say('minutes', Math.round(seconds / 60)) : say('hours', (seconds / 3600).toFixed(1));
}

/** A key with an input that fits its kind. */
function field(told, sources, runs) {
  const before = shown(told.value);
  let input, read;
  if (told.kind === 'flag') {
    input = el('input', { type: 'checkbox', checked: told.value });
    read = () => input.checked;
  } else if (told.kind === 'choice' || told.key === 'data.source' || told.key === 'firstStage.run') {
    const words = told.choices ?? (told.key === 'data.source' ? sources : runs);
    input = el('select', {}, [...new Set([...(told.kind === 'choice' || words.includes(told.value) ? [] : [told.value]), ...words])]
      .map(word => el('option', { value: word, selected: word === told.value }, word)));
    read = () => input.value;
  } else {
    input = el('input', { value: before, spellcheck: false, inputMode: told.kind === 'number' ? 'decimal' : 'text' });
    read = () => meant(input.value.trim());
  }
  const help = [told.meaning, told.range ? `(${told.range})` : ''].filter(Boolean).join(' ');
  const element = el('label.key' + (told.kind === 'flag' ? '.flag' : ''), {}, el('span', {}, told.key), input, help ? el('small', {}, help) : null);
  return { key: told.key, element, value: read, changed: () => shown(read()) !== before };
}

const shown = value => typeof value === 'string' ? value : JSON.stringify(value);
/** What is written as YAML means it: a number, a list, or words. */
function meant(text) {
  if (/^(true|false|-?[\d.]+([eE][-+]?\d+)?|\[.*\])$/.test(text)) { try { return JSON.parse(text); } catch { return text; } }
  return text;
}
