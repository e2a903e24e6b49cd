"""One file a command: its arguments, one call of the pipeline, one print. Heavy imports stand inside the functions."""
