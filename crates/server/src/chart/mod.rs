//! Drawings in SVG, made on the server: for print, and for readers without scripts.
