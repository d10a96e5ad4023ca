// All drawings in one part, so that a page without any loads none of it.
export { draw as timeline } from './timeline';
export { fan, past, reliability } from './forecast';
