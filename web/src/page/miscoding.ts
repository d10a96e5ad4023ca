// "Report a miscoding": the server prepares the text; here it is fetched into the page without leaving it.

import { announce } from '../element';
import { copying } from './copy';

/** Forms with `data-miscoding` show what they prepare in place. On any trouble the form is sent as ever. */
export function miscoding(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-miscoding]')) {
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      prepare(form).catch(() => form.submit());
    });
  }
}

async function prepare(form: HTMLFormElement): Promise<void> {
  const address = new URL(form.action, location.href);
  for (const [name, value] of new FormData(form)) if (typeof value === 'string' && value !== '') address.searchParams.set(name, value);
  const answer = await fetch(address.pathname + address.search, { headers: { accept: 'text/html' } });
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const prepared = page.querySelector('form[data-miscoding] ~ .prepared');
  if (!answer.ok || prepared === null) throw new Error('nothing was prepared');
  const here = document.importNode(prepared, true);
  for (const old of form.parentElement?.querySelectorAll('.prepared') ?? []) old.remove();
  form.after(here);
  copying(here);
  here.setAttribute('tabindex', '-1');
  (here as HTMLElement).focus();
  announce('A correction is prepared');
}
