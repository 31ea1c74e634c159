"""English as the archive reads it: sentences, terms and the vocabulary both lean on."""
