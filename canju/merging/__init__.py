"""From what the towns sent to one county book: what stands, what is left out and why, what disagrees; and back again."""
