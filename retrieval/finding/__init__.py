"""Finding: in the passages that were ranked highest, the sentence that answers and the words in it."""
