// Runs: a list, curves of those chosen on one axis, and their pictures at the step that the slider says.
import { say } from './words.js';
import { el, ask, json, repeatedly, complain } from './base.js';
import uPlot from './uplot/uPlot.esm.js';

const COLOURS = ['#c2701f', '#3f7fb5', '#4f9a57', '#a2559c', '#b8403a', '#6b6f2a'];
const stepOf = name => Number(name.match(/\d+/)[0]);

export async function runs(main, query, signal) {
  const chosen = new Map(); // name -> its metrics
  let all = [], plot = null, at = Infinity, logarithmic = true;
  const list = el('div.card'), side = el('div');
  const chart = el('div'), previews = el('div.previews');
  const slider = el('input', { type: 'range', min: 0, max: 1, value: 1, oninput: () => { at = Number(slider.value); moved(); } });
  const where = el('span'), log = el('input', { type: 'checkbox', checked: true, onchange: () => { logarithmic = log.checked; drawChart(); } });
  main.append(el('h1', {}, say('runs')), el('div.columns', {}, list, side));

  repeatedly(signal, 3000, async () => {
    all = (await json('/api/runs')).runs;
    if (!chosen.size && all.length) await choose(all.find(run => run.live) ?? all[0]);
    else for (const run of all) if (run.live && chosen.has(run.name)) await load(run.name);
    if (!signal.aborted) { drawList(); drawSide(); }
  });

  async function load(name) { chosen.set(name, await json(`/api/runs/${encodeURIComponent(name)}/metrics`)); }
  async function choose(run) {
    if (chosen.has(run.name)) chosen.delete(run.name); else await load(run.name);
    at = Infinity;
  }

  function drawList() {
    if (!all.length) {
      list.replaceChildren(el('p', {}, say('noRuns')), el('pre', {}, 'inkstone train avatars'), el('p.soft', {}, say('noRunsAfter')));
      return;
    }
    list.replaceChildren(...all.map(run => {
      const last = run.previews.at(-1);
      const toggle = () => choose(run).then(() => { drawList(); drawSide(); }).catch(complain);
      return el('div.run', { onclick: toggle },
        el('input', { type: 'checkbox', checked: chosen.has(run.name), 'aria-label': run.name, onclick: event => event.stopPropagation(), onchange: toggle }),
        last ? el('img', { src: sample(run, last), alt: '', loading: 'lazy' }) : el('div.none'),
        el('div', {}, el('b', {}, run.name), el('br'),
          el('span.badge' + (run.live ? '.live' : ''), {}, say(run.live ? 'live' : run.trained ? 'trained' : 'untrained')),
          run.step === undefined ? null : el('div.soft', {}, `${say('step')} ${run.step} · ${say('loss')} ${short(run.loss)}`)));
    }));
  }

  function drawSide() {
    const names = [...chosen.keys()];
    if (!names.length) { side.replaceChildren(el('p.soft', {}, say('choose'))); return; }
    const last = Math.max(0, ...names.flatMap(name => chosen.get(name).steps));
    slider.max = last;
    if (at > last) { slider.value = last; }
    const one = names.length === 1 ? names[0] : null;
    side.replaceChildren(
      el('div.card', {},
        el('div.row', {}, el('h2', {}, say('loss')), el('span', { style: 'flex:1' }),
          el('span.row.soft', {}, log, say('logarithmic')),
          one && all.find(run => run.name === one)?.trained ? el('a', { href: '#/draw?model=' + encodeURIComponent(one) }, say('drawWith')) : null),
        chart, el('label', {}, where, slider)),
      previews,
      one ? el('details.card', { style: 'margin-top:14px', ontoggle: event => showRecipe(event.target, one) }, el('summary', {}, say('recipe'))) : null);
    drawChart();
    moved();
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
      width: Math.max(240, chart.clientWidth || side.clientWidth - 34), height: 260,
      scales: { x: { time: false }, y: { distr: logarithmic && positive ? 3 : 1 } },
      axes: [{ ...line }, { ...line, size: 62, values: (_, values) => values.map(value => value === null ? '' : short(value)) }],
      series: [{ label: say('step') }, ...names.map((name, i) => ({ label: name, stroke: COLOURS[i % COLOURS.length], width: 2, spanGaps: true, value: (_, value) => value === null ? '–' : short(value) }))],
      hooks: { draw: [now => mark(now)] },
    }, [axis, ...series], chart);
  }

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

async function showRecipe(details, name) {
  if (details.open && details.children.length === 1) {
    const text = await (await ask(`/api/runs/${encodeURIComponent(name)}/recipe`)).text();
    details.append(el('pre', {}, text));
  }
}
const sample = (run, name) => `/api/runs/${encodeURIComponent(run.name)}/samples/${name}`;
const short = value => value === undefined || value === null ? '–' : Math.abs(value) >= 1000 || Math.abs(value) < 0.001 ? Number(value).toExponential(2) : Number(value).toPrecision(3);
