"""Training of the encoder: prepare, train, export, tune, evaluate. See README.md."""
