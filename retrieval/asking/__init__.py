"""From what a person typed to the parts of a question, in the light of what was asked before."""
