mod laws;
mod markup;
mod passages;
mod words;
