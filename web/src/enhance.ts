// Putting a drawing of ours in the place of the server's, which stays for print and for when ours fails.

import { make } from './element';

/**
 * Moves what the server drew into a box that only print shows and gives an empty box in its place. The caption and
 * links stay. `undo` brings the page back to what it was.
 */
export function replace(host: HTMLElement): { box: HTMLElement; undo: () => void } {
  const served = make('div', { class: 'served' });
  const moved = [...host.children].filter((c) => c.tagName !== 'FIGCAPTION');
  host.prepend(served);
  served.append(...moved);
  const box = make('div', { class: 'drawn' });
  served.after(box);
  host.classList.add('is-drawn');
  return {
    box,
    undo: () => {
      box.remove();
      served.replaceWith(...moved);
      host.classList.remove('is-drawn');
    },
  };
}

/** Runs when the element comes near the window, or at once where that cannot be known. */
export function whenNear(element: Element, run: () => void): void {
  if (!('IntersectionObserver' in window)) { run(); return; }
  const observer = new IntersectionObserver((entries) => {
    if (entries.some((e) => e.isIntersecting)) { observer.disconnect(); run(); }
  }, { rootMargin: '400px' });
  observer.observe(element);
}
