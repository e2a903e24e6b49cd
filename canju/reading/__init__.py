"""From files to ledgers: the first two stages of the river (files → sheets → tables)."""
