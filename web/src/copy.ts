// Links and prepared texts to the clipboard.
import { element } from './page';

export function copy(): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>('a[data-copy]')) {
    link.addEventListener('click', (e) => {
      if (e.ctrlKey || e.metaKey || !navigator.clipboard) return;
      e.preventDefault();
      void navigator.clipboard.writeText(link.href).then(() => say(link, 'Copied'), () => { location.href = link.href; });
    });
  }
  for (const text of document.querySelectorAll<HTMLElement>('[data-copy-text]')) {
    const button = element('button', '', 'Copy');
    button.type = 'button';
    button.addEventListener('click', () => {
      void navigator.clipboard.writeText(text.textContent ?? '').then(() => say(button, 'Copied'), () => undefined);
    });
    text.after(button);
  }
}

/** Says it in place of the words for a while, and to who listens. */
function say(host: HTMLElement, words: string): void {
  const before = host.textContent;
  host.textContent = words;
  host.setAttribute('aria-live', 'polite');
  setTimeout(() => { host.textContent = before; }, 1500);
}
