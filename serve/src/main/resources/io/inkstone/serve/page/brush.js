// A picture to start from, and a brush that says which part of it is drawn anew.
import { say } from './words.js';
import { el, complain } from './base.js';

/** @returns element to show; take(blob) sets the picture; form() is what is sent with it, or null where there is none */
export function brush() {
  let picture = null, bitmap = null, painted = false, last = null;
  const shown = el('canvas', { hidden: true, onpointerdown: begin, onpointermove: move, onpointerup: () => { last = null; } });
  const mask = el('canvas');
  const file = el('input', { type: 'file', accept: 'image/*', onchange: () => file.files[0] && take(file.files[0]).catch(complain) });
  const width = el('input', { type: 'range', min: 2, max: 40, value: 15, 'aria-label': say('brush') });
  const strength = el('input', { type: 'range', min: 0.05, max: 1, step: 0.05, value: 0.6, 'aria-label': say('strength') });
  const anew = el('button.quiet', { type: 'button', onclick: () => { wipe(); paint(); } }, say('wipe'));
  const away = el('button.quiet', { type: 'button', onclick: clear }, say('remove'));
  const tools = el('div', { hidden: true }, el('label', {}, say('brush'), width), el('label', {}, say('strength'), strength), el('div.row', {}, anew, away));
  const element = el('details', {}, el('summary', {}, say('fromPicture')), el('p.soft', {}, say('brushHint')), file, shown, tools);

  async function take(blob) {
    bitmap = await createImageBitmap(blob);
    picture = blob;
    for (const canvas of [shown, mask]) { canvas.width = bitmap.width; canvas.height = bitmap.height; }
    shown.hidden = tools.hidden = false;
    element.open = true;
    wipe(); paint();
  }
  function clear() { picture = bitmap = null; file.value = ''; shown.hidden = tools.hidden = true; }
  function wipe() {
    painted = false;
    const pen = mask.getContext('2d');
    pen.globalCompositeOperation = 'source-over';
    pen.fillStyle = '#000';
    pen.fillRect(0, 0, mask.width, mask.height);
    pen.globalCompositeOperation = 'destination-out';
  }
  function paint() { // what is open is tinted
    const pen = shown.getContext('2d');
    pen.globalAlpha = 1;
    pen.globalCompositeOperation = 'copy';
    pen.drawImage(bitmap, 0, 0);
    pen.globalCompositeOperation = 'destination-in';
    pen.drawImage(mask, 0, 0);
    pen.globalCompositeOperation = 'destination-over';
    pen.globalAlpha = 0.65;
    pen.fillStyle = '#e2a25c';
    pen.fillRect(0, 0, shown.width, shown.height);
    pen.globalAlpha = 1;
    pen.drawImage(bitmap, 0, 0);
  }
  function where(event) {
    const box = shown.getBoundingClientRect();
    return [(event.clientX - box.left) * shown.width / box.width, (event.clientY - box.top) * shown.height / box.height];
  }
  function begin(event) { shown.setPointerCapture(event.pointerId); last = where(event); move(event); }
  function move(event) {
    if (!last) return;
    const now = where(event), pen = mask.getContext('2d');
    pen.lineCap = 'round';
    pen.lineWidth = Math.max(1, Number(width.value) / 100 * mask.width);
    pen.beginPath(); pen.moveTo(...last); pen.lineTo(now[0] + 0.01, now[1]); pen.stroke();
    last = now; painted = true;
    paint();
  }
  async function form() {
    if (!picture) return null;
    const sent = new FormData();
    sent.append('image', picture, 'image.png');
    if (painted) sent.append('mask', await new Promise(done => mask.toBlob(done)), 'mask.png');
    else sent.append('strength', strength.value);
    return sent;
  }
  return { element, take, form };
}
