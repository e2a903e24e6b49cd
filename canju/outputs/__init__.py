"""What comes out: reports, workbooks and notices, each written whole or not at all."""
