// Draw: the options that the chosen model has, jobs as they are drawn, results.
import { say } from './words.js';
import { el, ask, json, post, repeatedly, complain } from './base.js';

export async function draw(main, query, signal) {
  const names = (await json('/v1/models')).data.map(model => model.id);
  main.append(el('h1', {}, say('draw')));
  if (!names.length) {
    main.append(el('div.card', {}, el('p', {}, say('noRuns')), el('pre', {}, 'inkstone train avatars')));
    return;
  }
  const form = el('form.card', { onsubmit: event => { event.preventDefault(); begin(wish()).catch(complain); } });
  const work = el('div'), results = el('div.tiles');
  const box = el('div.card', {}, el('h2', {}, say('results')), results);
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
    lines.push(el('div.row', {}, el('button', { type: 'submit' }, say('go')), el('span.soft', {}, `${say('size')} ${model.size}`)));
    form.replaceChildren(...lines);
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
      if (said !== '') asked[name] = ['n', 'steps', 'guidance_scale'].includes(name) ? Number(said) : said;
    }
    return asked;
  }

  async function begin(asked) {
    const job = await post('/api/jobs', asked);
    add(job);
  }

  function add(job) {
    if (open.has(job.id)) { update(job); return; } // the list told of it first
    const picture = el('div.none'), bar = el('progress', { max: 1, value: 0 }), words = el('div');
    const stop = el('button.quiet', { type: 'button', onclick: () => post(`/api/jobs/${job.id}/cancel`).catch(complain) }, say('cancel'));
    const card = el('div.card.work', {}, picture, el('div', {}, el('b', {}, described(job.request)), words, bar, stop));
    open.set(job.id, { card, bar, words, picture, shown: 0 });
    work.append(card);
    update(job);
  }

  function update(job) {
    const now = open.get(job.id);
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
    if (job.state === 'failed') { complain(new Error(job.error)); }
    setTimeout(() => now.card.remove(), job.state === 'failed' ? 8000 : 0);
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
    ]))));
    if (!jobs.length) results.replaceChildren(el('p.soft', {}, say('nothing')));
  }
}

const described = asked => [asked.prompt, asked.n > 1 ? '× ' + asked.n : '', asked.model].filter(Boolean).join(' · ');

/** A picture with what is known of it. */
export function tile(picture, buttons = []) {
  return el('div.tile', {},
    el('img', { src: picture.url, alt: `${picture.prompt}, ${say('seed')} ${picture.seed}`, loading: 'lazy' }),
    el('p', {}, picture.prompt || '–'),
    el('p.soft', {}, `${picture.model} · ${picture.seed}`),
    el('div.row', {}, buttons));
}
