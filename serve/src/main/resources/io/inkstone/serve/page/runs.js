// Runs: a list, curves of those chosen on one axis, and their pictures at the step that the slider says.
import { say } from './words.js';
import { el, ask, json, post, repeatedly, complain } from './base.js';
import { evaluations } from './evaluations.js';
import uPlot from './uplot/uPlot.esm.js';

const NARROW = 240;
const HIGH = 260;
const COLOURS = ['#c2701f', '#3f7fb5', '#4f9a57', '#a2559c', '#b8403a', '#6b6f2a'];
const stepOf = name => Number(name.match(/\d+/)[0]);

export async function runs(main, query, signal) {
  const chosen = new Map(); // name -> its metrics
  let all = [], plot = null, at = Infinity, logarithmic = true, wanted = query.get('run'), side, built = '';
  const measured = el('div');
  let comparing = 0;
  const list = el('div.card'), place = el('div');
  const chart = el('div'), previews = el('div.previews');
  const slider = el('input', { type: 'range', min: 0, max: 1, value: 1, oninput: () => { at = Number(slider.value); moved(); } });
  const where = el('span'), log = el('input', { type: 'checkbox', checked: true, onchange: () => { logarithmic = log.checked; drawChart(); } });
  main.append(el('h1', {}, say('runs')), el('div.columns', {}, list, place));

  repeatedly(signal, 3000, async () => {
    all = (await json('/api/runs')).runs;
    const named = all.find(run => run.name === wanted);
    if (named) { await choose(named); wanted = null; }
    else if (!chosen.size && all.length && !wanted) await choose(all.find(run => run.live) ?? all[0]);
    for (const run of all) if (chosen.has(run.name) && (run.live || run.step !== chosen.get(run.name).steps.at(-1))) await load(run);
    if (!signal.aborted) { drawList(); drawSide(); }
  });

  async function load(run) {
    chosen.set(run.name, run.changed ? await json(`/api/runs/${encodeURIComponent(run.name)}/metrics`) : { steps: [], losses: [] });
  }
  async function choose(run) {
    if (chosen.has(run.name)) chosen.delete(run.name); else await load(run);
    at = Infinity;
  }

  function drawList() {
    if (!all.length) { list.replaceChildren(...offer()); return; }
    list.replaceChildren(...all.map(run => {
      const last = run.previews.at(-1);
      const toggle = () => choose(run).then(() => { drawList(); drawSide(); }).catch(complain);
      return el('div.run', { onclick: toggle },
        el('input', { type: 'checkbox', checked: chosen.has(run.name), 'aria-label': run.name, onclick: event => event.stopPropagation(), onchange: toggle }),
        last ? el('img', { src: sample(run, last), alt: '', loading: 'lazy' }) : el('div.none'),
        el('div', {}, el('b', {}, run.name), el('br'),
          el('span.badge' + (run.live ? '.live' : ''), {}, say(stateOf(run))),
          run.error ? el('div.bad', {}, run.error) : null,
          run.step === undefined ? null : el('div.soft', {}, `${say('step')} ${run.step} · ${say('loss')} ${short(run.loss)}`)));
    }));
  }

  function drawSide() {
    const names = [...chosen.keys()].filter(name => all.some(run => run.name === name));
    const one = names.length === 1 ? all.find(run => run.name === names[0]) : null;
    const now = names.join() + (one ? [stateOf(one), one.training, one.trained] : '');
    if (now !== built) { built = now; build(names, one); }
    const last = Math.max(0, ...names.flatMap(name => chosen.get(name).steps));
    slider.max = last;
    if (at > last) slider.value = last;
    if (names.length) { drawChart(); moved(); }
  }

  /** Beside each other what the chosen runs were measured to be; asked for when the choice changes. */
  function compare(names) {
    const mine = ++comparing, there = names.filter(name => all.find(run => run.name === name).changed).slice(0, 12);
    evaluations(there).then(card => { if (mine === comparing) measured.replaceChildren(...card ? [card] : []); }).catch(complain);
  }

  function build(names, one) {
    if (!names.length) { place.replaceChildren(el('p.soft', {}, all.length ? say('choose') : '')); return; }
    side = el('div', {},
      el('div.card', {},
        el('div.row', {}, el('h2', {}, say('loss')), el('span', { style: 'flex:1' }),
          el('span.row.soft', {}, log, say('logarithmic')),
          one?.trained ? el('a', { href: '#/draw?model=' + encodeURIComponent(one.name) }, say('drawWith')) : null),
        chart, el('label', {}, where, slider), one ? control(one) : null),
      previews, measured,
      one ? el('div.card', { style: 'margin-top:14px' }, told(one.name, 'recipe'), told(one.name, 'evaluations'), told(one.name, 'log')) : null);
    place.replaceChildren(side);
    compare(names);
  }

  function drawChart() {
    plot?.destroy();
    const names = [...chosen.keys()];
    const axis = [...new Set(names.flatMap(name => chosen.get(name).steps))].sort((a, b) => a - b);
    const series = names.map(name => {
      const known = new Map(chosen.get(name).steps.map((step, i) => [step, chosen.get(name).losses[i]]));
      return axis.map(step => known.get(step) ?? null);
    });
    const style = getComputedStyle(document.documentElement);
    const line = { stroke: style.getPropertyValue('--soft'), grid: { stroke: style.getPropertyValue('--line'), width: 1 }, ticks: { stroke: style.getPropertyValue('--line') } };
    const positive = series.flat().every(value => value === null || value > 0);
    plot = new uPlot({
      width: wide(), height: HIGH,
      scales: { x: { time: false }, y: { distr: logarithmic && positive ? 3 : 1 } },
      axes: [{ ...line }, { ...line, size: 62, values: (_, values) => values.map(value => value === null ? '' : short(value)) }],
      series: [{ label: say('step') }, ...names.map((name, i) => ({ label: name, stroke: COLOURS[i % COLOURS.length], width: 2, spanGaps: true, value: (_, value) => value === null ? '–' : short(value) }))],
      hooks: { draw: [now => mark(now)] },
    }, [axis, ...series], chart);
  }

  function wide() {
    return Math.max(NARROW, chart.clientWidth || place.clientWidth - 34);
  }

  // Narrow first: a chart that is too wide would widen what it is measured by.
  new ResizeObserver(() => {
    plot?.setSize({ width: NARROW, height: HIGH });
    plot?.setSize({ width: wide(), height: HIGH });
  }).observe(place);

  // Its colours are those of the moment when it was drawn.
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => { if (plot) drawChart(); }, { signal });

  function mark(now) {
    const x = now.valToPos(Math.min(at, Number(slider.max)), 'x', true);
    now.ctx.save();
    now.ctx.strokeStyle = getComputedStyle(document.documentElement).getPropertyValue('--mark');
    now.ctx.setLineDash([4, 4]);
    now.ctx.beginPath(); now.ctx.moveTo(x, now.bbox.top); now.ctx.lineTo(x, now.bbox.top + now.bbox.height); now.ctx.stroke();
    now.ctx.restore();
  }

  function moved() {
    const step = Math.min(at, Number(slider.max));
    where.textContent = say('upTo', step);
    plot?.redraw(false);
    const shown = all.filter(run => chosen.has(run.name) && run.previews.length).map(run => {
      const name = run.previews.filter(each => stepOf(each) <= step).at(-1) ?? run.previews[0];
      return { run, name };
    });
    const key = shown.map(each => each.run.name + each.name).join();
    if (previews.dataset.key === key) return;
    previews.dataset.key = key;
    previews.replaceChildren(...shown.map(({ run, name }) => el('figure.card', { style: 'margin:0' },
      el('img', { src: sample(run, name), alt: `${run.name}, ${say('step')} ${stepOf(name)}` }),
      el('figcaption.soft', {}, `${run.name} · ${say('step')} ${stepOf(name)}`))));
  }
}

/** What to do where nothing is trained yet. */
function offer() {
  const begin = el('button', { type: 'button', onclick: async () => {
    begin.disabled = true;
    try { location.hash = '#/runs?run=' + encodeURIComponent((await post('/api/trainings', { recipe: 'avatars' })).run); } catch (failure) { complain(failure); begin.disabled = false; }
  } }, say('trainAvatars'));
  return [el('p', {}, say('noRuns')), el('p.soft', {}, say('noRunsOffer')), el('div.row', {}, begin, el('a', { href: '#/train' }, say('otherRecipe')))];
}

/** Stopping what this server trains, going on with what is saved. */
function control(run) {
  const path = `/api/runs/${encodeURIComponent(run.name)}/`;
  if (run.training === 'at-work') {
    const stop = el('button', { type: 'button', onclick: () => { stop.disabled = true; post(path + 'stop').catch(complain); } }, say('stop'));
    return el('div.row', {}, stop);
  }
  if (run.live || !run.trained) return null;
  const epochs = el('input', { type: 'number', min: 1, placeholder: say('epochsInAll'), 'aria-label': say('epochsInAll'), style: 'width:150px;margin:0' });
  const go = el('button.quiet', { type: 'button', onclick: () => {
    go.disabled = true;
    post(path + 'resume', epochs.value ? { epochs: Number(epochs.value) } : {}).catch(failure => { go.disabled = false; complain(failure); });
  } }, say('resume'));
  return el('div.row', {}, go, epochs);
}

/** A text of a run, fetched when it is opened. */
function told(name, what) {
  const text = el('pre');
  const path = `/api/runs/${encodeURIComponent(name)}/${what}`;
  return el('details', { ontoggle: async event => {
    if (!event.target.open) return;
    try {
      const answer = await ask(path);
      text.textContent = what === 'evaluations' ? (await answer.json()).evaluations.map(each => JSON.stringify(each, null, 1)).join('\n') || '–' : await answer.text() || '–';
      if (what === 'log') text.scrollTop = text.scrollHeight;
    } catch (failure) { complain(failure); }
  } }, el('summary', {}, say(what)), text);
}

const stateOf = run => run.live ? (run.step === undefined ? 'starting' : 'live') : run.training === 'failed' ? 'failed' : run.trained ? 'trained' : 'untrained';
const sample = (run, name) => `/api/runs/${encodeURIComponent(run.name)}/samples/${name}`;
const short = value => value === undefined || value === null ? '–' : Math.abs(value) >= 1000 || Math.abs(value) < 0.001 ? Number(value).toExponential(2) : Number(value).toPrecision(3);
