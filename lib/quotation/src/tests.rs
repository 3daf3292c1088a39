mod passages;
