"""The rule catalogue: one file a rule, found by lying in this folder."""
