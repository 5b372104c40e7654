// Explore: pictures between four seeds, redrawn as one drags; single values of codes and attributes as sliders.
import { say } from './words.js';
import { el, ask, json, complain } from './base.js';

const chance = () => Math.floor(Math.random() * 1e6);

export async function explore(main, query, signal) {
  const names = (await json('/v1/models')).data.map(model => model.id);
  main.append(el('h1', {}, say('explore')));
  if (!names.length) { main.append(el('div.card', {}, el('p', {}, say('noRuns')), el('a', { href: '#/train' }, say('train')))); return; }

  const wanted = query.get('model');
  const select = el('select', { onchange: () => take(select.value).catch(complain) }, names.map(each => el('option', { value: each, selected: each === wanted }, each)));
  const options = el('div'), sliders = el('div');
  const seeds = [3, 14, 15, 92].map((seed, i) => el('input', { inputMode: 'numeric', pattern: '[0-9]+', value: seed, 'aria-label': `${say('anchor')} ${i + 1}`, onchange: () => redraw() }));
  const shuffle = el('button.quiet', { type: 'button', onclick: () => { seeds.forEach(each => { each.value = chance(); }); redraw(); } }, say('shuffle'));
  const sheet = el('img', { alt: say('plane') }), dot = el('div.dot'), here = el('img.here', { alt: say('here') });
  const plane = el('div.plane', { tabIndex: 0, role: 'slider', 'aria-label': say('drag'), 'aria-valuetext': '', onkeydown: walk, onpointerdown: grab, onpointermove: drag }, sheet, dot);
  main.append(el('div.columns', {},
    el('div.card', {}, el('label', {}, say('model'), select), options, sliders),
    el('div.card', {}, el('p.soft', {}, say('drag')),
      el('div.explore', {}, el('div', {}, el('div.ends', {}, seeds[0], seeds[1]), plane, el('div.ends', {}, seeds[2], seeds[3]), shuffle), here))));

  let model, at = [0.5, 0.5], moves = {}, attributes = {}, asked = () => ({});
  const far = latest(() => draw({ side: sideOf(model.size) }, sheet)), near = latest(() => draw({ at }, here));
  place();
  await take(select.value);

  async function take(name) {
    model = await json('/api/models/' + encodeURIComponent(name));
    if (signal.aborted) return;
    moves = {}; attributes = {};
    options.replaceChildren(...chosen());
    sliders.replaceChildren();
    redraw();
    if (model.sampled) return;
    const told = await json(`/api/models/${encodeURIComponent(name)}/directions`);
    if (signal.aborted || model.name !== name) return;
    sliders.replaceChildren(
      ...told.dimensions.length ? [el('h2', {}, say('dimensions')), ...told.dimensions.map(each => slider(String(each.dimension), `z${each.dimension}`, moves, 3))] : [],
      ...told.attributes.length ? [el('h2', {}, say('attributes')), ...told.attributes.map(each => slider(each, each, attributes, 2))] : []);
  }

  function chosen() {
    const steps = el('input', { type: 'number', min: 1, max: 1000, value: 10, onchange: redraw });
    const what = model.words ? el('input', { value: query.get('prompt') ?? '', placeholder: say('prompt'), onchange: redraw })
      : model.classes.length ? el('select', { onchange: redraw }, [...model.classes, 'none'].map(each => el('option', { value: each }, each))) : null;
    asked = () => ({ ...(what?.value ? { prompt: what.value } : {}), ...(model.sampled ? { steps: Number(steps.value) } : {}) });
    return [what ? el('label', {}, say('what'), what) : null, model.sampled ? el('label', {}, say('steps'), steps) : null].filter(Boolean);
  }

  function slider(name, label, into, reach) {
    const value = el('output', {}, '0');
    const input = el('input', { type: 'range', min: -reach, max: reach, step: 0.1, value: 0, 'aria-label': label, oninput: () => {
      value.textContent = input.value;
      if (Number(input.value)) into[name] = Number(input.value); else delete into[name];
      near(); far();
    } });
    return el('div.mix', {}, el('span', { title: label }, label), input, value);
  }

  function redraw() { far(); near(); }

  async function draw(where, picture) {
    const body = { model: model.name, anchors: seeds.map(each => Number(each.value) || 0), ...asked(), ...where, moves, attributes };
    const answer = await ask('/api/explore', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body), signal });
    const blob = await answer.blob();
    if (signal.aborted) return;
    const old = picture.src;
    picture.src = URL.createObjectURL(blob);
    if (old.startsWith('blob:')) URL.revokeObjectURL(old);
  }

  function place() {
    dot.style.left = `${100 * at[0]}%`; dot.style.top = `${100 * at[1]}%`;
    plane.setAttribute('aria-valuetext', at.map(each => each.toFixed(2)).join(', '));
  }
  function go(across, down) { at = [across, down].map(each => Math.min(1, Math.max(0, each))); place(); near(); }
  function grab(event) { plane.setPointerCapture(event.pointerId); to(event); }
  function drag(event) { if (event.buttons) to(event); }
  function to(event) {
    const box = plane.getBoundingClientRect();
    go((event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
  }
  function walk(event) {
    const step = { ArrowLeft: [-0.05, 0], ArrowRight: [0.05, 0], ArrowUp: [0, -0.05], ArrowDown: [0, 0.05] }[event.key];
    if (step) { event.preventDefault(); go(at[0] + step[0], at[1] + step[1]); }
  }
}

/** One request at a time; what is asked meanwhile is asked once more, by what is wanted then. */
function latest(work) {
  let busy = false, again = false;
  const turn = async () => {
    if (busy) { again = true; return; }
    busy = true;
    try { await work(); } catch (failure) { if (failure.name !== 'AbortError') complain(failure); } finally { busy = false; }
    if (again) { again = false; turn(); }
  };
  return turn;
}

/** Fewer pictures the larger they are. */
function sideOf(size) {
  const side = Math.max(...size.split('x').map(Number));
  return side <= 32 ? 7 : side <= 64 ? 6 : side <= 128 ? 4 : 3;
}
