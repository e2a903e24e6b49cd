"""The county book as a workbook: what stands on its sheets (`layout`, `sheets`), and how they are written (`stream`, `write`)."""
