// Copying a permalink, or a prepared correction.

import { announce, make } from '../element';

async function copy(text: string, said: HTMLElement): Promise<void> {
  await navigator.clipboard.writeText(text);
  const before = said.textContent;
  said.textContent = 'Copied';
  announce('Copied');
  window.setTimeout(() => { said.textContent = before; }, 1500);
}

/** Links with `data-copy` copy their address; texts with `data-copy-text` get a button. */
export function copying(root: ParentNode = document): void {
  // Without a clipboard (an insecure address) links lead where they lead, and texts can be marked by hand.
  if (!('clipboard' in navigator)) return;
  for (const link of root.querySelectorAll<HTMLAnchorElement>('a[data-copy]')) {
    link.title = 'Copies the address';
    link.addEventListener('click', (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
      event.preventDefault();
      copy(link.href, link).catch(() => { location.href = link.href; });
    });
  }
  for (const text of root.querySelectorAll<HTMLElement>('[data-copy-text]')) {
    const button = make('button', { type: 'button', class: 'copy-button' }, 'Copy');
    button.addEventListener('click', () => {
      copy(text.textContent?.trim() ?? '', button).catch(() => {
        const range = document.createRange();
        range.selectNodeContents(text);
        getSelection()?.removeAllRanges();
        getSelection()?.addRange(range);
        announce('Marked; copy it with the keyboard');
      });
    });
    text.after(button);
  }
}
