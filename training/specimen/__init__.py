"""The Promptscope specimen: a tiny language model whose training data is known."""
