"""The stipend: who is paid, how much, from which purse, and what the towns' claims have wrong."""
