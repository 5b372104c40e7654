// Draw: the options that the chosen model has, jobs as they are drawn, results.
import { say } from './words.js';
import { el, ask, json, post, send, repeatedly, complain } from './base.js';
import { brush } from './brush.js';

const NUMBERS = ['n', 'steps', 'guidance_scale', 'eta', 'threshold', 'guidance_rescale'];

export async function draw(main, query, signal) {
  const names = (await json('/v1/models')).data.map(model => model.id);
  main.append(el('h1', {}, say('draw')));
  if (!names.length) {
    main.append(el('div.card', {}, el('p', {}, say('noRuns')), el('a', { href: '#/train' }, say('train'))));
    return;
  }
  const form = el('form.card', { onsubmit: event => { event.preventDefault(); begin(wish()).catch(complain); } });
  const work = el('div'), results = el('div.tiles'), source = brush();
  const forget = el('button.quiet', { type: 'button', onclick: () => post('/api/jobs/clear').then(showResults).catch(complain) }, say('clear'));
  const box = el('div.card', {}, el('div.row', {}, el('h2', {}, say('results')), el('span', { style: 'flex:1' }), forget), results);
  main.append(el('div.columns', {}, form, el('div', {}, work, box)));

  let model, parts = {};
  const open = new Map(); // job id -> its card
  await take(names.includes(query.get('model')) ? query.get('model') : names[0], query);
  repeatedly(signal, 400, follow);
  showResults().catch(complain);

  async function take(name, said = new URLSearchParams()) {
    model = await json('/api/models/' + encodeURIComponent(name));
    if (!signal.aborted) build(name, said);
  }

  function build(name, said) {
    parts = {};
    const select = el('select', { onchange: () => take(select.value).catch(complain) }, names.map(each => el('option', { value: each, selected: each === name }, each)));
    const lines = [el('label', {}, say('model'), select)];
    if (model.words) {
      lines.push(field('prompt', say('prompt'), el('textarea', { rows: 3, required: true, value: said.get('prompt') ?? '' })));
      lines.push(field('negative_prompt', say('negative'), el('input', { value: said.get('negative_prompt') ?? '' })));
    } else if (model.classes.length) lines.push(...classes(said));
    lines.push(el('div.pair', {},
      field('n', say('count'), number(said.get('n') ?? 4, 1, 100)),
      field('seed', say('seed'), el('input', { inputMode: 'numeric', pattern: '[0-9]*', placeholder: say('chance'), value: said.get('seed') ?? '' }))));
    if (model.sampled) {
      lines.push(el('div.pair', {},
        field('steps', say('steps'), el('input', { type: 'number', min: 1, placeholder: model.steps ?? say('own'), value: said.get('steps') ?? '' })),
        field('guidance_scale', say('guidance'), el('input', { type: 'number', step: 'any', placeholder: '1', value: said.get('guidance_scale') ?? '' }))));
      lines.push(field('sampler', say('sampler'), el('select', {}, el('option', { value: '' }, `${say('own')}${model.sampler ? ` (${model.sampler})` : ''}`),
        model.samplers.map(each => el('option', { value: each, selected: each === said.get('sampler') }, each)))));
    }
    if (model.sampled) lines.push(further(said));
    if (model.edits) lines.push(source.element);
    lines.push(el('div.row', {}, el('button', { type: 'submit' }, say('go')), el('span.soft', {}, `${say('size')} ${model.size}`)));
    form.replaceChildren(...lines);
  }

  /** What is said more rarely. */
  function further(said) {
    const share = name => field(name, say(name), el('input', { type: 'number', min: 0, max: 1, step: 'any', placeholder: say('own'), value: said.get(name) ?? '' }));
    const clamp = el('input', { type: 'checkbox', checked: said.get('clamp') === 'true' });
    parts.clamp = () => clamp.checked ? 'true' : '';
    return el('details', {}, el('summary', {}, say('further')),
      field('grid', say('grid'), el('select', {}, el('option', { value: '' }, say('own')), model.grids.map(each => el('option', { value: each, selected: each === said.get('grid') }, each)))),
      el('div.pair', {}, share('eta'), share('threshold'), share('guidance_rescale'),
        field('guidance_interval', say('guidance_interval'), el('input', { placeholder: 'A:B', value: said.get('guidance_interval') ?? '' }))),
      el('label.key.flag', {}, el('span', {}, say('clamp')), clamp));
  }

  function classes(said) {
    const known = ['none', ...model.classes], wanted = said.get('prompt') ?? model.classes[0];
    const isMix = !known.includes(wanted);
    const mixed = new Map(isMix ? wanted.split(',').map(part => { const [name, amount] = part.split('='); return [name.trim(), Number(amount ?? 1)]; }) : []);
    const select = el('select', { onchange: () => { sliders.hidden = select.value !== '*'; } },
      el('option', { value: 'none', selected: wanted === 'none' }, say('none')),
      model.classes.map(each => el('option', { value: each, selected: each === wanted }, each)),
      model.classes.length > 1 ? el('option', { value: '*', selected: isMix }, say('mix') + ' …') : null);
    const amounts = model.classes.map(each => {
      const value = el('output', {}, String(mixed.get(each) ?? 0));
      const slider = el('input', { type: 'range', min: 0, max: 1, step: 0.05, value: mixed.get(each) ?? 0, 'aria-label': each, oninput: () => { value.textContent = slider.value; } });
      return { each, slider, row: el('div.mix', {}, el('span', { title: each }, each), slider, value) };
    });
    const sliders = el('div', { hidden: !isMix, style: 'margin-bottom:10px' }, amounts.map(each => each.row));
    parts.prompt = () => select.value !== '*' ? select.value
      : amounts.filter(each => Number(each.slider.value)).map(each => `${each.each}=${each.slider.value}`).join(',') || 'none';
    return [el('label', {}, say('what'), select), sliders];
  }

  function field(name, label, input) { parts[name] = () => input.value.trim(); return el('label', {}, label, input); }
  function number(value, min, max) { return el('input', { type: 'number', value, min, max, required: true }); }

  function wish() {
    const asked = { model: model.name };
    for (const [name, value] of Object.entries(parts)) {
      const said = value();
      if (said !== '') asked[name] = NUMBERS.includes(name) ? Number(said) : said;
    }
    return asked;
  }

  async function begin(asked) {
    const sent = model.edits && asked.model === model.name ? await source.form() : null;
    if (!sent) { add(await post('/api/jobs', asked)); return; }
    for (const [name, value] of Object.entries(asked)) sent.append(name, value);
    add(await send('/api/jobs/edits', sent));
  }

  async function vary(picture) {
    const sent = new FormData();
    sent.append('image', await (await ask(picture.url)).blob(), 'image.png');
    for (const [name, value] of Object.entries({ model: picture.model, prompt: picture.prompt, n: 4 })) sent.append(name, value);
    add(await send('/api/jobs/variations', sent));
  }

  function add(job) {
    if (open.has(job.id)) { update(job); return; } // the list told of it first
    const picture = el('div.none'), bar = el('progress', { max: 1, value: 0 }), words = el('div');
    const stop = el('button.quiet', { type: 'button', onclick: () => post(`/api/jobs/${job.id}/cancel`).catch(complain) }, say('cancel'));
    const first = el('button.quiet', { type: 'button', onclick: () => post(`/api/jobs/${job.id}/move`, { place: 0 }).catch(complain) }, say('first'));
    const card = el('div.card.work', {}, picture, el('div', {}, el('b', {}, described(job)), words, bar, first, stop));
    open.set(job.id, { card, bar, words, picture, first, stop, shown: 0 });
    work.append(card);
    update(job);
  }

  function update(job) {
    const now = open.get(job.id);
    now.first.hidden = !(job.state === 'queued' && job.place > 0);
    now.bar.value = job.steps ? job.steps_done / job.steps : 0;
    now.words.textContent = job.state === 'queued' ? say('queued', job.place ?? 0) : `${say(job.state)} ${job.steps ? Math.round(100 * job.steps_done / job.steps) + ' %' : ''} ${job.error ?? ''}`;
    if (job.preview_step && job.preview_step !== now.shown) {
      now.shown = job.preview_step;
      ask(`/api/jobs/${job.id}/preview.png`).then(answer => answer.blob()).then(blob => {
        const picture = el('img', { alt: '', src: URL.createObjectURL(blob), onload: () => URL.revokeObjectURL(picture.src) });
        now.picture.replaceWith(picture);
        now.picture = picture;
      }).catch(() => {}); // it was over before
    }
    if (['queued', 'running'].includes(job.state)) return;
    open.delete(job.id);
    if (job.state === 'failed') { // stays until somebody decides
      now.stop.replaceWith(el('button.quiet', { type: 'button', onclick: () => post(`/api/jobs/${job.id}/retry`).then(() => now.card.remove()).catch(complain) }, say('retry')),
        el('button.quiet', { type: 'button', onclick: () => now.card.remove() }, say('close')));
    } else now.card.remove();
    showResults().catch(complain);
  }

  async function follow() {
    const jobs = (await json('/api/jobs')).jobs;
    if (signal.aborted) return;
    for (const job of [...jobs].reverse()) {
      if (open.has(job.id)) update(job);
      else if (['queued', 'running'].includes(job.state)) add(job);
    }
  }

  async function showResults() {
    const jobs = (await json('/api/jobs')).jobs.filter(job => job.pictures.length).slice(0, 12);
    if (signal.aborted) return;
    results.replaceChildren(...jobs.flatMap(job => job.pictures.map((picture, i) => tile(picture, [
      el('button.quiet', { type: 'button', onclick: () => begin({ ...job.request, seed: undefined }).catch(complain) }, say('again')),
      el('button.quiet', { type: 'button', onclick: () => take(job.model, new URLSearchParams({ ...job.request, seed: picture.seed, n: 1 })).then(() => form.scrollIntoView({ block: 'nearest' })).catch(complain) }, say('use')),
      model.edits && job.model === model.name ? el('button.quiet', { type: 'button', onclick: () => vary(picture).catch(complain) }, say('vary')) : null,
      el('button.quiet', { type: 'button', onclick: event => compare(picture, event.target) }, say('compare')),
    ]))));
    if (!jobs.length) results.replaceChildren(el('p.soft', {}, say('nothing')));
  }
}

const described = ({ kind, request: asked }) =>
  [kind === 'generation' ? '' : say(kind), asked.prompt, asked.n > 1 ? '× ' + asked.n : '', asked.model].filter(Boolean).join(' · ');

let other = null; // the first of two that are compared
function compare(picture, button) {
  if (!other) { other = { picture, button }; button.setAttribute('aria-pressed', 'true'); return; }
  const both = [other.picture, picture];
  other.button.removeAttribute('aria-pressed');
  other = null;
  const shown = el('dialog', { onclose: () => shown.remove() },
    el('div.two', {}, both.map(each => el('figure', {}, el('img', { src: each.url, alt: each.prompt }), el('figcaption.soft', {}, `${each.prompt || '–'} · ${each.model} · ${each.seed}`)))),
    el('form', { method: 'dialog' }, el('button.quiet', {}, say('close'))));
  document.body.append(shown);
  shown.showModal();
}

/** A picture with what is known of it. */
export function tile(picture, buttons = []) {
  return el('div.tile', {},
    el('img', { src: picture.url, alt: `${picture.prompt}, ${say('seed')} ${picture.seed}`, loading: 'lazy' }),
    el('p', {}, picture.prompt || '–'),
    el('p.soft', {}, `${picture.model} · ${picture.seed}`),
    el('div.row', {}, buttons));
}
