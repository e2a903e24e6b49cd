"""What is sent out empty: a county's workspace, and the workbooks that the towns fill in."""
