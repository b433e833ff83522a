"""What a user has in hand: jobs and files, over HTTP."""
