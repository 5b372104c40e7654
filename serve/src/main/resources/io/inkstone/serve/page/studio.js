// The frame: which page is shown, in which language.
import { say, language, change } from './words.js';
import { el, complain } from './base.js';
import { runs } from './runs.js';
import { train } from './train.js';
import { draw } from './draw.js';
import { explore } from './explore.js';
import { gallery } from './gallery.js';

const PAGES = { runs, train, draw, explore, gallery };
let leaving = new AbortController();

function show() {
  const [name, query] = location.hash.replace(/^#\//, '').split('?');
  const page = PAGES[name] ? name : 'runs';
  leaving.abort();
  leaving = new AbortController();
  document.documentElement.lang = language();
  document.title = say(page) + ' · Inkstone';
  document.getElementById('language').textContent = say('other');
  document.getElementById('nav').replaceChildren(...Object.keys(PAGES).map(each =>
    el('a', { href: '#/' + each, ...(each === page ? { 'aria-current': 'page' } : {}) }, say(each))));
  // Each page has a place of its own: one that was left while it waited writes where nobody sees it.
  const place = el('div');
  document.getElementById('main').replaceChildren(place);
  PAGES[page](place, new URLSearchParams(query ?? ''), leaving.signal)
    .catch(failure => { if (failure.name !== 'AbortError') complain(failure); });
}

document.getElementById('language').addEventListener('click', () => { change(); show(); });
addEventListener('hashchange', show);
show();
