//! The story's document: blocks and marks; parse, clean, render.
