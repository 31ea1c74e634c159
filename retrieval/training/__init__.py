"""Training the span reader: run by hand, with the extra `train`; nothing here is needed at run time."""
