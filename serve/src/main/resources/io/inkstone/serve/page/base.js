// Elements, requests, and what goes wrong.
import { language, say } from './words.js';

/** An element: el('p.soft', {title: 'x'}, 'text', child). Texts are texts: nothing in them runs. */
export function el(what, attributes = {}, ...children) {
  const [tag, ...classes] = what.split('.');
  const made = document.createElement(tag);
  if (classes.length) made.className = classes.join(' ');
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) made.addEventListener(name.slice(2), value);
    else if (name in made && name !== 'list') made[name] = value;
    else made.setAttribute(name, value);
  }
  made.append(...children.flat().filter(child => child !== null && child !== undefined));
  return made;
}

const key = () => localStorage.getItem('key');

export async function ask(path, options = {}) {
  let answer;
  try {
    answer = await fetch(path, { ...options, headers: { 'Accept-Language': language(), ...(key() ? { Authorization: 'Bearer ' + key() } : {}), ...options.headers } });
  } catch (failure) { throw failure.name === 'AbortError' ? failure : new Error(say('gone')); }
  if (answer.status === 401 && askKey()) return ask(path, options);
  if (!answer.ok) {
    const body = await answer.json().catch(() => null);
    throw new Error(body?.error?.message ?? answer.statusText);
  }
  return answer;
}
export const json = async path => (await ask(path)).json();
export const post = async (path, body) =>
  (await ask(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body ?? {}) })).json();

/** A form with files. */
export const send = async (path, form) => (await ask(path, { method: 'POST', body: form })).json();

function askKey() {
  const given = prompt(say('key'));
  if (!given) return false;
  localStorage.setItem('key', given);
  document.cookie = 'inkstone-key=' + encodeURIComponent(given) + '; SameSite=Strict; path=/';
  return true;
}

let fading;
export function complain(failure) {
  const place = document.getElementById('say');
  place.textContent = failure.message;
  clearTimeout(fading);
  fading = setTimeout(() => { place.textContent = ''; }, 8000);
}

/** Calls work now and every so often, until the page is another one. */
export function repeatedly(signal, millis, work) {
  const turn = async () => {
    if (signal.aborted) return;
    if (!document.hidden) await work().catch(complain);
    if (!signal.aborted) setTimeout(turn, millis);
  };
  turn();
}
