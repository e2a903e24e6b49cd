"""The rosters: workbooks ready to be printed and signed, the bank file, and the payments as data."""
