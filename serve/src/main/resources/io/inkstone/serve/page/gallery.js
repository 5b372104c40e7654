// Gallery: everything that was drawn, and what a dropped PNG tells of itself.
import { say } from './words.js';
import { el, ask, json, complain } from './base.js';
import { tile } from './draw.js';

export async function gallery(main, query, signal) {
  const tiles = el('div.tiles'), told = el('div');
  const more = el('button.quiet', { type: 'button', hidden: true, onclick: () => load(false).catch(complain) }, say('more'));
  const search = el('input', { type: 'search', placeholder: say('search'), 'aria-label': say('search'), oninput: () => { clearTimeout(waiting); waiting = setTimeout(() => load(true).catch(complain), 250); } });
  const file = el('input', { type: 'file', accept: 'image/png', hidden: true, onchange: () => file.files[0] && read(file.files[0]).catch(complain) });
  const drop = el('div.drop', {
    tabIndex: 0, role: 'button', onclick: () => file.click(),
    onkeydown: event => { if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); file.click(); } },
    ondragover: event => { event.preventDefault(); drop.classList.add('over'); },
    ondragleave: () => drop.classList.remove('over'),
    ondrop: event => { event.preventDefault(); drop.classList.remove('over'); if (event.dataTransfer.files[0]) read(event.dataTransfer.files[0]).catch(complain); },
  }, say('drop'));
  let waiting, last, turn = 0;
  main.append(el('h1', {}, say('gallery')), drop, file, told, el('label', {}, search), tiles, el('div.row', {}, more));
  await load(true);

  async function load(anew) {
    const mine = ++turn;
    const asked = new URLSearchParams({ search: search.value, ...(anew || !last ? {} : { before: last }) });
    const pictures = (await json('/api/pictures?' + asked)).pictures;
    if (mine !== turn || signal.aborted) return;
    if (anew) tiles.replaceChildren();
    tiles.append(...pictures.map(picture => tile(picture, [el('a', { href: picture.url, target: '_blank', rel: 'noopener' }, say('open'))])));
    if (!tiles.children.length) tiles.append(el('p.soft', {}, say('nothing')));
    last = pictures.at(-1)?.time;
    more.hidden = pictures.length < 100;
  }

  async function read(picture) {
    const texts = await (await ask('/api/recipe', { method: 'POST', body: picture })).json();
    const wish = texts['inkstone.sample'] ? JSON.parse(texts['inkstone.sample']) : null;
    const shown = el('img', { alt: picture.name, style: 'width:128px;border-radius:8px', src: URL.createObjectURL(picture) });
    told.replaceChildren(el('div.card', { style: 'margin-bottom:16px' },
      el('div.row', {}, shown, el('div', {}, el('b', {}, picture.name), el('br'),
        wish ? el('a', { href: '#/draw?' + asked(wish) }, say('drawAgain')) : el('span.soft', {}, say('noRecipe')))),
      Object.keys(texts).length ? el('pre', {}, Object.entries(texts).map(([name, text]) => `${name}\n${pretty(text)}`).join('\n\n')) : null));
  }
}

function pretty(text) { try { return JSON.stringify(JSON.parse(text), null, 2); } catch { return text; } }

/** The wish of a picture in the words of the page's own form. */
function asked(wish) {
  const run = (wish.source?.run ?? '').split(/[\\/]/).at(-1);
  const said = {
    model: run, prompt: wish.prompt ?? wish.labels ?? wish.context, negative_prompt: wish.negativePrompt, n: wish.count, seed: wish.seed,
    steps: wish.steps, guidance_scale: wish.guidance, sampler: wish.sampler, grid: wish.grid, eta: wish.eta, clamp: wish.clamp,
    threshold: wish.threshold, guidance_rescale: wish.guidanceRescale, guidance_interval: wish.guidanceInterval,
  };
  return new URLSearchParams(Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)));
}
